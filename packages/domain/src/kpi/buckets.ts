import type { DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays, addMonthsClamped } from '../calendar/local-date.ts';

/** What a series of figures has a point for. */
export type BucketUnit = 'day' | 'week' | 'month';

/** A part of a span. */
export interface Bucket extends DateSpan {
  /** It has all days of its unit; the last one of a span may have fewer. */
  readonly isWhole: boolean;
}

const MOST_DAYS = 45;
const MOST_DAYS_IN_WEEKS = 200;

/** The unit in which so many days are few enough points to look at, and enough to see something. */
export function bucketUnit(days: number): BucketUnit {
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_DAYS_IN_WEEKS ? 'week' : 'month';
}

/**
 * Cuts a span into its buckets, from its first day on: a week is seven days, whatever weekday they begin with, and a
 * month goes to the same day of the next one. So the first bucket of one span lies beside the first of another.
 */
export function bucketsOf({ from, toExclusive }: DateSpan, unit: BucketUnit): Bucket[] {
  const buckets: Bucket[] = [];
  for (let index = 0; ; index += 1) {
    const start = startOf(from, unit, index);
    if (start >= toExclusive) return buckets;
    const end = startOf(from, unit, index + 1);
    const isWhole = end <= toExclusive;
    buckets.push({ from: start, toExclusive: isWhole ? end : toExclusive, isWhole });
  }
}

function startOf(from: LocalDate, unit: BucketUnit, index: number): LocalDate {
  if (unit === 'month') return addMonthsClamped(from, index);
  return addDays(from, unit === 'week' ? index * 7 : index);
}
