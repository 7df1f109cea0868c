import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { concern } from '../kernel/changed.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { AGENCY, bumpVersions, takeDirty, type DirtyRow } from './dirty.queries.ts';
import { readWorld } from './figures-world.ts';
import { reportedBy, settleRoles } from './metric-roles.ts';
import {
  refreshConversions,
  refreshCosts,
  refreshPosts,
  refreshTime,
  type ChangedFact,
} from './refresh-facts.ts';
import type { Refresh } from './refresh-scope.ts';
import { refreshTools } from './refresh-tools.ts';
import { rewriteDays, rewriteMonths, type DayKey } from './rollup.queries.ts';
import { readFollowingDays } from './source.queries.ts';
import { announceWeights } from './tools.queries.ts';
import {
  passOn,
  queueEntriesFrom,
  queueEverything,
  queueMissing,
  queuePublished,
} from './widen.queries.ts';

/** How many days one statement recomputes. */
const DAYS_AT_ONCE = 500;

/**
 * Takes up what is queued for clients that the transaction holds, until nothing is or `atMost` rows were taken, and
 * answers how many were.
 */
export async function refreshHeld(
  ctx: ServiceContext,
  em: EntityManager,
  { clientIds, atMost = Infinity }: { clientIds: readonly string[]; atMost?: number },
): Promise<number> {
  const sql = sqlSession(em);
  const changed = new Set<string>();
  let taken = 0;
  while (taken < atMost) {
    // oxlint-disable-next-line no-await-in-loop
    const { count, rows } = await takeDirty(sql, clientIds, Math.min(atMost - taken, ROUND));
    if (count === 0) break;
    taken += count;
    // Read only after the queue: who changes how a client counts says so in the queue, and what is taken from here on
    // is recomputed on what is seen from here on.
    // oxlint-disable-next-line no-await-in-loop
    const on: Refresh = { ctx, em, sql, world: await readWorld(em, ctx.agencyId, clientIds) };
    // oxlint-disable-next-line no-await-in-loop
    for (const clientId of await refreshRound(on, rows)) changed.add(clientId);
  }
  concern(em, [...changed]);
  await bumpVersions(sql, [...changed], ctx.now());
  return taken;
}

/** How many rows a round takes, so that no statement grows without bound. */
const ROUND = 2000;

/** Answers the clients whose figures may be others now. */
async function refreshRound(on: Refresh, dirty: readonly DirtyRow[]): Promise<string[]> {
  const own = dirty.filter((row) => row.clientId === AGENCY);
  const rows = dirty.filter((row) => row.clientId !== AGENCY);
  const ownChanged = own.length > 0 && (await refreshOwn(on, own));
  if (rows.length > 0) await refreshClients(on, rows);
  return [...(ownChanged ? [AGENCY] : []), ...rows.map((row) => row.clientId)];
}

const OF_ALL_CLIENTS = new Set<DirtyRow['kind']>(['rates', 'fx', 'baselines', 'all']);
const OF_TOOLS = new Set<DirtyRow['kind']>(['tool', 'weights', 'fx', 'all']);

async function refreshOwn(on: Refresh, rows: readonly DirtyRow[]): Promise<boolean> {
  const general = rows.filter((row) => OF_ALL_CLIENTS.has(row.kind));
  if (general.length > 0) await passOn(on.sql, general);
  const tools = rows.filter((row) => OF_TOOLS.has(row.kind));
  return tools.length > 0 && refreshTools(on, tools);
}

async function refreshClients(on: Refresh, rows: readonly DirtyRow[]): Promise<void> {
  await widen(on, rows);
  const of = (kind: DirtyRow['kind']): ChangedFact[] => factsOf(rows, kind);
  const reported = rows
    .filter((row) => row.kind === 'series')
    .map((row) => reportedBy(row.clientId, row.ref));
  const roles = reported.length > 0 ? await settleRoles(on.sql, reported) : [];
  const posts = await refreshPosts(on, of('post'));
  const time = await refreshTime(on, of('time'));
  const costs = await refreshCosts(on, of('cost'));
  const conversions = await refreshConversions(on, of('conversion'));
  const observed = rows.flatMap((row): DayKey[] =>
    row.kind === 'day' && row.from ? [{ clientId: row.clientId, date: row.from }] : [],
  );
  const following = observed.length > 0 ? await readFollowingDays(on.sql, observed) : [];
  await rewrite(on, [
    ...roles,
    ...posts,
    ...time,
    ...costs,
    ...conversions,
    ...observed,
    ...following,
  ]);
  const first = earliest([...posts, ...time]);
  if (first !== undefined) await announceWeights(on.sql, first);
}

/** Queues the facts behind what concerns many facts of a client: the rounds that follow take them up. */
async function widen({ sql }: Refresh, rows: readonly DirtyRow[]): Promise<void> {
  const clientsOf = (kind: DirtyRow['kind']): string[] => [
    ...new Set(rows.filter((row) => row.kind === kind).map((row) => row.clientId)),
  ];
  const rates = rows.filter((row) => row.kind === 'rates');
  if (rates.length > 0) await queueEntriesFrom(sql, rates);
  const fx = clientsOf('fx');
  if (fx.length > 0) await queueMissing(sql, fx);
  const baselines = clientsOf('baselines');
  if (baselines.length > 0) await queuePublished(sql, baselines);
  const all = clientsOf('all');
  if (all.length > 0) await queueEverything(sql, all);
}

async function rewrite({ sql, world }: Refresh, keys: readonly DayKey[]): Promise<void> {
  const unique = new Map(keys.map((key) => [`${key.clientId}\n${key.date}`, key]));
  // In one order, so that the statements read and write pages that lie together.
  const days = [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
  const currencies = [...world.clients.values()].map(({ clientId, currency }) => ({
    clientId,
    currency,
    agencyCurrency: world.agency.currency,
  }));
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const some = days.slice(at, at + DAYS_AT_ONCE);
    // oxlint-disable-next-line no-await-in-loop
    await rewriteDays(sql, some, currencies);
  }
  if (days.length > 0) await rewriteMonths(sql, days);
}

function factsOf(rows: readonly DirtyRow[], kind: DirtyRow['kind']): ChangedFact[] {
  return rows
    .filter((row) => row.kind === kind)
    .map(({ clientId, ref }): ChangedFact => ({ clientId, ref }));
}

function earliest(keys: readonly DayKey[]): LocalDate | undefined {
  return keys.reduce<LocalDate | undefined>(
    (first, { date }) => (first === undefined || date < first ? date : first),
    undefined,
  );
}
