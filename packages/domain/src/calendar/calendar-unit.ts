import type { DateSpan } from './date-span.ts';
import { addMonthsClamped, dayNumberOf, monthsBetween } from './local-date.ts';

/** A calendar month, quarter or year, by its length in months. */
export type UnitMonths = 1 | 3 | 12;

const UNITS: readonly UnitMonths[] = [1, 3, 12];
const SOME_YEAR_START = dayNumberOf('1970-01-01');

/** The smallest calendar unit that starts with the span and holds all of it, if one does. */
export function unitStartingWith({ from, toExclusive }: DateSpan): UnitMonths | undefined {
  if (!isFirstOfMonth(from)) return undefined;
  const month = monthsBetween(SOME_YEAR_START, dayNumberOf(from));
  return UNITS.find(
    (months) => month % months === 0 && toExclusive <= addMonthsClamped(from, months),
  );
}

/** True for a span that is made of whole calendar months. */
export function isWholeMonths({ from, toExclusive }: DateSpan): boolean {
  return isFirstOfMonth(from) && isFirstOfMonth(toExclusive) && from < toExclusive;
}

function isFirstOfMonth(date: string): boolean {
  return date.endsWith('-01');
}
