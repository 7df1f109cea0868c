import { calendarDateOf } from '../calendar/calendar-day.ts';
import type { DateSpan } from '../calendar/date-span.ts';
import type { Instant, LocalDate, Window } from '../calendar/instant.ts';
import { lastMomentOf } from '../calendar/last-moment.ts';
import { addDays, addMonthsClamped, daysBetween } from '../calendar/local-date.ts';
import { weekOf, type CalendarEpoch, type WeekStart } from '../calendar/week.ts';
import type { ReportCadence } from '../tiers/terms.ts';

/** The local dates that a report tells of, and the instants between which they lie. Periods of a cadence tile time. */
export interface ReportPeriod extends DateSpan, Window {
  readonly cadence: ReportCadence;
}

/** The latest period of a cadence that is over at an instant. The one before it is the latest over at its start. */
export function endedPeriod(
  cadence: ReportCadence,
  epochs: readonly CalendarEpoch[],
  at: Instant,
): ReportPeriod {
  switch (cadence) {
    case 'monthly':
      return endedMonth(epochs, at);
    case 'biweekly':
      return endedFortnight(epochs, at);
    case 'weekly':
      return inDates(epochs, cadence, endedWeek(epochs, at));
  }
}

/** The next instant after this one at which a period of any cadence is over. */
export function nextPeriodEnd(epochs: readonly CalendarEpoch[], at: Instant): Instant {
  const nextMonth = addMonthsClamped(firstOfMonth(calendarDateOf(epochs, at)), 1);
  return Math.min(weekOf(epochs, at).end, startOf(epochs, nextMonth));
}

function endedWeek(epochs: readonly CalendarEpoch[], at: Instant): Window {
  return weekOf(epochs, weekOf(epochs, at).start - 1);
}

// Counted from one Monday for ever: parity within a year would meet itself after a year of 53 weeks.
function endedFortnight(epochs: readonly CalendarEpoch[], at: Instant): ReportPeriod {
  const isSame = (one: Window, other: Window): boolean =>
    fortnightNumber(epochs, one) === fortnightNumber(epochs, other);
  const before = (week: Window): Window => weekOf(epochs, week.start - 1);

  const running = weekOf(epochs, at);
  let last = before(running);
  while (isSame(last, running)) last = before(last);
  let first = last;
  while (isSame(before(first), last)) first = before(first);
  return inDates(epochs, 'biweekly', { start: first.start, end: last.end });
}

// The Monday and the Sunday that weeks are counted from.
const FIRST_WEEK: Readonly<Record<WeekStart, LocalDate>> = {
  monday: '1970-01-05',
  sunday: '1970-01-04',
};

/** A change of calendar may make a week of a few days that has the number of the one before: it belongs to it. */
function fortnightNumber(epochs: readonly CalendarEpoch[], { end }: Window): number {
  const last = calendarDateOf(epochs, end - 1);
  const rules = epochs.findLast((epoch) => epoch.from < end) ?? epochs[0];
  const first = FIRST_WEEK[rules?.weekStartsOn ?? 'monday'];
  return Math.floor(daysBetween(first, last) / 14);
}

function endedMonth(epochs: readonly CalendarEpoch[], at: Instant): ReportPeriod {
  const shown = firstOfMonth(calendarDateOf(epochs, at));
  // Where a change of zone turned the date back, the month that had begun begins again.
  const toExclusive = startOf(epochs, shown) <= at ? shown : addMonthsClamped(shown, -1);
  const from = addMonthsClamped(toExclusive, -1);
  const window = { start: startOf(epochs, from), end: startOf(epochs, toExclusive) };
  return { cadence: 'monthly', from, toExclusive, ...window };
}

function firstOfMonth(date: LocalDate): LocalDate {
  return `${date.slice(0, -2)}01`;
}

function startOf(epochs: readonly CalendarEpoch[], date: LocalDate): Instant {
  return lastMomentOf(epochs, addDays(date, -1)) + 1;
}

/** A date that a change of zone shows twice belongs to the week that ends with it, and one it leaves out to the next. */
function inDates(
  epochs: readonly CalendarEpoch[],
  cadence: ReportCadence,
  { start, end }: Window,
): ReportPeriod {
  const dayAfter = (instant: Instant): LocalDate => addDays(calendarDateOf(epochs, instant - 1), 1);
  return { cadence, from: dayAfter(start), toExclusive: dayAfter(end), start, end };
}
