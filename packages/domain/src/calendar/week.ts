import type { Instant, Window } from './instant.ts';
import { weekdayOfDay } from './local-date.ts';
import { localDayOf, startOfLocalDay, zoneClock } from './zone.ts';

/** The day a week begins on. */
export type WeekStart = 'monday' | 'sunday';

/** The rules of a calendar: whose days it counts, and where its weeks begin. */
export interface CalendarRules {
  readonly timeZone: string;
  readonly weekStartsOn: WeekStart;
}

/** A stretch of time under one set of rules, from `from` until the next epoch begins; the first has `from: -Infinity`. */
export interface CalendarEpoch extends CalendarRules {
  readonly from: Instant;
}

/** What a change of calendar leads to; without `effectiveAt` nothing changes, and no change is pending any more. */
export interface CalendarChange {
  readonly epochs: readonly CalendarEpoch[];
  readonly effectiveAt: Instant | undefined;
}

/** A shorter rest of a week after a change of calendar is not a week of its own. Pinned by the published rules. */
const SHORTEST_STUB_MS = 36 * 3_600_000;

/**
 * The week an instant belongs to, under the epochs in ascending order. Weeks cover all of time without overlap:
 * the first week of an epoch starts where the epoch does and ends at a week boundary of its own rules.
 */
export function weekOf(epochs: readonly CalendarEpoch[], instant: Instant): Window {
  const index = epochIndexAt(epochs, instant);
  const epoch = epochs[index];
  if (epoch === undefined) throw new RangeError('a calendar needs at least one epoch');

  const week = weekWithin(epoch, index === 0 ? -Infinity : epoch.from, instant);
  const next = epochs[index + 1];
  return next !== undefined && next.from < week.end ? { start: week.start, end: next.from } : week;
}

/**
 * Plans new rules for the end of the week that contains `now`, in place of any change still pending.
 * Rules that are in force already need no plan: they only clear what was pending.
 */
export function changeCalendar(
  epochs: readonly CalendarEpoch[],
  rules: CalendarRules,
  now: Instant,
): CalendarChange {
  const started = epochs.slice(0, epochIndexAt(epochs, now) + 1);
  const current = started.at(-1);
  if (current?.timeZone === rules.timeZone && current.weekStartsOn === rules.weekStartsOn) {
    return { epochs: started, effectiveAt: undefined };
  }
  const effectiveAt = weekOf(started, now).end;
  const { timeZone, weekStartsOn } = rules;
  return { epochs: [...started, { from: effectiveAt, timeZone, weekStartsOn }], effectiveAt };
}

/** The first epoch holds for everything before it as well, so that no instant is without a week. */
function epochIndexAt(epochs: readonly CalendarEpoch[], instant: Instant): number {
  const last = epochs.findLastIndex((epoch) => epoch.from <= instant);
  return Math.max(last, 0);
}

function weekWithin(rules: CalendarRules, opensAt: Instant, instant: Instant): Window {
  const week = wholeWeekOf(rules, instant);
  if (week.start < opensAt) {
    const isShort = week.end - opensAt < SHORTEST_STUB_MS;
    return { start: opensAt, end: isShort ? wholeWeekOf(rules, week.end).end : week.end };
  }
  const followsShortStub = week.start - opensAt < SHORTEST_STUB_MS;
  return followsShortStub ? { start: opensAt, end: week.end } : week;
}

function wholeWeekOf(rules: CalendarRules, instant: Instant): Window {
  const clock = zoneClock(rules.timeZone);
  const today = localDayOf(clock, instant);
  const daysIn = (weekdayOfDay(today) + (rules.weekStartsOn === 'monday' ? 6 : 0)) % 7;
  const start = startOfLocalDay(clock, today - daysIn);
  const end = startOfLocalDay(clock, today - daysIn + 7);
  // Clocks set back across midnight show the old date again after the new week began.
  return instant < end
    ? { start, end }
    : { start: end, end: startOfLocalDay(clock, today - daysIn + 14) };
}
