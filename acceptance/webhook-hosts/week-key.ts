import { localDateOf } from '@retainer/domain';

const DAY_MS = 86_400_000;

/** The ISO week of a zone's clocks at an instant, such as `2026-W10`. */
export function weekKey(at: number, timeZone: string): string {
  const noon = Date.parse(`${localDateOf(timeZone, at)}T12:00:00Z`);
  const thursday = noon + (4 - (new Date(noon).getUTCDay() || 7)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const first = Date.UTC(year, 0, 1, 12);
  const week = Math.floor((thursday - first) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The month of a zone's clocks at an instant, such as `2026-03`. */
export function monthKey(at: number, timeZone: string): string {
  return localDateOf(timeZone, at).slice(0, 7);
}

/** Some instant in the middle of an ISO week: Thursday noon, UTC. */
export function insideWeek(key: string): number {
  const [year = '', week = ''] = key.split('-W');
  const fourth = Date.UTC(Number(year), 0, 4, 12);
  const monday = fourth - ((new Date(fourth).getUTCDay() || 7) - 1) * DAY_MS;
  return monday + (Number(week) - 1) * 7 * DAY_MS + 3 * DAY_MS;
}
