import { dayAfter } from '../../rollups/testing/slow-money.ts';

/** What a dashboard is asked. */
export interface SlowAsk {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly comparePeriod?: boolean;
  readonly compareTo?: 'previous_period' | 'previous_month' | 'previous_year';
  readonly matchWeekday?: boolean;
  readonly highlights?: number;
}

/** Days, both included. */
export interface SlowSpan {
  readonly first: string;
  readonly last: string;
}

/** The days of a dashboard; nothing is counted while no day is over. */
export interface SlowPeriod {
  readonly asked: SlowSpan;
  readonly counted: SlowSpan | undefined;
  readonly compared: (SlowSpan & { readonly clamped: boolean }) | undefined;
}

/** Every day of a span, one by one. */
export function daysIn({ first, last }: SlowSpan): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day);
  return days;
}

/** The days that an answer must be of, worked out from calendars on paper. */
export function slowPeriod(ask: SlowAsk, today: string): SlowPeriod {
  const asked = askedSpan(ask, today);
  const { first, last } = asked;
  if (first >= today) return { asked, counted: undefined, compared: undefined };
  const unit = unitOf(asked);
  const counted = unit && last >= today ? { first, last: dayAfter(today, -1) } : asked;
  if (ask.comparePeriod === false) return { asked, counted, compared: undefined };
  return { asked, counted, compared: comparedTo(ask, { asked, counted, unit, today }) };
}

function askedSpan({ startDate, endDate }: SlowAsk, today: string): SlowSpan {
  const yesterday = dayAfter(today, -1);
  if (endDate !== undefined)
    return { first: startDate ?? `${endDate.slice(0, 7)}-01`, last: endDate };
  const first = startDate ?? `${yesterday.slice(0, 7)}-01`;
  return { first, last: first > yesterday ? first : yesterday };
}

function unitOf({ first, last }: SlowSpan): number | undefined {
  if (!first.endsWith('-01')) return undefined;
  const month = Number(first.slice(5, 7)) - 1;
  return [1, 3, 12].find(
    (months) => month % months === 0 && last <= dayAfter(monthLater(first, months), -1),
  );
}

interface Looked {
  readonly asked: SlowSpan;
  readonly counted: SlowSpan;
  readonly unit: number | undefined;
  readonly today: string;
}

function comparedTo(ask: SlowAsk, looked: Looked): SlowPeriod['compared'] {
  const { counted } = looked;
  switch (ask.compareTo ?? 'previous_period') {
    case 'previous_period':
      return before(looked);
    case 'previous_month':
      return sameDates(counted, 1);
    case 'previous_year':
      return ask.matchWeekday === true
        ? {
            first: dayAfter(counted.first, -364),
            last: dayAfter(counted.last, -364),
            clamped: false,
          }
        : sameDates(counted, 12);
  }
}

function before({ asked, counted, unit, today }: Looked): SlowPeriod['compared'] {
  const { first, last } = counted;
  const count = daysIn(counted).length;
  const yesterday = dayAfter(first, -1);
  // A part of a unit that neither reached its end nor yesterday is a span like any other.
  const isUnit =
    unit !== undefined && (asked.last >= dayAfter(today, -1) || isEnd(first, last, unit));
  if (!isUnit) return { first: dayAfter(first, -count), last: yesterday, clamped: false };
  const start = monthLater(first, -unit);
  if (isEnd(first, last, unit)) return { first: start, last: yesterday, clamped: false };
  const as = dayAfter(start, count - 1);
  return { first: start, last: as > yesterday ? yesterday : as, clamped: as > yesterday };
}

function isEnd(first: string, last: string, unit: number): boolean {
  return last === dayAfter(monthLater(first, unit), -1);
}

function sameDates({ first, last }: SlowSpan, months: number): SlowPeriod['compared'] {
  const isWhole = first.endsWith('-01') && dayAfter(last).endsWith('-01');
  if (isWhole) {
    const past = monthLater(dayAfter(last), -months);
    return { first: monthLater(first, -months), last: dayAfter(past, -1), clamped: false };
  }
  const [start, end] = [monthLater(first, -months), monthLater(last, -months)];
  const clamped = start.slice(8) !== first.slice(8) || end.slice(8) !== last.slice(8);
  return { first: start, last: end, clamped };
}

/** The same day so many months later, or the last of a month that is too short. */
export function monthLater(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const isLeap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 31;
  return [y, m, Math.min(day, length)].map((part) => String(part).padStart(2, '0')).join('-');
}
