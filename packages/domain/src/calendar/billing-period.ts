import type { Instant, LocalDate, Window } from './instant.ts';
import { dayMonthsAfter, dayNumberOf, monthsBetween, type DayNumber } from './local-date.ts';
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
  const [first] = epochs;
  if (first === undefined) throw new RangeError('a calendar needs at least one epoch');
  const anchorDay = dayNumberOf(anchor.date);
  const boundary = (index: number): Instant => {
    const day = dayMonthsAfter(anchorDay, index * anchor.everyMonths);
    return startOfDayIn(epochReachingDay(epochs, day) ?? first, day);
  };

  const today = localDayOf(zoneClock(first.timeZone), instant);
  let index = Math.floor(monthsBetween(anchorDay, today) / anchor.everyMonths);
  while (boundary(index) > instant) index -= 1;
  while (boundary(index + 1) <= instant) index += 1;
  return { start: boundary(index), end: boundary(index + 1) };
}

/** A day begins in the latest epoch that had begun when its own zone reached that day. */
function epochReachingDay(
  epochs: readonly CalendarEpoch[],
  day: DayNumber,
): CalendarEpoch | undefined {
  return epochs.findLast((epoch) => startOfDayIn(epoch, day) >= epoch.from);
}

function startOfDayIn(epoch: CalendarEpoch, day: DayNumber): Instant {
  return startOfLocalDay(zoneClock(epoch.timeZone), day);
}
