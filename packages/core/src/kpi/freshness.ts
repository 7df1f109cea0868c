import { addDays, type LocalDate } from '@retainer/domain';

import { keptPartsOf } from '../kernel/kept-parts.ts';
import type { KpiWorld } from './counted.ts';
import { wanted } from './kept.ts';
import { readObserved, type ObservedRow } from './kpi.queries.ts';

/** Clients of which nothing was observed for more days are told as behind. */
const BEHIND_DAYS = 2;

/** How far observed metrics reach. */
export interface Freshness {
  /** The last local day that any metric was observed on. */
  readonly metricsUntil: LocalDate | null;
  readonly clientsWithMetrics: number;
  /** The clients of which nothing was observed for two days, and since when. */
  readonly behind: readonly ObservedRow[];
}

/** How far observed metrics reach, for the wire. */
export interface FreshnessDto {
  /** The last local day that any metric was observed on. */
  readonly metricsUntil: LocalDate | null;
  readonly clientsWithMetrics: number;
  /** Of how many of them nothing was observed for two days. */
  readonly clientsBehind: number;
}

const keptDays = keptPartsOf<LocalDate>(100_000);

/** Reads how far the observed metrics of each client reach that is not archived, and who is behind. */
export async function readFreshness(world: KpiWorld): Promise<Freshness> {
  const { sql, agencyId, roster, marks, memory, today } = world;
  const days = await keptDays(memory.owner).take(agencyId, marks.clients, async (ids) => {
    const rows = await readObserved(sql, wanted(world, ids));
    return new Map(rows.map(({ clientId, day }) => [clientId, day]));
  });
  const observed = roster.flatMap(({ id: clientId, archivedOn }): ObservedRow[] => {
    const day = archivedOn === null ? days.get(clientId) : undefined;
    return day === undefined ? [] : [{ clientId, day }];
  });
  const behindBefore = addDays(today, -BEHIND_DAYS);
  return {
    metricsUntil: observed.reduce<LocalDate | null>(
      (last, { day }) => (last === null || day > last ? day : last),
      null,
    ),
    clientsWithMetrics: observed.length,
    behind: observed.filter(({ day }) => day < behindBefore),
  };
}

/** The same for the wire, with how many clients are behind. */
export function toFreshness({ metricsUntil, clientsWithMetrics, behind }: Freshness): FreshnessDto {
  return { metricsUntil, clientsWithMetrics, clientsBehind: behind.length };
}
