import { calendarDateOf, calendarDayOf, type ZoneEpoch } from '../calendar/calendar-day.ts';
import { wholeSeconds, type LocalDate, type Window } from '../calendar/instant.ts';

/** Which days tracked time belongs to: those it was spent on, or all of it to the one it started on. */
export type DayAttribution = 'split' | 'start';

/** The seconds of a span that belong to a local date. */
export interface DaySeconds {
  readonly date: LocalDate;
  readonly seconds: number;
}

/**
 * The seconds that really elapsed, by local date in the zone in force, each date once; they sum to `secondsOf`.
 * A span without a second belongs to no date. Throws a RangeError when it ends before it starts.
 */
export function splitByDay(
  span: Window,
  epochs: readonly ZoneEpoch[],
  attribution: DayAttribution = 'split',
): DaySeconds[] {
  const total = secondsOf(span);
  if (total < 0) throw new RangeError('a span must not end before it starts');
  if (total === 0) return [];

  let at = wholeSeconds(span.start) * 1000;
  const end = at + total * 1000;
  if (attribution === 'start') return [{ date: calendarDateOf(epochs, at), seconds: total }];

  const seconds = new Map<LocalDate, number>();
  while (at < end) {
    const day = calendarDayOf(epochs, at);
    const until = Math.min(day.end, end);
    seconds.set(day.date, (seconds.get(day.date) ?? 0) + (until - at) / 1000);
    at = until;
  }
  return Array.from(seconds, ([date, elapsed]) => ({ date, seconds: elapsed }));
}

/** The whole seconds of a span: spans that follow each other have as many as the one they make. */
export function secondsOf(span: Window): number {
  return wholeSeconds(span.end) - wholeSeconds(span.start);
}
