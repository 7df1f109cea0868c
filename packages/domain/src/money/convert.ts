import type { LocalDate } from '../calendar/instant.ts';
import { addDays } from '../calendar/local-date.ts';
import { minorDigits } from './currency.ts';
import { divideFractions, multiplyFractions, type Fraction } from './fraction.ts';
import { divideRound, type Rounding } from './rounding.ts';

/** What one unit of the base was worth in the quote currency on a date; above 0. */
export interface ExchangeRate {
  readonly base: string;
  readonly quote: string;
  readonly date: LocalDate;
  readonly rate: Fraction;
}

/** Exchange rates made ready to be looked up; opaque, got from `rateTable`. */
export interface RateTable {
  readonly days: ReadonlyMap<LocalDate, DayRates>;
}

/** From currency to currency, each way of every rate of one day. */
type DayRates = Map<string, Map<string, Fraction>>;

/** Which rate is wanted; a rate up to `maxAgeDays` before the date will do, 7 unless told. */
export interface RateAsk {
  readonly from: string;
  readonly to: string;
  readonly date: LocalDate;
  readonly maxAgeDays?: number;
}

/** An exact rate and the date it is of. */
export interface RateFound {
  readonly rate: Fraction;
  readonly date: LocalDate;
}

/** How an amount is converted; halves go away from zero unless told. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly rate: Fraction;
  readonly rounding?: Rounding;
}

const ONE: Fraction = { num: 1n, den: 1n };
// Pinned by the published rules: the seventh day before still counts.
const MAX_AGE_DAYS = 7;

/** Makes rates ready for `rateOn`. A rate also tells the way back, unless that has a rate of its own that day. */
export function rateTable(rates: readonly ExchangeRate[]): RateTable {
  const days = new Map<LocalDate, DayRates>();
  for (const { base, quote, date, rate } of rates) quotesOf(days, date, base).set(quote, rate);
  for (const { base, quote, date, rate } of rates) {
    const back = quotesOf(days, date, quote);
    if (!back.has(base)) back.set(base, divideFractions(ONE, rate));
  }
  return { days };
}

/**
 * The rate of the date, else of the latest day before it that has one, never of a later day: as it was given, else
 * its inverse, else the unrounded cross of two rates of that day through the first currency both know. Only when
 * no single day knows the pair are the latest rates of two days crossed; that counts as of the older day.
 */
export function rateOn(table: RateTable, ask: RateAsk): RateFound | undefined {
  const { from, to, date, maxAgeDays = MAX_AGE_DAYS } = ask;
  if (from === to) return { rate: ONE, date };
  const dates = Array.from({ length: maxAgeDays + 1 }, (_, age) => addDays(date, -age));
  for (const day of dates) {
    const rate = rateWithin(table.days.get(day), from, to);
    if (rate !== undefined) return { rate, date: day };
  }
  return crossOfDays(table, dates, ask);
}

/** The amount in the other currency's minor units, whatever decimals the two have, rounded once. */
export function convert(amountMinor: bigint, conversion: Conversion): bigint {
  const { from, to, rate, rounding = 'half_away_from_zero' } = conversion;
  const numerator = amountMinor * rate.num * unitsOf(to);
  return divideRound(numerator, rate.den * unitsOf(from), rounding);
}

function quotesOf(
  days: Map<LocalDate, DayRates>,
  date: LocalDate,
  currency: string,
): Map<string, Fraction> {
  const day = days.get(date) ?? new Map<string, Map<string, Fraction>>();
  const quotes = day.get(currency) ?? new Map<string, Fraction>();
  days.set(date, day.set(currency, quotes));
  return quotes;
}

function rateWithin(day: DayRates | undefined, from: string, to: string): Fraction | undefined {
  const direct = day?.get(from)?.get(to);
  if (direct !== undefined) return direct;
  for (const [through, first] of inOrder(day?.get(from))) {
    const second = day?.get(through)?.get(to);
    if (second !== undefined) return multiplyFractions(first, second);
  }
  return undefined;
}

function crossOfDays(
  table: RateTable,
  dates: readonly LocalDate[],
  { from, to }: RateAsk,
): RateFound | undefined {
  const known = dates.flatMap((date) => [...(table.days.get(date)?.get(from)?.keys() ?? [])]);
  const crosses = [...new Set(known)].toSorted().flatMap((through) => {
    const first = latestDirect(table, dates, [from, through]);
    const second = latestDirect(table, dates, [through, to]);
    if (first === undefined || second === undefined) return [];
    const older = first.date < second.date ? first.date : second.date;
    return [{ rate: multiplyFractions(first.rate, second.rate), date: older }];
  });
  return crosses.toSorted((a, b) => (a.date > b.date ? -1 : Number(a.date < b.date)))[0];
}

function latestDirect(
  table: RateTable,
  dates: readonly LocalDate[],
  [from, to]: readonly [string, string],
): RateFound | undefined {
  for (const date of dates) {
    const rate = table.days.get(date)?.get(from)?.get(to);
    if (rate !== undefined) return { rate, date };
  }
  return undefined;
}

function inOrder(quotes: ReadonlyMap<string, Fraction> | undefined): [string, Fraction][] {
  return [...(quotes ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function unitsOf(currency: string): bigint {
  return 10n ** BigInt(minorDigits(currency));
}
