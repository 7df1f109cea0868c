import {
  convert,
  fraction,
  parseDecimal,
  rateOn,
  rateTable,
  type Fraction,
  type LocalDate,
  type RateTable,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { AGENCY } from './dirty.queries.ts';
import {
  keepFactRates,
  readExchangeRates,
  readFactRates,
  type FactRateRow,
} from './exchange.queries.ts';
import type { FiguresWorld } from './figures-world.ts';
import type { Leaf, PricedLeaf } from './leaf.ts';

/** An amount that is wanted in another currency than its own. */
interface Wanted {
  readonly leaf: Leaf;
  readonly from: string;
  readonly to: string;
}

/**
 * Gives each leaf its amount in its client's currency and in the agency's, both converted from the original. A fact
 * keeps the rate it was given; one that has none yet takes the latest of its date and the 7 days before.
 */
export async function priceLeaves(
  sql: SqlSession,
  world: FiguresWorld,
  leaves: readonly Leaf[],
): Promise<PricedLeaf[]> {
  const wanted = leaves.flatMap((leaf) => conversionsOf(world, leaf));
  const rates = await ratesFor(sql, wanted);
  const given = (leaf: Leaf, to: string): bigint | null => {
    const { amountMinor, currency: from } = leaf;
    if (amountMinor === null || from === null) return null;
    if (from === to) return amountMinor;
    const rate = rates.get(keyOf({ leaf, from, to }));
    return rate ? convert(amountMinor, { from, to, rate, rounding: world.rounding }) : null;
  };
  return leaves.map((leaf) => ({
    ...leaf,
    clientMinor: given(leaf, currencyOf(world, leaf)),
    agencyMinor: given(leaf, world.agency.currency),
  }));
}

function conversionsOf(world: FiguresWorld, leaf: Leaf): Wanted[] {
  const { currency: from } = leaf;
  if (from === null || leaf.amountMinor === null) return [];
  const targets = new Set([currencyOf(world, leaf), world.agency.currency]);
  return [...targets].filter((to) => to !== from).map((to) => ({ leaf, from, to }));
}

function currencyOf(world: FiguresWorld, { clientId }: Leaf): string {
  return world.clients.get(clientId)?.currency ?? world.agency.currency;
}

async function ratesFor(
  sql: SqlSession,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Fraction>> {
  const rates = new Map<string, Fraction>();
  if (wanted.length === 0) return rates;
  const kept = await readFactRates(
    sql,
    wanted.map(({ leaf }) => factOf(leaf)),
  );
  for (const row of kept) {
    rates.set(factRateKey(row), fraction(BigInt(row.numerator), BigInt(row.denominator)));
  }
  const open = wanted.filter((one) => !rates.has(keyOf(one)));
  if (open.length === 0) return rates;

  const table = await tableFor(sql, open);
  const fresh: FactRateRow[] = [];
  for (const one of open) {
    const { leaf, from, to } = one;
    const found = rateOn(table, { from, to, date: leaf.from });
    if (!found || rates.has(keyOf(one))) continue;
    rates.set(keyOf(one), found.rate);
    fresh.push({
      ...factOf(leaf),
      date: leaf.from,
      from,
      to,
      numerator: found.rate.num.toString(),
      denominator: found.rate.den.toString(),
      rateDate: found.date,
    });
  }
  await keepFactRates(sql, fresh);
  return rates;
}

async function tableFor(sql: SqlSession, open: readonly Wanted[]): Promise<RateTable> {
  const dates: LocalDate[] = open.map(({ leaf }) => leaf.from).toSorted();
  const first = dates[0] ?? '';
  const rows = await readExchangeRates(sql, { first, last: dates.at(-1) ?? first });
  return rateTable(
    rows.flatMap(({ rate: text, ...row }) => {
      const rate = parseDecimal(text);
      return rate ? [{ ...row, rate }] : [];
    }),
  );
}

// What a fact adds in several leaves has one rate: all shares of a tool, an entry's time and the time that it saved.
function factOf({
  clientId,
  kind,
  factId,
}: Leaf): Pick<FactRateRow, 'clientId' | 'kind' | 'factId'> {
  return {
    clientId: kind === 'tool' ? AGENCY : clientId,
    kind: kind === 'saved' ? 'time' : kind,
    factId,
  };
}

function keyOf({ leaf, from, to }: Wanted): string {
  return factRateKey({ ...factOf(leaf), date: leaf.from, from, to });
}

function factRateKey({
  clientId,
  kind,
  factId,
  date,
  from,
  to,
}: Omit<FactRateRow, 'numerator' | 'denominator' | 'rateDate'>): string {
  return [clientId, kind, factId, date, from, to].join('\n');
}
