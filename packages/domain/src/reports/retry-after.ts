const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** How long to wait after so many failures in a row: a minute, twice as long each time, six hours at most. */
export function retryAfterMs(failures: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1), LONGEST_WAIT_MS);
}

/** How often a mail is tried: for about a day. */
export const MAIL_ATTEMPTS = 12;
