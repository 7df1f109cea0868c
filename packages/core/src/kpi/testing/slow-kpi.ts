import { roundOnce } from '../../rollups/testing/slow-money.ts';

/** A number as a quotient that nobody reduced or rounded. */
export interface Quotient {
  readonly num: bigint;
  readonly den: bigint;
}

/** What a figure is: a value, or why there is none. */
export type Told =
  | { readonly value: Quotient; readonly wire: unknown }
  | { readonly value: null; readonly wire: unknown; readonly reason: string };

/** How a figure is to be judged, and written. */
export interface SlowTerms {
  /** `points`: a return, in percentage points. */
  readonly in: 'relative' | 'points';
  readonly polarity: 1 | -1;
  readonly change: (change: Quotient) => unknown;
  /** How many days each period has, for what adds up day by day. */
  readonly days?: readonly [number, number];
}

/** A quotient as decimal text. */
export function decimal({ num, den }: Quotient, places: number): string {
  const units = roundOnce(num * 10n ** BigInt(places), den, 'half_away_from_zero');
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0n ? `-${text}` : text;
}

/** Minor units of a currency as an amount. */
export function money(minor: bigint, currency: string): { amount: string; currency: string } {
  const places = { JPY: 0, KWD: 3 }[currency] ?? 2;
  return { amount: decimal({ num: minor, den: 10n ** BigInt(places) }, places), currency };
}

/** A figure with its comparison, in the form in which the API answers it. */
export function slowKpi(current: Told, previous: Told | undefined, terms: SlowTerms): unknown {
  const [now, then] = [current.value, previous?.value ?? null];
  return {
    current: current.wire,
    previous: previous?.wire ?? null,
    change: now && then ? terms.change(minus(now, then)) : null,
    ...judged(now, then, terms),
    ...('reason' in current && { reason: current.reason }),
    ...(previous && 'reason' in previous && { previousReason: previous.reason }),
    ...daily(current, previous, terms),
  };
}

function daily(current: Told, previous: Told | undefined, terms: SlowTerms): object {
  if (!previous || !terms.days || terms.days[0] === terms.days[1]) return {};
  const mean = (value: Quotient | null, days: number): Quotient | null =>
    value && { num: value.num, den: value.den * BigInt(days) };
  const [own, other] = terms.days;
  return { perDay: judged(mean(current.value, own), mean(previous.value, other), terms) };
}

function judged(now: Quotient | null, then: Quotient | null, terms: SlowTerms): object {
  if (!now || !then) return { changePercent: null, trend: 'no_data', good: null };
  const change = minus(now, then);
  if (terms.in === 'points') {
    return { changePercent: null, ...went(change, size(change) <= 2n * change.den, terms) };
  }
  if (then.num === 0n) {
    const percent = change.num === 0n ? '0.0000' : null;
    const { trend, good } = went(change, change.num === 0n, terms);
    return { changePercent: percent, trend: trend === 'up' ? 'new' : trend, good };
  }
  // change / |then|, against 4 in a hundred.
  const share = { num: change.num * then.den, den: change.den * size(then) };
  return {
    changePercent: decimal({ num: share.num * 100n, den: share.den }, 4),
    ...went(change, size(share) * 100n <= 4n * share.den, terms),
  };
}

function went(
  { num }: Quotient,
  isSame: boolean,
  { polarity }: SlowTerms,
): { readonly trend: string; readonly good: boolean | null } {
  if (isSame) return { trend: 'stable', good: null };
  return { trend: num > 0n ? 'up' : 'down', good: num > 0n === polarity > 0 };
}

function minus(a: Quotient, b: Quotient): Quotient {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

function size({ num }: Quotient): bigint {
  return num < 0n ? -num : num;
}
