import type { DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays, addMonthsClamped } from '../calendar/local-date.ts';
import { monthToDate } from './comparison-period.ts';

/** The periods that can be asked for by name. */
export const NAMED_PERIODS = [
  'month_to_date',
  'last_month',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'year_to_date',
] as const;

export type NamedPeriod = (typeof NAMED_PERIODS)[number];

/**
 * The days of a named period on a date, of which today is none: it is not over. On the first day of a month its month
 * to date is the month before, and of a year its year to date the year before.
 */
export function namedPeriod(name: NamedPeriod, asOf: LocalDate): DateSpan {
  switch (name) {
    case 'month_to_date':
      return monthToDate(asOf);
    case 'last_month': {
      const toExclusive = `${asOf.slice(0, -2)}01`;
      return { from: addMonthsClamped(toExclusive, -1), toExclusive };
    }
    case 'last_7_days':
      return lastDays(7, asOf);
    case 'last_30_days':
      return lastDays(30, asOf);
    case 'last_90_days':
      return lastDays(90, asOf);
    case 'year_to_date': {
      const first = `${asOf.slice(0, -5)}01-01`;
      return asOf === first
        ? { from: addMonthsClamped(first, -12), toExclusive: first }
        : { from: first, toExclusive: asOf };
    }
  }
}

function lastDays(days: number, asOf: LocalDate): DateSpan {
  return { from: addDays(asOf, -days), toExclusive: asOf };
}
