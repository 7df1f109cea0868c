import type { EntityManager } from '@mikro-orm/postgresql';
import { addSums, divideRound, noSums, type Money, type ValueSums } from '@retainer/domain';

import { priceEntries } from '../../costs/time-entries/price-entries.ts';
import { TimeEntry } from '../../costs/time-entries/time-entry.entity.ts';
import { sqlSession } from '../../db/sql-session.ts';
import type { FiguresWorld } from '../../rollups/figures-world.ts';
import { mergeKeys } from '../../rollups/read-sums.ts';
import type { ClientSums, DateRange, Dimension, KeyedSums } from '../../rollups/sums.ts';
import { readAgencyPriced, type AgencyPricedRow } from './tracking.queries.ts';

const SECONDS_PER_HOUR = 3600n;

/** For which days, and what an hour costs there in place of the agency's own rate. */
interface Repricing extends DateRange {
  readonly clientId: string;
  readonly world: FiguresWorld;
  readonly rate: Money;
}

/** A day of an entry, and what it costs or saves by the other rate. */
interface RepricedDay {
  readonly row: AgencyPricedRow;
  readonly minor: bigint | null;
}

/**
 * What would cost or save otherwise if an hour without a nearer rate cost `rate`: only what the agency's own rate
 * prices, or no rate does, from the entries. Nothing is stored.
 */
export async function repriceDays(em: EntityManager, by: Repricing): Promise<RepricedDay[]> {
  const { world, rate } = by;
  const rows = await readAgencyPriced(sqlSession(em), by);
  const entries = await em.find(TimeEntry, {
    agencyId: world.agency.id,
    id: { $in: [...new Set(rows.map((row) => row.factId))] },
  });
  const priced = await priceEntries(em, { ...world, agencyRate: rate }, entries);
  return rows.map((row) => {
    const day = priced.get(row.factId)?.find((one) => one.date === row.date);
    const minor =
      row.kind === 'saved'
        ? divideRound(rate.amountMinor * BigInt(row.seconds), SECONDS_PER_HOUR, world.rounding)
        : (day?.costMinor ?? null);
    return { row, minor };
  });
}

/** The sums as they would be by that rate. */
export async function repriceSums(
  em: EntityManager,
  sums: ClientSums,
  by: Repricing,
): Promise<ClientSums> {
  const days = await repriceDays(em, by);
  const changes = days.map(({ row, minor }) => ({
    row,
    sums: changeOf(row, minor, by.rate.currency),
  }));
  const repriced = (
    name: Dimension,
    keyOf: (row: AgencyPricedRow) => string,
  ): readonly KeyedSums[] =>
    mergeKeys([
      ...sums.breakdowns[name],
      ...changes.map((change) => ({ key: keyOf(change.row), sums: change.sums })),
    ]);
  return {
    total: changes.reduce((total, change) => addSums(total, change.sums), sums.total),
    breakdowns: {
      platform: repriced('platform', (row) => row.platform),
      contentType: repriced('contentType', (row) => row.contentType),
      campaign: repriced('campaign', (row) => row.campaignId),
      day: repriced('day', (row) => row.date),
    },
  };
}

/** What is to be added where a day of an entry costs `minor` in place of what it did. */
function changeOf(row: AgencyPricedRow, minor: bigint | null, currency: string): ValueSums {
  const more = (minor ?? 0n) - BigInt(row.minor ?? 0);
  const missing = (minor === null ? 1n : 0n) - (row.minor === null ? 1n : 0n);
  return row.kind === 'time'
    ? { ...noSums(currency), timeMinor: more, timeMissing: missing }
    : { ...noSums(currency), savedMinor: more, savedMissing: missing };
}
