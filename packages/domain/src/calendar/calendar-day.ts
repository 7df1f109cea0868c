import type { Instant, LocalDate } from './instant.ts';
import { dateOfDay } from './local-date.ts';
import type { CalendarEpoch } from './week.ts';
import { localDayOf, startOfLocalDay, zoneClock } from './zone.ts';

/** A stretch of time in one zone: all of a calendar epoch that decides about days. */
export type ZoneEpoch = Pick<CalendarEpoch, 'from' | 'timeZone'>;

/** A local date, and the instant at which it is over or another zone takes effect. */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly end: Instant;
}

/** The local date of an instant in the zone in force then, under the epochs in ascending order. */
export function calendarDateOf(epochs: readonly ZoneEpoch[], instant: Instant): LocalDate {
  return calendarDayOf(epochs, instant).date;
}

/** `calendarDateOf` for callers that go on from day to day. */
export function calendarDayOf(epochs: readonly ZoneEpoch[], instant: Instant): CalendarDay {
  const index = Math.max(
    epochs.findLastIndex((epoch) => epoch.from <= instant),
    0,
  );
  const epoch = epochs[index];
  if (epoch === undefined) throw new RangeError('a calendar needs at least one epoch');

  const clock = zoneClock(epoch.timeZone);
  const shown = localDayOf(clock, instant);
  // Clocks set back across midnight show the old date again after the new day began.
  const day = startOfLocalDay(clock, shown + 1) <= instant ? shown + 1 : shown;
  const end = startOfLocalDay(clock, day + 1);
  return { date: dateOfDay(day), end: Math.min(end, epochs[index + 1]?.from ?? end) };
}
