import type { DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import type { DailyDeltas } from './daily-deltas.ts';

/** What the days of a period added, wherever in time the post was published. */
export function activityIn({ days }: DailyDeltas, span: DateSpan): bigint {
  return days.reduce((sum, { date, delta }) => (isIn(span, date) ? sum + delta : sum), 0n);
}

/**
 * All that a post has gained up to now, if it was published in the period; else 0. When it was published is taken
 * to be its first observed day unless that is told.
 */
export function lifetimeIn(
  { days, sum }: DailyDeltas,
  span: DateSpan,
  publishedOn: LocalDate | undefined = days[0]?.date,
): bigint {
  return publishedOn !== undefined && isIn(span, publishedOn) ? sum : 0n;
}

function isIn({ from, toExclusive }: DateSpan, date: LocalDate): boolean {
  return from <= date && date < toExclusive;
}
