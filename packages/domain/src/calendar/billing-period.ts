import type { Instant, LocalDate, Window } from './instant.ts';
import { dateOfDay, dayMonthsFrom, monthsBetween } from './local-date.ts';
import type { CalendarEpoch } from './week.ts';
import { localDayOf, startOfLocalDay, zoneClock } from './zone.ts';

/** Where billing periods begin: on this date, and every so many months before and after it. */
export interface BillingAnchor {
  readonly date: LocalDate;
  readonly everyMonths: 1 | 3 | 12;
}

/**
 * The billing period an instant belongs to. Every boundary is counted from the anchor itself, so a day that a
 * short month lacks comes back in the next long one, and each is the start of a local day in the zone in force then.
 */
export function billingPeriodOf(
  anchor: BillingAnchor,
  epochs: readonly CalendarEpoch[],
  instant: Instant,
): Window {
  let index = nearbyIndex(anchor, epochs, instant);
  while (boundaryAt(anchor, epochs, index) > instant) index -= 1;
  while (boundaryAt(anchor, epochs, index + 1) <= instant) index += 1;
  return {
    start: boundaryAt(anchor, epochs, index),
    end: boundaryAt(anchor, epochs, index + 1),
  };
}

function nearbyIndex(
  anchor: BillingAnchor,
  epochs: readonly CalendarEpoch[],
  instant: Instant,
): number {
  const today = dateOfDay(localDayOf(zoneClock(firstOf(epochs).timeZone), instant));
  return Math.floor(monthsBetween(anchor.date, today) / anchor.everyMonths);
}

/** A boundary is in the latest zone that was in force when that zone reached it. */
function boundaryAt(
  anchor: BillingAnchor,
  epochs: readonly CalendarEpoch[],
  index: number,
): Instant {
  const day = dayMonthsFrom(anchor.date, index * anchor.everyMonths);
  for (const epoch of epochs.slice(1).toReversed()) {
    const candidate = startOfLocalDay(zoneClock(epoch.timeZone), day);
    if (candidate >= epoch.from) return candidate;
  }
  return startOfLocalDay(zoneClock(firstOf(epochs).timeZone), day);
}

function firstOf(epochs: readonly CalendarEpoch[]): CalendarEpoch {
  const first = epochs[0];
  if (first === undefined) throw new RangeError('a calendar needs at least one epoch');
  return first;
}
