import type { RawExchangeRate, RawFacts } from './raw-facts.ts';

/** An exact number. */
export interface Exact {
  readonly num: bigint;
  readonly den: bigint;
}

/** A quotient as a whole number, rounded once: halves away from zero, or to the even one. */
export function roundOnce(
  num: bigint,
  den: bigint,
  rounding: RawFacts['agency']['rounding'],
): bigint {
  const size = num < 0n ? -num : num;
  const whole = size / den;
  const twice = (size % den) * 2n;
  const up = twice > den || (twice === den && (rounding !== 'half_even' || whole % 2n === 1n));
  const rounded = whole + (up ? 1n : 0n);
  return num < 0n ? -rounded : rounded;
}

/** Splits `total` by weight, unit by unit: what is left over goes to the largest remainders, in the order of `ties`. */
export function splitByWeight<T extends { readonly weight: bigint }>(
  total: bigint,
  parts: readonly T[],
  ties: (a: T, b: T) => number,
): Map<T, bigint> | undefined {
  const sum = parts.reduce((all, { weight }) => all + weight, 0n);
  if (sum === 0n) return undefined;
  const size = total < 0n ? -total : total;
  const shares = new Map(parts.map((part) => [part, (size * part.weight) / sum]));
  const left = [...shares.values()].reduce((rest, share) => rest - share, size);
  const remainder = (part: T): bigint => (size * part.weight) % sum;
  const inOrder = parts.toSorted((a, b) => compare(remainder(b), remainder(a)) || ties(a, b));
  for (const part of inOrder.slice(0, Number(left))) {
    shares.set(part, (shares.get(part) ?? 0n) + 1n);
  }
  return new Map([...shares].map(([part, share]) => [part, total < 0n ? -share : share]));
}

/** Ties go to the larger weight, then to the smaller id. */
export function byWeightThenId(
  a: { readonly weight: bigint; readonly id: string },
  b: { readonly weight: bigint; readonly id: string },
): number {
  return compare(b.weight, a.weight) || compare(a.id, b.id);
}

export function compare<T extends bigint | number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What each of so many days bears of an amount: the first ones take the odd units. */
export function dayShares(total: bigint, days: number): bigint[] {
  const parts = Array.from({ length: days }, (_, index) => ({ weight: 1n, index }));
  const shares = splitByWeight(total, parts, (a, b) => a.index - b.index);
  return parts.map((part) => shares?.get(part) ?? 0n);
}

const DECIMALS: Readonly<Record<string, bigint>> = { USD: 100n, EUR: 100n, JPY: 1n, KWD: 1000n };

export function inCurrency(
  amount: bigint,
  of: { readonly from: string; readonly to: string; readonly rate: Exact },
  rounding: RawFacts['agency']['rounding'],
): bigint {
  const [units, target] = [DECIMALS[of.from], DECIMALS[of.to]];
  if (units === undefined || target === undefined) throw new Error('an unknown currency');
  return roundOnce(amount * of.rate.num * target, of.rate.den * units, rounding);
}

/** The date so many days later. */
export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The exchange rate of a date by what is published now: of that day, or the latest of the seven before it. The
 * model's worlds publish rates of one base, so a cross always goes through it.
 */
export function lookUp(
  rates: readonly RawExchangeRate[],
  from: string,
  to: string,
  date: string,
): Exact | undefined {
  const days = Array.from({ length: 8 }, (_, age) => dayAfter(date, -age));
  const on = (day: string, one: string, other: string): Exact | undefined => {
    const rate = rates.find((row) => row.date === day && row.base === one && row.quote === other);
    if (rate) return exact(rate.rate);
    const back = rates.find((row) => row.date === day && row.base === other && row.quote === one);
    return back && flipped(exact(back.rate));
  };
  const bases = [...new Set(rates.map((row) => row.base))].toSorted();
  for (const day of days) {
    const direct = on(day, from, to);
    if (direct) return direct;
    for (const base of bases) {
      const [first, second] = [on(day, from, base), on(day, base, to)];
      if (first && second) return times(first, second);
    }
  }
  for (const base of bases) {
    const latest = (one: string, other: string): Exact | undefined =>
      days.map((day) => on(day, one, other)).find((rate) => rate !== undefined);
    const [first, second] = [latest(from, base), latest(base, to)];
    if (first && second) return times(first, second);
  }
  return undefined;
}

/** Whether two exact numbers are the same. */
export function isSame(a: Exact, b: Exact): boolean {
  return a.num * b.den === b.num * a.den;
}

function exact(text: string): Exact {
  const [whole = '', decimals = ''] = text.split('.');
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) };
}

function flipped({ num, den }: Exact): Exact {
  return { num: den, den: num };
}

function times(a: Exact, b: Exact): Exact {
  return { num: a.num * b.num, den: a.den * b.den };
}
