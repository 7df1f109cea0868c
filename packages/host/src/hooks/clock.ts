/** What time it is, and who is called later. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls `work` once after `ms`; answers with what calls it off. It keeps no process alive. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The time of each event a host tells: never before that of an earlier one, even if the machine's clock is set back. */
export function createStamp(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(last, clock.now());
    return new Date(last).toISOString();
  };
}
