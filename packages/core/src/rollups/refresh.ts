import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, type LocalDate } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import {
  bumpVersions,
  hasDirty,
  lockClients,
  readDirtyClients,
  takeDirty,
  type DirtyRow,
} from './dirty.queries.ts';
import { readWorld } from './figures-world.ts';
import { readMissing } from './leaf.queries.ts';
import { readReported } from './metric-roles.queries.ts';
import { reportedBy, settleRoles } from './metric-roles.ts';
import {
  refreshConversions,
  refreshCosts,
  refreshPosts,
  refreshTime,
  type ChangedFact,
  type Refresh,
} from './refresh-facts.ts';
import { refreshTools } from './refresh-tools.ts';
import { readAllDays, rewriteDays, rewriteMonths, type DayKey } from './rollup.queries.ts';
import {
  readAllFacts,
  readEntriesFrom,
  readFollowingDays,
  readPublishedPosts,
} from './source.queries.ts';
import {
  announceWeights,
  areToolsSpread,
  hasSharedWeights,
  spreadToolsUntil,
} from './tools.queries.ts';

/** The agency's own queue: what concerns the costs that its clients share. */
export const AGENCY = '';
/** How many clients one transaction takes, and how many days one statement recomputes. */
const CLIENTS_AT_ONCE = 50;
const DAYS_AT_ONCE = 500;

/**
 * Brings the figures of a client up to all facts that were written before the call, and recurring costs up to a day.
 * Readers call it first, so what they answer is never old; when nothing changed it is two looks at the queue.
 */
export async function refreshClient(
  ctx: ServiceContext,
  clientId: string,
  until?: LocalDate,
): Promise<void> {
  const { shared, dirty } = await inTransaction(
    ctx,
    async (em) => {
      const sql = sqlSession(em);
      const spread = until === undefined || (await areToolsSpread(sql, soonest(ctx, until)));
      if (!spread) return { shared: true, dirty: true };
      return {
        shared: await hasSharedWeights(sql),
        dirty: await hasDirty(sql, [clientId, AGENCY]),
      };
    },
    { readOnly: true },
  );
  // What others track decides about this client's share as well.
  if (shared) return refreshAgency(ctx, until);
  if (!dirty) return;
  await refreshThese(ctx, [clientId], { wait: true });
  await refreshThese(ctx, [AGENCY], { wait: true });
}

/** Brings the figures of the whole agency up to all facts that were written before the call. */
export async function refreshAgency(ctx: ServiceContext, until?: LocalDate): Promise<void> {
  if (until !== undefined) {
    await inTransaction(ctx, (em) => spreadToolsUntil(sqlSession(em), soonest(ctx, until)));
  }
  for (;;) {
    // One transaction after another: each takes as many clients as it holds well.
    // oxlint-disable-next-line no-await-in-loop
    const waiting = await dirtyClients(ctx);
    const clients = waiting.filter((id) => id !== AGENCY);
    // oxlint-disable-next-line no-await-in-loop
    if (clients.length > 0) await refreshThese(ctx, clients, { wait: true });
    // oxlint-disable-next-line no-await-in-loop
    else if (waiting.length > 0) await refreshThese(ctx, [AGENCY], { wait: true });
    else return;
  }
}

/** Recurring costs are spread no further ahead than this, whatever is asked. */
const AHEAD_DAYS = 400;

function soonest(ctx: ServiceContext, until: LocalDate): LocalDate {
  const furthest = addDays(ctx.now().toISOString().slice(0, 10), AHEAD_DAYS);
  return until < furthest ? until : furthest;
}

/** What the worker does for one agency: a batch of clients that nobody else refreshes. Answers how many it took. */
export async function refreshSome(ctx: ServiceContext): Promise<number> {
  const waiting = await dirtyClients(ctx);
  const clients = waiting.filter((id) => id !== AGENCY);
  const next = clients.length > 0 ? clients : waiting;
  return next.length === 0 ? 0 : refreshThese(ctx, next, { wait: false });
}

function dirtyClients(ctx: ServiceContext): Promise<string[]> {
  return inTransaction(ctx, (em) => readDirtyClients(sqlSession(em), CLIENTS_AT_ONCE), {
    readOnly: true,
  });
}

async function refreshThese(
  ctx: ServiceContext,
  clientIds: readonly string[],
  { wait }: { readonly wait: boolean },
): Promise<number> {
  return inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    if (!(await hasDirty(sql, clientIds))) return 0;
    const held = await lockClients(sql, clientIds, { wait });
    if (held.length === 0) return 0;
    await refreshHeld(ctx, em, held);
    return held.length;
  });
}

/** Takes up all that is queued for clients which the transaction holds, until nothing is. */
export async function refreshHeld(
  ctx: ServiceContext,
  em: EntityManager,
  held: readonly string[],
): Promise<void> {
  const sql = sqlSession(em);
  // Read only once the clients are held: what is taken below is recomputed on what is seen from here on.
  const on: Refresh = { ctx, em, sql, world: await readWorld(em, ctx.agencyId, held) };
  let rounds = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const dirty = await takeDirty(sql, held);
    if (dirty.length === 0) break;
    rounds += 1;
    // oxlint-disable-next-line no-await-in-loop
    await refreshRound(on, dirty);
  }
  if (rounds > 0) await bumpVersions(sql, held, ctx.now());
}

async function refreshRound(on: Refresh, dirty: readonly DirtyRow[]): Promise<void> {
  const agencyRows = dirty.filter((row) => row.clientId === AGENCY);
  if (agencyRows.length > 0) await refreshTools(on, agencyRows);
  const rows = await widen(
    on,
    dirty.filter((row) => row.clientId !== AGENCY),
  );
  if (rows.length === 0) return;
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
  if (posts.length + time.length > 0) {
    await announceWeights(on.sql, earliest([...posts, ...time]));
  }
}

/** Turns what concerns many facts of a client into those facts. */
async function widen(on: Refresh, rows: readonly DirtyRow[]): Promise<readonly DirtyRow[]> {
  const { sql } = on;
  const clientsOf = (kind: DirtyRow['kind']): string[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.clientId);
  const more: DirtyRow[] = [];
  const add = (kind: DirtyRow['kind'], facts: readonly ChangedFact[]): void => {
    more.push(...facts.map((fact): DirtyRow => ({ ...fact, kind, from: null })));
  };

  const rates = rows.filter((row) => row.kind === 'rates');
  if (rates.length > 0) {
    const from = rates.map((row) => ({ clientId: row.clientId, from: row.from ?? '' }));
    add('time', await readEntriesFrom(sql, from));
  }
  const fx = clientsOf('fx');
  if (fx.length > 0) {
    for (const fact of await readMissing(sql, fx)) {
      add(factKindOf(fact.kind), [{ clientId: fact.clientId, ref: fact.factId }]);
    }
  }
  const baselines = clientsOf('baselines');
  if (baselines.length > 0) add('post', await readPublishedPosts(sql, baselines));
  const all = clientsOf('all');
  if (all.length > 0) more.push(...(await everythingOf(on, all)));
  return [...rows, ...more];
}

async function everythingOf({ sql }: Refresh, clientIds: readonly string[]): Promise<DirtyRow[]> {
  const facts = await readAllFacts(sql, clientIds);
  const reported = await readReported(sql, clientIds);
  const days: DirtyRow[] = [];
  for (const clientId of clientIds) {
    // One client after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    const dates = await readAllDays(sql, clientId);
    days.push(...dates.map((from): DirtyRow => ({ clientId, kind: 'day', ref: '', from })));
  }
  return [
    ...facts.map((fact): DirtyRow => ({ ...fact, from: null })),
    ...reported.map(({ clientId, platform, level, metric, kind }): DirtyRow => {
      const ref = JSON.stringify([platform, level, metric, kind]);
      return { clientId, kind: 'series', ref, from: null };
    }),
    ...days,
  ];
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
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop
    await rewriteMonths(sql, days.slice(at, at + DAYS_AT_ONCE));
  }
}

function factsOf(rows: readonly DirtyRow[], kind: DirtyRow['kind']): ChangedFact[] {
  const facts = rows.filter((row) => row.kind === kind);
  return [
    ...new Map(
      facts.map(({ clientId, ref }) => [`${clientId}\n${ref}`, { clientId, ref }]),
    ).values(),
  ];
}

function factKindOf(kind: string): 'time' | 'cost' | 'conversion' {
  if (kind === 'time' || kind === 'saved') return 'time';
  return kind === 'ad_spend' || kind === 'other' ? 'cost' : 'conversion';
}

function earliest(keys: readonly DayKey[]): LocalDate {
  return keys.reduce((first, key) => (key.date < first ? key.date : first), keys[0]?.date ?? '');
}
