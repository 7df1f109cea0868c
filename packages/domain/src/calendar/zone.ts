import { DomainError } from '../errors.ts';
import type { Instant, LocalDate } from './instant.ts';
import { keepBounded } from './keep-bounded.ts';
import { dateOfDay, dayNumberOf, type DayNumber } from './local-date.ts';

const DAY_MS = 86_400_000;
// No zone has been further from UTC than this, so local midnight lies within it of the same reading in UTC.
const WIDEST_OFFSET_MS = 16 * 3_600_000;
// Before the year 1 a formatted year has no sign; zones had no offsets of their own then anyway.
const FIRST_YEAR = -62_135_596_800_000;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;
// More than there are names, so that real use never has to build a costly formatter twice.
const MAX_ZONES = 1024;
const MAX_DAYS_PER_ZONE = 1024;

/** What the clocks of one zone show; opaque, got from `zoneClock`. */
export interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<DayNumber, number | OffsetChange>;
}

/** How the offset changes within a UTC day; no zone has ever changed it twice within one. */
interface OffsetChange {
  readonly at: Instant;
  readonly before: number;
  readonly after: number;
}

const clocks = new Map<string, ZoneClock>();

/** True for an IANA time zone name this runtime knows; offsets such as +02:00 are not names. */
export function isTimeZone(name: string): boolean {
  return findClock(name) !== undefined;
}

/** The clock of a time zone, kept for the next call; throws `invalid_time_zone` for a name that is not one. */
export function zoneClock(timeZone: string): ZoneClock {
  const clock = findClock(timeZone);
  if (clock === undefined) {
    throw new DomainError(
      'invalid_time_zone',
      'The time zone is not an IANA name such as Europe/Berlin.',
    );
  }
  return clock;
}

/** The calendar date that clocks in the zone show at the instant. */
export function localDateOf(timeZone: string, instant: Instant): LocalDate {
  return dateOfDay(localDayOf(zoneClock(timeZone), instant));
}

/**
 * The first instant of a local date: its first midnight where clocks show two,
 * and the first instant after the gap where they skip it.
 */
export function startOfDay(timeZone: string, date: LocalDate): Instant {
  return startOfLocalDay(zoneClock(timeZone), dayNumberOf(date));
}

/** `localDateOf` for callers that hold the clock and count in day numbers. */
export function localDayOf(clock: ZoneClock, instant: Instant): DayNumber {
  return Math.floor((instant + offsetAt(clock, instant)) / DAY_MS);
}

/** `startOfDay` for callers that hold the clock and count in day numbers. */
export function startOfLocalDay(clock: ZoneClock, day: DayNumber): Instant {
  const midnight = day * DAY_MS;
  const earliest = midnight - WIDEST_OFFSET_MS;
  const latest = midnight + WIDEST_OFFSET_MS;
  const before = offsetAt(clock, earliest);
  const after = offsetAt(clock, latest);
  if (before === after) return midnight - before;

  const shown = [midnight - before, midnight - after].filter(
    (instant) => instant + offsetAt(clock, instant) === midnight,
  );
  if (shown.length > 0) return Math.min(...shown);
  return firstWhere(earliest, latest, (instant) => instant + offsetAt(clock, instant) >= midnight);
}

function offsetAt(clock: ZoneClock, instant: Instant): number {
  const day = Math.floor(instant / DAY_MS);
  const offset = clock.days.get(day) ?? learnDay(clock, day);
  if (typeof offset === 'number') return offset;
  return instant < offset.at ? offset.before : offset.after;
}

function learnDay(clock: ZoneClock, day: DayNumber): number | OffsetChange {
  const start = day * DAY_MS;
  const end = start + DAY_MS;
  const before = readOffset(clock, start);
  const after = readOffset(clock, end);
  const isChanged = (instant: Instant): boolean => readOffset(clock, instant) !== before;
  const offset =
    before === after ? before : { at: firstWhere(start, end, isChanged), before, after };
  return keepBounded(clock.days, MAX_DAYS_PER_ZONE, [day, offset]);
}

function readOffset(clock: ZoneClock, instant: Instant): number {
  const asked = Math.max(instant, FIRST_YEAR);
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.format.formatToParts(asked)) shown[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(asked / 1000) * 1000;
}

/** The first whole instant in (from, to] that passes a test which fails at `from` and holds from there on to `to`. */
function firstWhere(from: Instant, to: Instant, passes: (instant: Instant) => boolean): Instant {
  let fails = from;
  let holds = to;
  while (holds - fails > 1) {
    const middle = Math.floor((fails + holds) / 2);
    if (passes(middle)) holds = middle;
    else fails = middle;
  }
  return holds;
}

function findClock(timeZone: string): ZoneClock | undefined {
  if (!ZONE_NAME.test(timeZone)) return undefined;
  // Names are the same in any case: spelling one in many ways must not fill the cache.
  const name = timeZone.toLowerCase();
  const known = clocks.get(name);
  if (known !== undefined) return known;
  const format = formatIn(name);
  return format && keepBounded(clocks, MAX_ZONES, [name, { format, days: new Map() }]);
}

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // The only failure Intl has for these options is a zone it does not know.
    return undefined;
  }
}
