import type { Instant } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { keptPartsOf } from '../kernel/kept-parts.ts';
import {
  readCounters,
  readDenied,
  readTakenMarks,
  readUnchecked,
  type CounterRow,
  type NotedHoldRow,
} from './counters.queries.ts';

/** What a client took lately and now, and what it was denied or took without asking. */
export interface TakenByClient {
  /** Of windows that touch the weeks of which wishes are told, or are to come. */
  readonly counters: readonly CounterRow[];
  /** Scheduled in these weeks or later. */
  readonly denied: readonly NotedHoldRow[];
  readonly unchecked: readonly NotedHoldRow[];
}

/** The same of each client. */
export type Taken = (clientId: string) => TakenByClient;

const NOTHING: TakenByClient = { counters: [], denied: [], unchecked: [] };
const DAY_MS = 86_400_000;
// Twelve weeks; a stub after a change of calendar may be short and the week behind it long, so two more are read.
const BACK_DAYS = 14 * 7;
/** Plans go no further than this. */
const AHEAD_DAYS = 400;

/** Which rows are read: by whole days, so that they stay the same for one. */
function spanAt(now: Instant): { readonly from: Instant; readonly before: Instant } {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return { from: today - BACK_DAYS * DAY_MS, before: today + AHEAD_DAYS * DAY_MS };
}

/** Reads what some clients took and were denied, or all. */
export async function readTaken(
  sql: SqlSession,
  now: Instant,
  clientIds?: readonly string[],
): Promise<Taken> {
  const taken = await readRows(sql, { ...spanAt(now), clientIds });
  return (clientId) => taken.get(clientId) ?? NOTHING;
}

const kept = keptPartsOf<TakenByClient>(60_000);

/** The same of all, of which those are read again that took something since somebody read them last. */
export async function readKeptTaken(
  sql: SqlSession,
  now: Instant,
  { owner, agencyId }: { readonly owner: object; readonly agencyId: string },
): Promise<Taken> {
  const span = spanAt(now);
  const marks = await readTakenMarks(sql, span);
  const question = [agencyId, span.from].join('\n');
  const taken = await kept(owner).take(question, marks, (ids) =>
    readRows(sql, { ...span, clientIds: ids.length === marks.size ? undefined : ids }),
  );
  return (clientId) => taken.get(clientId) ?? NOTHING;
}

async function readRows(
  sql: SqlSession,
  asked: {
    readonly from: Instant;
    readonly before: Instant;
    readonly clientIds: readonly string[] | undefined;
  },
): Promise<ReadonlyMap<string, TakenByClient>> {
  const [counters, denied, unchecked] = await Promise.all([
    readCounters(sql, asked),
    readDenied(sql, asked),
    readUnchecked(sql, asked),
  ]);
  const [byCounters, byDenied, byUnchecked] = [
    Map.groupBy(counters, (row) => row.clientId),
    Map.groupBy(denied, (row) => row.clientId),
    Map.groupBy(unchecked, (row) => row.clientId),
  ];
  const ids = new Set([...byCounters.keys(), ...byDenied.keys(), ...byUnchecked.keys()]);
  return new Map(
    [...ids].map((id) => [
      id,
      {
        counters: byCounters.get(id) ?? [],
        denied: byDenied.get(id) ?? [],
        unchecked: byUnchecked.get(id) ?? [],
      },
    ]),
  );
}
