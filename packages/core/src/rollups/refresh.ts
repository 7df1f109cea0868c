import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, type LocalDate } from '@retainer/domain';

import type { Database } from '../db/connect.ts';
import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import { concern } from '../kernel/changed.ts';
import { atOneMoment, inTransaction, type ServiceContext } from '../kernel/context.ts';
import {
  addStates,
  AGENCY,
  lockClients,
  readDirtyClients,
  readDirtyOf,
  readQueue,
} from './dirty.queries.ts';
import { refreshHeld } from './refresh-held.ts';
import { areToolsSpread, spreadToolsUntil } from './tools.queries.ts';
import { readDirtyAgencies } from './upkeep.queries.ts';

/** How many clients one transaction takes, and how much of what is queued for them. */
const CLIENTS_AT_ONCE = 50;
const ROWS_AT_ONCE = 2000;
/** Recurring costs are spread no further ahead than this, whatever is asked. */
const AHEAD_DAYS = 400;

/** What stands between a client's figures and all facts that one view of the database has. */
export interface Standing {
  /** Nothing does: who sees that and reads on in the same view needs no refresh. */
  readonly isUpToDate: boolean;
  /** What other clients do, or how far recurring costs are spread, may: the agency is refreshed as a whole. */
  readonly concernsAll: boolean;
}

/** Looks at the queue for one client, and at how far recurring costs are spread. */
export async function readStanding(
  ctx: ServiceContext,
  sql: SqlSession,
  { clientId, until }: { readonly clientId: string; readonly until: LocalDate | undefined },
): Promise<Standing> {
  const day = until === undefined ? undefined : soonest(ctx, until);
  const queue = await readQueue(sql, { clientId, until: day });
  const { isShared, isDirty, isAnyDirty, isSpread } = queue;
  // What others track decides about this client's share as well.
  const waits = isShared ? isAnyDirty : isDirty;
  return { isUpToDate: isSpread && !waits, concernsAll: isShared || !isSpread };
}

/** Whether every fact that one view of the database has is in the figures, and recurring costs are spread up to a day. */
export async function isAgencyUpToDate(
  ctx: ServiceContext,
  sql: SqlSession,
  until: LocalDate,
): Promise<boolean> {
  const { isAnyDirty, isSpread } = await readQueue(sql, {
    clientId: AGENCY,
    until: soonest(ctx, until),
  });
  return isSpread && !isAnyDirty;
}

/**
 * Brings the figures of a client up to all facts that were written before the call, and recurring costs up to a day.
 * Readers call it first, outside of any transaction, so what they answer is never old; when nothing changed it is one
 * look at the queue.
 */
export async function refreshClient(
  ctx: ServiceContext,
  clientId: string,
  until?: LocalDate,
): Promise<void> {
  const standing = await atOneMoment(ctx, (sql) => readStanding(ctx, sql, { clientId, until }));
  if (standing.isUpToDate) return;
  if (standing.concernsAll) return refreshAgency(ctx, until);
  await drain(ctx, [AGENCY]);
  await drain(ctx, [clientId]);
  await drain(ctx, [AGENCY]);
}

/**
 * Brings the figures of the whole agency up to all facts that were written before the call: first what concerns all
 * clients, then each client once, then the costs that they share.
 */
export async function refreshAgency(ctx: ServiceContext, until?: LocalDate): Promise<void> {
  if (until !== undefined) await spreadTools(ctx, until);
  await drain(ctx, [AGENCY]);
  for (let after = AGENCY; ;) {
    // oxlint-disable-next-line no-await-in-loop
    const clients = await dirtyClients(ctx, after);
    // oxlint-disable-next-line no-await-in-loop
    await drain(ctx, clients);
    const last = clients.at(-1);
    if (last === undefined) break;
    after = last;
  }
  await drain(ctx, [AGENCY]);
}

/** Spreads recurring costs up to a day, unless they are already. The refresh does the rest. */
export async function spreadTools(ctx: ServiceContext, until: LocalDate): Promise<void> {
  const day = soonest(ctx, until);
  if (await looking(ctx, (sql) => areToolsSpread(sql, day))) return;
  await inTransaction(ctx, (em) => spreadToolsUntil(sqlSession(em), day), { quiet: true });
}

/** The agencies with something that is not in their figures yet: what a worker goes over. */
export function listDirtyAgencies({ orm }: Pick<Database, 'orm'>): Promise<string[]> {
  return readDirtyAgencies(orm.em.fork());
}

/** Which clients a worker leaves out, and who hears of those that it could not refresh. */
export interface WorkerRules {
  readonly skips: (clientId: string) => boolean;
  readonly failed: (clientId: string, error: unknown) => void;
}

/**
 * What a worker does for one agency: refreshes once each client that waits and that nobody else refreshes. One that
 * cannot be refreshed stops no other. Answers how much it took from the queue. Throws where the database is away.
 */
export async function refreshSome(ctx: ServiceContext, rules: WorkerRules): Promise<number> {
  let taken = await takeSome(ctx, [AGENCY], rules);
  for (let after = AGENCY; ;) {
    // oxlint-disable-next-line no-await-in-loop
    const clients = await dirtyClients(ctx, after);
    // oxlint-disable-next-line no-await-in-loop
    taken += await takeSome(ctx, clients, rules);
    const last = clients.at(-1);
    if (last === undefined) break;
    after = last;
  }
  return taken + (await takeSome(ctx, [AGENCY], rules));
}

async function takeSome(
  ctx: ServiceContext,
  clientIds: readonly string[],
  rules: WorkerRules,
): Promise<number> {
  const ids = clientIds.filter((id) => !rules.skips(id));
  try {
    return await refreshOnce(ctx, ids, { wait: false });
  } catch (error) {
    // Throws where it is the database that is away, and not what these clients ask of it.
    await dirtyClients(ctx, AGENCY);
    const [first] = ids;
    if (first === undefined) throw error;
    if (ids.length === 1) {
      rules.failed(first, error);
      return 0;
    }
    let taken = 0;
    // oxlint-disable-next-line no-await-in-loop
    for (const id of ids) taken += await takeSome(ctx, [id], rules);
    return taken;
  }
}

/** Refreshes clients, one transaction after another, until nothing is queued for them. */
async function drain(ctx: ServiceContext, clientIds: readonly string[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop
  while ((await refreshOnce(ctx, clientIds, { wait: true })) >= ROWS_AT_ONCE);
}

async function refreshOnce(
  ctx: ServiceContext,
  clientIds: readonly string[],
  { wait }: { readonly wait: boolean },
): Promise<number> {
  if (clientIds.length === 0) return 0;
  const dirty = await looking(ctx, (sql) => readDirtyOf(sql, clientIds));
  const ids = dirty.map((one) => one.clientId);
  const unknown = dirty.filter((one) => !one.hasState).map((one) => one.clientId);
  if (ids.length === 0) return 0;
  const add = (em: EntityManager): Promise<void> => addStates(sqlSession(em), unknown);
  if (unknown.length > 0) await inTransaction(ctx, add, { quiet: true });
  const refresh = async (em: EntityManager): Promise<number> => {
    concern(em, []);
    const held = await lockClients(sqlSession(em), ids, { wait });
    return held.length === 0 ? 0 : refreshHeld(ctx, em, { clientIds: held, atMost: ROWS_AT_ONCE });
  };
  // A reader that refreshed because it was told of a change must not be told of that.
  return inTransaction(ctx, refresh, { quiet: wait });
}

function dirtyClients(ctx: ServiceContext, after: string): Promise<string[]> {
  return looking(ctx, (sql) => readDirtyClients(sql, { after, limit: CLIENTS_AT_ONCE }));
}

function looking<T>(ctx: ServiceContext, look: (sql: SqlSession) => Promise<T>): Promise<T> {
  return atOneMoment(ctx, look);
}

function soonest(ctx: ServiceContext, until: LocalDate): LocalDate {
  const furthest = addDays(ctx.now().toISOString().slice(0, 10), AHEAD_DAYS);
  return until < furthest ? until : furthest;
}
