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
  readonly polarity: 1 | -1 | 0;
  /** Up to which change it is stable: in per cent, or points. */
  readonly band: Quotient;
  readonly change: (change: Quotient) => unknown;
  /** How many days each period has, for what adds up day by day. */
  readonly days?: readonly [number, number];
}

/** The quotient that decimal text means. */
export function quotient(text: string): Quotient {
  const [whole = '', decimals = ''] = text.split('.');
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) };
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
export function slowKpi(current: Told, previous: Told | undefined, terms: SlowTerms): object {
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
    return { changePercent: null, ...went(change, isWithin(change, terms.band), terms) };
  }
  if (then.num === 0n) {
    const percent = change.num === 0n ? '0.0000' : null;
    const { trend, good } = went(change, change.num === 0n, terms);
    return { changePercent: percent, trend: trend === 'up' ? 'new' : trend, good };
  }
  // change / |then|, in per cent.
  const share = { num: change.num * then.den * 100n, den: change.den * size(then) };
  return {
    changePercent: decimal(share, 4),
    ...went(change, isWithin(share, terms.band), terms),
  };
}

function isWithin(change: Quotient, band: Quotient): boolean {
  return size(change) * band.den <= band.num * change.den;
}

function went(
  { num }: Quotient,
  isSame: boolean,
  { polarity }: SlowTerms,
): { readonly trend: string; readonly good: boolean | null } {
  if (isSame) return { trend: 'stable', good: null };
  const trend = num > 0n ? 'up' : 'down';
  return { trend, good: polarity === 0 ? null : num > 0n === polarity > 0 };
}

function minus(a: Quotient, b: Quotient): Quotient {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

function size({ num }: Quotient): bigint {
  return num < 0n ? -num : num;
}
