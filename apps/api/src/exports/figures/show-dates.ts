import type { LocalDate } from '@retainer/domain';

const LOCALE = 'en-US';
const DAYS = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: 'UTC' });

/** A local date: Sep 14, 2026. */
export function showDate(date: LocalDate): string {
  return DAYS.format(noonOf(date));
}

/** The days from one to another, both included: Sep 1 – 30, 2026. */
export function showDates({ startDate, endDate }: Days): string {
  return DAYS.formatRange(noonOf(startDate), noonOf(endDate));
}

/** A month that is written YYYY-MM: Sep 2026. */
export function showMonth(month: string): string {
  return MONTH.format(noonOf(`${month}-01`));
}

/** The same where there is little room: Sep, and the year beside every January. */
export function showShortMonth(month: string): string {
  const name = SHORT_MONTH.format(noonOf(`${month}-01`));
  return month.endsWith('-01') ? `${name} ’${month.slice(2, 4)}` : name;
}

/** An instant on the clocks of a zone: Oct 1, 2026, 9:15 AM GMT+2. */
export function showInstant(at: Date, timeZone: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(LOCALE, options).format(at);
}

interface Days {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}
