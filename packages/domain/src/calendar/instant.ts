/** A point in time, in whole milliseconds since the Unix epoch. */
export type Instant = number;

/** A calendar date without a zone, written YYYY-MM-DD. */
export type LocalDate = string;

/** A half-open span of time: `start` belongs to it, `end` is the first instant that does not. */
export interface Window {
  readonly start: Instant;
  readonly end: Instant;
}

/** The second an instant falls into, counted since the Unix epoch. */
export function wholeSeconds(instant: Instant): number {
  return Math.floor(instant / 1000);
}
