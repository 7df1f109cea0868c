import type { EntityManager } from '@mikro-orm/postgresql';
import type { Money, RateLevel } from '@retainer/domain';

import { readRateBook } from '../../costs/rates/rate-book.ts';
import { TimeEntry } from '../../costs/time-entries/time-entry.entity.ts';
import type { FactRow } from './explain.queries.ts';

/** What an hour costs, and whose rate says so. */
export interface FactRate {
  readonly perHour: Money;
  readonly level: RateLevel;
}

/** The rates that price tracked and saved time on its day; undefined for other facts, and where no rate does. */
export async function readFactRates(
  em: EntityManager,
  rows: readonly FactRow[],
  {
    agencyId,
    agencyRate,
  }: {
    readonly agencyId: string;
    /** What an hour is assumed to cost in place of the agency's own rate. */
    readonly agencyRate: Money | undefined;
  },
): Promise<(row: FactRow) => FactRate | undefined> {
  const ids = rows.filter(isTime).flatMap((row) => row.factId ?? []);
  if (ids.length === 0) return () => undefined;
  const entries = await em.find(TimeEntry, { agencyId, id: { $in: [...new Set(ids)] } });
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const book = await readRateBook(em, { agencyId, questions: entries, agencyRate });
  return (row) => {
    const entry = isTime(row) ? byId.get(row.factId ?? '') : undefined;
    const found = entry && book.rateOf(entry, row.origin);
    if (!found) return undefined;
    const { minorPerHour: amountMinor, level, rate } = found;
    return { perHour: { amountMinor, currency: rate.currency }, level };
  };
}

function isTime({ kind }: FactRow): boolean {
  return kind === 'time' || kind === 'saved';
}
