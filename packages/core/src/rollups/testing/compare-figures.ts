import { isDeepStrictEqual } from 'node:util';

import type { SqlSession } from '../../db/sql-session.ts';
import { MEASURES, SUMS } from '../rollup.queries.ts';
import type { GivenRate, RawFacts } from './raw-facts.ts';
import type { Figures } from './slow-model.ts';
import { isSame, lookUp, type Exact } from './slow-money.ts';
import type { Sums } from './slow-parts.ts';
import { keptEstimates } from './slow-posts.ts';

type Row = Readonly<Record<string, string | null>>;

const COLUMNS = [...SUMS, ...MEASURES];

/** What is kept in the rollups, in the form that the slow model tells it. */
export async function readKept(sql: SqlSession, facts: RawFacts): Promise<Figures> {
  const sums = COLUMNS.map((column) => `${column}::text`).join(', ');
  const rows = async (table: string, day: string): Promise<Map<string, Sums>> => {
    const all = await sql.query<Row>(
      `select dimension, client_id as client, ${day}::text as day, key, currency, ${sums} from retainer.${table}
       where agency_id = current_setting('retainer.agency')`,
      [],
    );
    return new Map(all.map((row) => [placeOf(row), sumsOf(row)]));
  };
  const shares = await sql.query<Row>(
    `select client_id as client, fact_id as fact, from_date::text as "from", to_date::text as "to",
       amount_minor::text as amount, currency, client_minor::text as own, agency_minor::text as agency
     from retainer.leaf where agency_id = current_setting('retainer.agency') and kind = 'tool'`,
    [],
  );
  return {
    days: await rows('rollup_day', 'local_date'),
    months: await rows('rollup_month', 'month'),
    shares: new Map(
      shares.map((row) => [
        [row['client'], row['fact'], row['from']].join('\n'),
        [row['to'], row['amount'], row['currency'], row['own'], row['agency']]
          .map(String)
          .join(' '),
      ]),
    ),
    estimates: keptEstimates(facts),
  };
}

function placeOf(row: Row): string {
  return [row['dimension'], row['client'], row['day'], row['key'], row['currency']].join('\n');
}

function sumsOf(row: Row): Sums {
  const isObserved = (column: string): boolean => MEASURES.some((measure) => measure === column);
  return Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const text = row[column];
      if (typeof text !== 'string' || (text === '0' && !isObserved(column))) return [];
      return [[column, BigInt(text)] as const];
    }),
  );
}

/** Where the two tell something else, in words. */
export function differences(kept: Figures, expected: Figures): string[] {
  const parts = ['days', 'months', 'shares', 'estimates'] as const;
  return parts.flatMap((part) => {
    const [has, wants]: ReadonlyMap<string, unknown>[] = [kept[part], expected[part]];
    const keys = new Set([...(has?.keys() ?? []), ...(wants?.keys() ?? [])]);
    return [...keys]
      .filter((key) => !isDeepStrictEqual(has?.get(key), wants?.get(key)))
      .map(
        (key) =>
          `${part} ${key.split('\n').join(' | ')}: ${show(has, key)} is not ${show(wants, key)}`,
      );
  });
}

function show(rows: ReadonlyMap<string, unknown> | undefined, key: string): string {
  return JSON.stringify(rows?.get(key) ?? null, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}

/** Where the parts of a breakdown do not sum to the whole: of every day and month, in every currency. */
export function unevenBreakdowns({ days, months }: Figures): string[] {
  return [days, months].flatMap((rows) => {
    const sums = new Map<string, bigint>();
    for (const [place, row] of rows) {
      const [dimension = '', client, date, , currency] = place.split('\n');
      for (const [column, sum] of Object.entries(row)) {
        // A post on two platforms is one post.
        if (dimension === 'platform' && column.endsWith('posts')) continue;
        const key = [dimension, client, date, currency, column].join(' ');
        sums.set(key, (sums.get(key) ?? 0n) + sum);
      }
    }
    return [...sums].flatMap(([key, sum]) => {
      const [dimension = '', ...rest] = key.split(' ');
      const whole = sums.get(['client', ...rest].join(' ')) ?? 0n;
      return dimension !== 'client' && sum !== whole ? [`${key} is ${sum} of ${whole}`] : [];
    });
  });
}

/** The rates that facts were given, as they were seen before. */
export type SeenRates = Map<string, Exact>;

/**
 * What is wrong with the rates that facts were given: one that was taken back or changed, one that is not what was
 * published when it was given. What is new is remembered.
 */
export function rateProblems(seen: SeenRates, { given, exchange }: RawFacts): string[] {
  const now = new Map(given.map((one) => [keyOf(one), one]));
  const lost = [...seen]
    .filter(([key, rate]) => {
      const one = now.get(key);
      return one === undefined || !isSame(rateOf(one), rate);
    })
    .map(([key]) => `the rate of ${key} did not stay`);
  const wrong = [...now].flatMap(([key, one]) => {
    if (seen.has(key)) return [];
    seen.set(key, rateOf(one));
    const published = lookUp(exchange, one.from, one.to, one.date);
    return published && isSame(published, rateOf(one)) ? [] : [`${key} was given another rate`];
  });
  return [...lost, ...wrong];
}

/** Facts that no rate was given though one is published. */
export function forgotten(unpriced: readonly string[], { exchange }: RawFacts): string[] {
  return unpriced.filter((asked) => {
    const [from = '', to = '', date = ''] = asked.split(' ');
    return lookUp(exchange, from, to, date) !== undefined;
  });
}

function keyOf(one: GivenRate): string {
  return [one.clientId, one.kind, one.factId, one.date, one.from, one.to].join(' ');
}

function rateOf(one: GivenRate): Exact {
  return { num: BigInt(one.numerator), den: BigInt(one.denominator) };
}
