import type { LocalDate } from './instant.ts';

const DAY_MS = 86_400_000;
const FIRST_INPUT_DATE = '1970-01-01';
const INPUT_DATE = /^\d{4}-\d{2}-\d{2}$/;
// Arithmetic may leave the four-digit years an input is held to, so it reads ISO's signed form too.
const ANY_DATE = /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}$/;

/** A date as the number of days since 1970-01-01, the form in which dates are counted with. */
export type DayNumber = number;

/** True for a date that exists in the calendar, written YYYY-MM-DD, from 1970 to 9999. */
export function isLocalDate(text: string): boolean {
  return INPUT_DATE.test(text) && text >= FIRST_INPUT_DATE && dayNumberIn(text) !== undefined;
}

/** The day number of a date; throws a RangeError for a date that does not exist. */
export function dayNumberOf(date: LocalDate): DayNumber {
  const day = dayNumberIn(date);
  if (day === undefined) throw new RangeError(`not a calendar date: ${date.slice(0, 32)}`);
  return day;
}

/** The date with the given day number. */
export function dateOfDay(day: DayNumber): LocalDate {
  const text = new Date(day * DAY_MS).toISOString();
  return text.slice(0, text.indexOf('T'));
}

/** The date the given number of days later, or earlier when it is negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumberOf(date) + days);
}

/**
 * The same day of the month the given number of months away, or that month's last day when it has no such day.
 * A series must be counted from its original date each time: from the previous result it would drift.
 */
export function addMonthsClamped(date: LocalDate, months: number): LocalDate {
  return dateOfDay(dayMonthsAfter(dayNumberOf(date), months));
}

/** The day of the week of a date, from 0 for Sunday to 6 for Saturday. */
export function dayOfWeek(date: LocalDate): number {
  return weekdayOfDay(dayNumberOf(date));
}

/** How many days the second date lies after the first, negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** The day of the week of a day number, from 0 for Sunday to 6 for Saturday. */
export function weekdayOfDay(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** `addMonthsClamped` for callers that count in day numbers. */
export function dayMonthsAfter(day: DayNumber, months: number): DayNumber {
  const from = new Date(day * DAY_MS);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastOfMonth)) / DAY_MS;
}

/** How many calendar months the second day's month lies after the first's, wherever in them the days are. */
export function monthsBetween(from: DayNumber, to: DayNumber): number {
  const start = new Date(from * DAY_MS);
  const end = new Date(to * DAY_MS);
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  return years * 12 + end.getUTCMonth() - start.getUTCMonth();
}

function dayNumberIn(text: string): DayNumber | undefined {
  if (!ANY_DATE.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  // Runtimes roll 30 February over instead of refusing it.
  return Number.isNaN(day) || dateOfDay(day) !== text ? undefined : day;
}
