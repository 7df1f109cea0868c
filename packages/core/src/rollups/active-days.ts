import { calendarDayOf, type CalendarEpoch, type Instant, type LocalDate } from '@retainer/domain';

/** A stretch of time, from its start up to but not including its end; either may lie beyond all time. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

/** When a client had a tier, and when it was stopped all the same. */
export interface TierTimes {
  readonly held: readonly Stretch[];
  readonly blocked: readonly Stretch[];
}

const DAY_MS = 86_400_000;

/**
 * On how many local days of a span the tier was active or trialing at any moment. `days` are those of the client's
 * calendar, as `calendarDays` lists them: clients that share a calendar share the list.
 */
export function activeDays(
  { held, blocked }: TierTimes,
  days: readonly (Stretch & { readonly date: LocalDate })[],
): number {
  const open = held.flatMap((stretch) => without(stretch, blocked));
  const isActive = (day: Stretch): boolean =>
    open.some((one) => one.start < day.end && one.end > day.start);
  return new Set(days.filter(isActive).map((day) => day.date)).size;
}

/** The local days between two dates, both included; a date that a change of zone shows twice is there twice. */
export function calendarDays(
  epochs: readonly CalendarEpoch[],
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): (Stretch & { readonly date: LocalDate })[] {
  const days: (Stretch & { date: LocalDate })[] = [];
  // No local day is further than one from the same day of UTC.
  let start = Date.parse(`${from}T00:00:00Z`) - 2 * DAY_MS;
  const last = Date.parse(`${to}T00:00:00Z`) + 3 * DAY_MS;
  while (start < last) {
    const { date, end } = calendarDayOf(epochs, start);
    if (date >= from && date <= to) days.push({ date, start, end });
    start = end;
  }
  return days;
}

function without(stretch: Stretch, holes: readonly Stretch[]): Stretch[] {
  let rest = [stretch];
  for (const hole of holes) {
    rest = rest.flatMap(({ start, end }) =>
      [
        { start, end: Math.min(end, hole.start) },
        { start: Math.max(start, hole.end), end },
      ].filter((part) => part.start < part.end),
    );
  }
  return rest;
}
