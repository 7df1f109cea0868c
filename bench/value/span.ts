const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2024, 0, 1);

/** The months that the facts lie in, from January 2024 on. */
export const MONTHS = 24;

/** The days that the facts lie in. */
export const DAYS = (Date.UTC(2024, MONTHS, 1) - FIRST_MS) / DAY_MS;

/** The local date of a day, counted from 0. Everybody lives by UTC here: a zone changes what a day is, not what it costs. */
export function dateOf(day: number): string {
  return momentOf(day, 0).slice(0, 10);
}

/** An instant of a day, as PostgreSQL reads it. */
export function momentOf(day: number, hours: number): string {
  return new Date(FIRST_MS + day * DAY_MS + Math.round(hours * 3_600_000)).toISOString();
}

/** The day on which a month begins, counted from 0. */
export function firstDayOf(month: number): number {
  return (Date.UTC(2024, month, 1) - FIRST_MS) / DAY_MS;
}

/** The days of one month, both included. */
export function monthRange(month: number): {
  readonly startDate: string;
  readonly endDate: string;
} {
  return { startDate: dateOf(firstDayOf(month)), endDate: dateOf(firstDayOf(month + 1) - 1) };
}
