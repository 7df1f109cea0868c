import { isWholeMonths, unitStartingWith, type UnitMonths } from '../calendar/calendar-unit.ts';
import { daysOf, type DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays, addMonthsClamped } from '../calendar/local-date.ts';
import { missing, type Missing } from '../money/missing.ts';

/** What a period is compared with. */
export type ComparisonMode = 'previous_period' | 'previous_month' | 'previous_year';

/** A period as it was asked for, and the date it is today where it is looked at. */
export interface ComparisonAsk extends DateSpan {
  readonly mode: ComparisonMode;
  readonly asOf: LocalDate;
  /** Of the year before: 364 days back instead of the same dates, so that Mondays meet Mondays. */
  readonly matchWeekday?: boolean;
}

/** The dates that a period is compared with. */
export interface Comparison extends DateSpan {
  readonly days: number;
  /** The unit before has fewer days, or lacks a date of the same number. */
  readonly clamped: boolean;
  /** The period itself: while it runs, its complete days. */
  readonly current: DateSpan;
}

// Whole weeks, so that the weekday stays; a day or two less than a year.
const WEEKS_OF_YEAR_DAYS = 364;

/**
 * The dates to compare a period with. A whole month, quarter or year that ended meets the whole one before it. One that
 * runs is cut to its complete days, and they meet as many from the start of the unit before, no further than its end;
 * on its first day there is nothing to compare. Any other span meets the same number of days just before it. A month
 * or a year back is the same dates, and whole months back are whole months.
 */
export function comparisonPeriod(ask: ComparisonAsk): Comparison | Missing {
  const unit = unitStartingWith(ask);
  const current = completeDays(ask, unit);
  if (ask.asOf <= ask.from) return missing('no_complete_day');
  switch (ask.mode) {
    case 'previous_month':
      return monthsBack(current, 1);
    case 'previous_year':
      return ask.matchWeekday === true
        ? against(current, daysBack(current, WEEKS_OF_YEAR_DAYS))
        : monthsBack(current, 12);
    case 'previous_period': {
      const isOther = unit === undefined || ask.toExclusive < endOfPart(ask, unit);
      return isOther
        ? against(current, daysBack(current, daysOf(current)))
        : unitBack(current, unit);
    }
  }
}

/** The n complete days up to yesterday. */
export function rollingDays(asOf: LocalDate, days: number): DateSpan {
  return { from: addDays(asOf, -days), toExclusive: asOf };
}

/** From the first of the month up to yesterday; on the first itself, the whole month before. */
export function monthToDate(asOf: LocalDate): DateSpan {
  const first = `${asOf.slice(0, -2)}01`;
  return asOf === first
    ? { from: addMonthsClamped(first, -1), toExclusive: first }
    : { from: first, toExclusive: asOf };
}

/** Where a span must reach at least to be its unit and no mere part of it: yesterday, or the unit's own end. */
function endOfPart({ from, asOf }: ComparisonAsk, unit: UnitMonths): LocalDate {
  const end = addMonthsClamped(from, unit);
  return asOf < end ? asOf : end;
}

function completeDays(ask: ComparisonAsk, unit: UnitMonths | undefined): DateSpan {
  const { from, toExclusive, asOf } = ask;
  const isRunning = unit !== undefined && asOf < toExclusive;
  return { from, toExclusive: isRunning ? asOf : toExclusive };
}

function unitBack(current: DateSpan, unit: UnitMonths): Comparison {
  const { from: end, toExclusive } = current;
  const from = addMonthsClamped(end, -unit);
  if (toExclusive === addMonthsClamped(end, unit)) {
    return against(current, { from, toExclusive: end });
  }
  const asFar = addDays(from, daysOf(current));
  const clamped = asFar > end;
  return { ...against(current, { from, toExclusive: clamped ? end : asFar }), clamped };
}

function monthsBack(current: DateSpan, months: number): Comparison {
  const { from, toExclusive } = current;
  const back = (date: LocalDate): LocalDate => addMonthsClamped(date, -months);
  if (isWholeMonths(current)) {
    return against(current, { from: back(from), toExclusive: back(toExclusive) });
  }
  const last = addDays(toExclusive, -1);
  const clamped = [from, last].some((date) => back(date).slice(-2) !== date.slice(-2));
  return {
    ...against(current, { from: back(from), toExclusive: addDays(back(last), 1) }),
    clamped,
  };
}

function daysBack({ from, toExclusive }: DateSpan, days: number): DateSpan {
  return { from: addDays(from, -days), toExclusive: addDays(toExclusive, -days) };
}

function against(current: DateSpan, span: DateSpan): Comparison {
  return { ...span, days: daysOf(span), clamped: false, current };
}
