import {
  fraction,
  parseDecimal,
  rateOn,
  rateTable,
  type Fraction,
  type LocalDate,
  type RateTable,
} from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import {
  keepFactRates,
  readExchangeRates,
  readFactRates,
  type ExchangeRateRow,
  type FactRateRow,
} from './given-rates.queries.ts';

/** A fact that is to be told in another currency than its own, as of its date. */
export interface RateWish {
  readonly clientId: string;
  readonly kind: string;
  readonly factId: string;
  readonly date: LocalDate;
  readonly from: string;
  readonly to: string;
}

/** The rate that a fact was given; undefined where none is known. */
export type GivenRates = (wish: RateWish) => Fraction | undefined;

/**
 * Gives each fact the exchange rate of its date, else the latest of the 7 days before. A fact keeps the rate it was
 * given, whatever is published later; one for which `keeps` says no takes today's without keeping it.
 */
export async function giveRates(
  sql: SqlSession,
  wishes: readonly RateWish[],
  keeps: (wish: RateWish) => boolean = () => true,
): Promise<GivenRates> {
  const rates = new Map<string, Fraction>();
  const given: GivenRates = (wish) => rates.get(keyOf(wish));
  if (wishes.length === 0) return given;
  for (const row of await readFactRates(sql, wishes)) {
    rates.set(keyOf(row), fraction(BigInt(row.numerator), BigInt(row.denominator)));
  }
  const open = wishes.filter((wish) => !given(wish));
  if (open.length === 0) return given;

  const found = await findRates(sql, open);
  for (const row of found) rates.set(keyOf(row.wish), row.rate);
  await keepFactRates(
    sql,
    found.filter(({ wish }) => keeps(wish)).map((row) => row.kept),
  );
  return given;
}

interface FoundRate {
  readonly wish: RateWish;
  readonly rate: Fraction;
  readonly kept: FactRateRow;
}

async function findRates(sql: SqlSession, open: readonly RateWish[]): Promise<FoundRate[]> {
  const dates = open.map((wish) => wish.date).toSorted();
  const first = dates[0] ?? '';
  const rows = await readExchangeRates(sql, { first, last: dates.at(-1) ?? first });
  if (rows.length === 0) return [];
  const table = tableOf(rows);
  const distinct = new Map(open.map((wish) => [keyOf(wish), wish]));
  return [...distinct.values()].flatMap((wish): FoundRate[] => {
    const found = rateOn(table, wish);
    if (!found) return [];
    const { rate, date: rateDate } = found;
    const numerator = rate.num.toString();
    return [
      { wish, rate, kept: { ...wish, numerator, denominator: rate.den.toString(), rateDate } },
    ];
  });
}

/** The published rates that can price what is dated between two days, ready for `rateOn`. */
export async function readRateTable(
  sql: SqlSession,
  days: { readonly first: LocalDate; readonly last: LocalDate },
): Promise<RateTable> {
  return tableOf(await readExchangeRates(sql, days));
}

function tableOf(rows: readonly ExchangeRateRow[]): RateTable {
  return rateTable(
    rows.flatMap(({ rate: text, ...row }) => {
      const rate = parseDecimal(text);
      return rate ? [{ ...row, rate }] : [];
    }),
  );
}

function keyOf({ clientId, kind, factId, date, from, to }: RateWish): string {
  return [clientId, kind, factId, date, from, to].join('\n');
}
