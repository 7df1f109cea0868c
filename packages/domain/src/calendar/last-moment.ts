import type { ZoneEpoch } from './calendar-day.ts';
import type { Instant, LocalDate } from './instant.ts';
import { dateOfDay, dayNumberOf } from './local-date.ts';
import { startOfDay } from './zone.ts';

/**
 * The last whole millisecond of a local date, under the epochs in ascending order. Where a change of zone lets a date
 * come twice it is the later one's, and of a date that a change leaves out, the one by the rules that follow.
 */
export function lastMomentOf(epochs: readonly ZoneEpoch[], date: LocalDate): Instant {
  const next = dateOfDay(dayNumberOf(date) + 1);
  const ends = epochs.map(({ timeZone }) => startOfDay(timeZone, next) - 1);
  const isInForce = (end: Instant, index: number): boolean => {
    const from = index === 0 ? -Infinity : (epochs[index]?.from ?? Infinity);
    return from <= end && end < (epochs[index + 1]?.from ?? Infinity);
  };
  const end = ends.findLast(isInForce) ?? ends.at(-1);
  if (end === undefined) throw new RangeError('a calendar needs at least one epoch');
  return end;
}
