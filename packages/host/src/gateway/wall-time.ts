import { isLocalDate, isTimeZone } from '@retainer/domain';

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/u;

/**
 * The instant at which clocks in a zone show a date and a time: the first of two where they show it twice, and as much
 * later where they skip it. Undefined for what is no date, no time or no zone.
 */
export function instantOfWall(date: string, time: string, timeZone: string): number | undefined {
  const [, hours = '', minutes = '', seconds = '00'] = TIME.exec(time.trim()) ?? [];
  const wall = Date.parse(`${date}T${hours.padStart(2, '0')}:${minutes}:${seconds}Z`);
  if (!isLocalDate(date) || Number.isNaN(wall) || !isTimeZone(timeZone)) return undefined;
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  const after = wall - offsetAt(wall + DAY_MS, timeZone);
  const shows = [before, after].filter((at) => at + offsetAt(at, timeZone) === wall);
  return shows.length > 0 ? Math.min(...shows) : before;
}

const DAY_MS = 86_400_000;

// How far clocks are ahead of UTC: what they show, read as if it were UTC, less the instant.
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map<string, number>(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: string): number => parts.get(name) ?? 0;
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}
