import { addDays, dayOfWeek, localDateOf, startOfDay, type LocalDate } from '@retainer/domain';

/** The zone of the demo's agency; its weeks and days are this zone's. */
export const ZONE = 'America/New_York';

const MINUTE_MS = 60_000;
const WEEK_DAYS = 7;

/** The week that the demo tells: the last whole one before `now`, by the Monday it began on. */
export function toldWeek(now: Date): LocalDate {
  const today = localDateOf(ZONE, now.getTime());
  const sinceMonday = (dayOfWeek(today) + 6) % WEEK_DAYS;
  return addDays(today, -sinceMonday - WEEK_DAYS);
}

/** The instant of a time such as `08:30`, `days` after the Monday; on a day of a clock change, an hour off. */
export function momentIn(monday: LocalDate, days: number, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = startOfDay(ZONE, addDays(monday, days));
  return new Date(midnight + (hours * 60 + minutes) * MINUTE_MS);
}

/** `Mon 12:00`, in the agency's zone. */
export function dayAndTime(at: Date): string {
  return `${dayFormat.format(at)} ${timeOf(at)}`;
}

/** `12:00`, in the agency's zone. */
export function timeOf(at: Date): string {
  return timeFormat.format(at);
}

/** `Monday 16 November`, in the agency's zone. */
export function longDay(at: Date): string {
  return longFormat.format(at).replace(',', '');
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, weekday: 'short' });
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
});
const longFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
