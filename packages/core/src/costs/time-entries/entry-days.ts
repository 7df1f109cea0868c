import {
  calendarDateOf,
  secondsOf,
  splitByDay,
  type CalendarEpoch,
  type DayAttribution,
  type DaySeconds,
  type Window,
} from '@retainer/domain';

import type { TimeEntry } from './time-entry.entity.ts';

/** When an entry's time was spent: from an instant to another, or so many seconds of a date. */
export type EntryTime = Pick<TimeEntry, 'startedAt' | 'endedAt' | 'localDate' | 'seconds'>;

/** How the local days of an entry are counted. */
export interface DayCounting {
  readonly epochs: readonly CalendarEpoch[];
  readonly attribution: DayAttribution;
}

/** Whether it is a timer that nobody has stopped. */
export function isRunning({ startedAt, endedAt }: EntryTime): boolean {
  return startedAt instanceof Date && !(endedAt instanceof Date);
}

/** The seconds of an entry; 0 while its timer runs. */
export function secondsOfEntry(entry: EntryTime): number {
  const span = spanOf(entry);
  return span ? secondsOf(span) : (entry.seconds ?? 0);
}

/** The local days of an entry and the seconds on each: one at least, with 0 where it has none; no day while its timer runs. */
export function daysOfEntry(entry: EntryTime, { epochs, attribution }: DayCounting): DaySeconds[] {
  const { localDate, seconds } = entry;
  if (typeof localDate === 'string') return [{ date: localDate, seconds: seconds ?? 0 }];
  const span = spanOf(entry);
  if (!span) return [];
  const days = splitByDay(span, epochs, attribution);
  return days.length > 0 ? days : [{ date: calendarDateOf(epochs, span.start), seconds: 0 }];
}

function spanOf({ startedAt, endedAt }: EntryTime): Window | undefined {
  if (!(startedAt instanceof Date) || !(endedAt instanceof Date)) return undefined;
  return { start: startedAt.getTime(), end: endedAt.getTime() };
}
