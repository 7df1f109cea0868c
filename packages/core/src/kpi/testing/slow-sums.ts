import type { RawFacts } from '../../rollups/testing/raw-facts.ts';
import type { Figures } from '../../rollups/testing/slow-model.ts';
import { dayShares } from '../../rollups/testing/slow-money.ts';
import type { Sums } from '../../rollups/testing/slow-parts.ts';
import type { KpiFacts } from './kpi-facts.ts';
import { daysIn, type SlowSpan } from './slow-period.ts';

/** One day of one client, or of one of its campaigns, in the agency's currency. */
interface DayRow {
  readonly dimension: string;
  readonly clientId: string;
  readonly date: string;
  readonly key: string;
  readonly sums: Sums;
}

/** All that an answer is worked out from. */
export interface SlowWorld {
  readonly raw: RawFacts;
  readonly facts: KpiFacts;
  readonly rows: readonly DayRow[];
}

/** The world, with what tools cost put on each of their days. */
export function slowWorld(raw: RawFacts, facts: KpiFacts, figures: Figures): SlowWorld {
  const days = [...figures.days].flatMap(([place, sums]): DayRow[] => {
    const [dimension = '', clientId = '', date = '', key = '', currency] = place.split('\n');
    return currency === raw.agency.currency ? [{ dimension, clientId, date, key, sums }] : [];
  });
  const tools = [...figures.shares].flatMap(([place, line]): DayRow[] => {
    const [clientId = '', , first = ''] = place.split('\n');
    const [last = '', , , , minor = ''] = line.split(' ');
    const dates = daysIn({ first, last });
    const shares = minor === 'null' ? undefined : dayShares(BigInt(minor), dates.length);
    return dates.map((date, index) => ({
      dimension: 'client',
      clientId,
      date,
      key: '',
      sums: shares ? { tools_minor: shares[index] ?? 0n } : { tools_missing: 1n },
    }));
  });
  return { raw, facts, rows: [...days, ...tools] };
}

/** The sums of some days of some rows; a column that nothing told is left out. */
export function sumsOf(
  { rows }: SlowWorld,
  { first, last }: SlowSpan,
  isWanted: (row: DayRow) => boolean,
): Sums {
  const sums: Record<string, bigint> = {};
  for (const row of rows) {
    if (row.date < first || row.date > last || !isWanted(row)) continue;
    for (const [column, sum] of Object.entries(row.sums)) sums[column] = (sums[column] ?? 0n) + sum;
  }
  return sums;
}

/** An amount, or why it is unknown and the part of it that is not. */
export interface SlowAmount {
  readonly minor: bigint | null;
  readonly known: bigint;
  readonly reason?: string;
}

/** What was ever told by a day. */
export interface SlowKnown {
  readonly leads: boolean;
  readonly conversions: boolean;
  readonly revenue: boolean;
}

/** What some client told at least once by a day. */
export function knownBy({ raw, facts }: SlowWorld, clientId: string, day: string): SlowKnown {
  const own = raw.conversions.filter((one) => one.clientId === clientId && one.date <= day);
  return {
    leads: own.some((one) => one.kind === 'lead'),
    conversions: own.some((one) => one.kind === 'conversion'),
    revenue:
      own.some((one) => one.amount !== null) ||
      facts.clients.some((one) => one.id === clientId && one.revenueConnected),
  };
}

/** Whether an unknown revenue leaves the value unknown. */
export function isPriced({ facts: { agency } }: SlowWorld): boolean {
  return agency.conversionValue !== null || agency.leadValue !== null;
}

/** What sums say of cost, revenue and value. */
export function amountsOf(
  world: SlowWorld,
  sums: Sums,
  isRevenueKnown: boolean,
): Readonly<Record<'cost' | 'revenue' | 'value' | 'returned', SlowAmount>> {
  const { agency } = world.facts;
  const of = (column: string): bigint => sums[column] ?? 0n;
  const one = (column: string): SlowAmount =>
    of(`${column}_missing`) > 0n
      ? { minor: null, known: of(`${column}_minor`), reason: 'missing_rate' }
      : { minor: of(`${column}_minor`), known: of(`${column}_minor`) };
  const unknown: SlowAmount = { minor: null, known: 0n, reason: 'missing_data' };
  const revenue = isRevenueKnown || of('revenue_missing') > 0n ? one('revenue') : unknown;
  const assumed =
    of('unpriced_conversions') * BigInt(agency.conversionValue ?? 0) +
    of('leads') * BigInt(agency.leadValue ?? 0);
  const priced: SlowAmount = { minor: assumed, known: assumed };
  const value =
    revenue.reason === 'missing_data'
      ? isPriced(world)
        ? priced
        : unknown
      : together(revenue, priced);
  return {
    cost: together(one('time'), one('tools'), one('ads'), one('other')),
    revenue,
    value,
    returned: agency.savedTimeInRoi ? together(value, one('saved')) : value,
  };
}

function together(...amounts: readonly SlowAmount[]): SlowAmount {
  const known = amounts.reduce((sum, one) => sum + one.known, 0n);
  const lacking = amounts.find((one) => one.reason !== undefined);
  return lacking?.reason === undefined
    ? { minor: known, known }
    : { minor: null, known, reason: lacking.reason };
}
