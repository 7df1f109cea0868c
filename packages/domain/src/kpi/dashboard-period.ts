import { daysOf, type DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays } from '../calendar/local-date.ts';
import {
  comparisonPeriod,
  monthToDate,
  type Comparison,
  type ComparisonMode,
} from './comparison-period.ts';

/** What is asked for: dates, both included, that may be left out, and what to compare them with, if anything. */
export interface DashboardAsk {
  readonly startDate?: LocalDate | undefined;
  readonly endDate?: LocalDate | undefined;
  readonly compareTo: ComparisonMode | undefined;
  readonly matchWeekday?: boolean;
  /** The date it is today. */
  readonly asOf: LocalDate;
}

/** What a dashboard shows: the days that were asked for, those that its figures count, and those beside them. */
export interface DashboardPeriod {
  readonly asked: DateSpan;
  /** Undefined while no day of the period is complete. */
  readonly counted: DateSpan | undefined;
  readonly compared: Comparison | undefined;
}

/**
 * Which days a dashboard is of. Without dates it is the month to date, or the whole month before on the first of a
 * month. A start alone goes up to yesterday, an end alone begins with its month.
 */
export function dashboardPeriod(ask: DashboardAsk): DashboardPeriod {
  const asked = askedSpan(ask);
  const { asOf, compareTo, matchWeekday = false } = ask;
  const mode = compareTo ?? 'previous_period';
  const found = comparisonPeriod({ ...asked, asOf, mode, matchWeekday });
  if ('reason' in found) return { asked, counted: undefined, compared: undefined };
  return { asked, counted: found.current, compared: compareTo === undefined ? undefined : found };
}

/** The part of a span that is over; none of it is when the span begins today or later. */
export function completePart({ from, toExclusive }: DateSpan, asOf: LocalDate): DateSpan {
  if (toExclusive <= asOf) return { from, toExclusive };
  return { from, toExclusive: asOf < from ? from : asOf };
}

/** How many days of a span are over. */
export function completeDays(span: DateSpan, asOf: LocalDate): number {
  return daysOf(completePart(span, asOf));
}

function askedSpan({ startDate, endDate, asOf }: DashboardAsk): DateSpan {
  if (startDate === undefined && endDate === undefined) return monthToDate(asOf);
  if (endDate !== undefined) {
    const from = startDate ?? `${endDate.slice(0, -2)}01`;
    return { from, toExclusive: addDays(endDate, 1) };
  }
  const from = startDate ?? asOf;
  return { from, toExclusive: from < asOf ? asOf : addDays(from, 1) };
}
