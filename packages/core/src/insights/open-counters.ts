import type { Instant, Meter } from '@retainer/domain';

import { readCounters, readLevelGrowth, type CounterRow } from './counters.queries.ts';
import { openWindow, type Service, type ServedClient } from './served-clients.ts';

/** What clients have taken in the windows that contain an instant. */
export interface OpenCounters {
  /** 0 where nothing was taken yet. */
  readonly takenBy: (client: ServedClient, meter: Meter) => number;
  /** The same of one platform. */
  readonly takenOn: (client: ServedClient, platform: string) => number;
}

/** Reads what is taken of every meter now, in one statement for all clients. */
export async function readOpenCounters(
  service: Service,
  clientIds?: readonly string[],
): Promise<OpenCounters> {
  const { sql, now, clients } = service;
  if (clients.length === 0) return openCountersOf(service, () => []);
  const rows = await readCounters(sql, { from: now, before: now + 1, clientIds });
  const counters = Map.groupBy(rows, (row) => row.clientId);
  return openCountersOf(service, (id) => counters.get(id) ?? []);
}

/** What is taken of every meter now, out of counters that are known. */
export function openCountersOf(
  { now }: Pick<Service, 'now'>,
  countersOf: (clientId: string) => readonly CounterRow[],
): OpenCounters {
  // A change of calendar may leave counters of other windows behind that contain this instant too.
  const rowOf = ({ id, policy }: ServedClient, meter: Meter): CounterRow | undefined => {
    const { start } = openWindow(policy, meter, now);
    return countersOf(id).find((row) => row.meter === meter && row.start === start);
  };
  return {
    takenBy: (client, meter) => rowOf(client, meter)?.taken ?? 0,
    takenOn: (client, platform) =>
      platformCounts(rowOf(client, 'posts')?.platforms ?? '[]').get(platform) ?? 0,
  };
}

/** By how much each level of some clients grew since an instant; who is missing did not move. */
export async function readGrowth(
  { sql, now }: Service,
  since: Instant,
  clientIds?: readonly string[],
): Promise<(clientId: string, meter: Meter) => number> {
  if (clientIds?.length === 0) return () => 0;
  const rows = await readLevelGrowth(sql, { from: since, before: now, clientIds });
  const grown = new Map(rows.map((row) => [`${row.meter} ${row.clientId}`, row.grown]));
  return (clientId, meter) => grown.get(`${meter} ${clientId}`) ?? 0;
}

const COUNTS_KEPT = 10_000;
const known = new Map<string, ReadonlyMap<string, number>>();

/** What is used and held on each platform; most weeks of most clients are written alike. */
export function platformCounts(text: string): ReadonlyMap<string, number> {
  const kept = known.get(text);
  if (kept) return kept;
  // Only the gate writes this column, in this form.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const lines = JSON.parse(text) as readonly (readonly [string, number, number])[];
  const counts = new Map(lines.map(([platform, used, held]) => [platform, used + held]));
  if (known.size < COUNTS_KEPT) known.set(text, counts);
  return counts;
}
