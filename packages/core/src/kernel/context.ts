import {
  IsolationLevel,
  TransactionPropagation,
  type EntityManager,
  type MikroORM,
} from '@mikro-orm/postgresql';
import type { Pool } from 'pg';

import { readOnPool } from '../db/read-session.ts';
import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import { concernedBy, type Changed } from './changed.ts';
import { translateDatabaseError } from './database-errors.ts';

/** Who acts, as the audit log names them. */
export interface Actor {
  readonly kind: 'admin' | 'agency' | 'host' | 'client' | 'system';
  readonly id: string;
}

/** All that a use case may touch besides its input; one for each request, job or hook call. */
export interface ServiceContext {
  readonly em: EntityManager;
  /** The one agency whose rows exist for this context. */
  readonly agencyId: string;
  readonly actor: Actor;
  readonly now: () => Date;
  /** Where reads of figures go whose statements leave together; without it they go through the unit of work. */
  readonly readPool?: Pool | undefined;
  /** Told after each commit that may have changed what others look at. */
  readonly changed?: Changed | undefined;
  /** Now is the real time, the same for every caller: answers may be kept from one to the next. */
  readonly byRealClock?: boolean | undefined;
}

export interface ContextOptions extends Omit<ServiceContext, 'em'> {
  readonly orm: MikroORM;
  /** Gives up on the queries of a caller who has gone. */
  readonly signal?: AbortSignal | undefined;
}

/** A context with a unit of work of its own. */
export function createContext({ orm, signal, ...rest }: ContextOptions): ServiceContext {
  // With `useContext`, a use case that calls another with the same context joins its transaction.
  const em = orm.em.fork({ useContext: true, ...(signal && { signal }) });
  return { em, ...rest };
}

export interface TransactionOptions {
  /** Refuses writes; a transaction that only reads needs no less the agency to see anything. */
  readonly readOnly?: boolean;
  /** Every statement sees the database as it was at the first, so that what they read fits together. */
  readonly oneView?: boolean;
  /** What it writes is shown on no dashboard and in no portal, so nobody is told. */
  readonly quiet?: boolean;
}

/** The agency that each open transaction is set to. */
const agencies = new WeakMap<EntityManager, string>();

/**
 * Runs `work` in the caller's transaction, or in a new one if there is none, with the agency's rows in sight and
 * no others. Clashes come out as `conflict`, a busy or lost database as `unavailable`. After its commit those who look
 * at what was written are told, unless it is `quiet`.
 */
export async function inTransaction<T>(
  ctx: ServiceContext,
  work: (em: EntityManager) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const isQuiet = options.readOnly === true || options.quiet === true;
  if (isQuiet || ctx.em.isInTransaction()) return transact(ctx, work, options);
  let worked: EntityManager | undefined;
  try {
    return await transact(
      ctx,
      async (em) => {
        const result = await work(em);
        worked = em;
        return result;
      },
      options,
    );
  } finally {
    // Also where the commit failed: its answer may be all that was lost.
    if (worked) ctx.changed?.(ctx.agencyId, concernedBy(worked));
  }
}

async function transact<T>(
  ctx: ServiceContext,
  work: (em: EntityManager) => Promise<T>,
  { readOnly = false, oneView = false }: TransactionOptions,
): Promise<T> {
  try {
    return await ctx.em.transactional(
      async (em) => {
        await setAgency(em, ctx.agencyId);
        return work(em);
      },
      {
        propagation: TransactionPropagation.REQUIRED,
        readOnly,
        ...(oneView && { isolationLevel: IsolationLevel.REPEATABLE_READ }),
      },
    );
  } catch (cause) {
    throw translateDatabaseError(cause);
  }
}

/**
 * Runs statements that only read and all see one moment of the database: in the caller's transaction if there is one,
 * else on the context's pool of such reads. There, those that `work` does not wait for leave together.
 */
export async function atOneMoment<T>(
  ctx: ServiceContext,
  work: (sql: SqlSession) => Promise<T>,
): Promise<T> {
  const { readPool, agencyId, em } = ctx;
  if (!readPool || em.isInTransaction()) {
    const isJoined = em.isInTransaction();
    const read = async (own: EntityManager): Promise<T> => {
      // What the caller changed and has not written yet is seen by plain SQL only once it is.
      if (isJoined) await own.flush();
      return work(sqlSession(own));
    };
    return inTransaction(ctx, read, { readOnly: true, oneView: true });
  }
  try {
    return await readOnPool(readPool, agencyId, work);
  } catch (cause) {
    throw translateDatabaseError(cause);
  }
}

async function setAgency(em: EntityManager, agencyId: string): Promise<void> {
  const current = agencies.get(em);
  if (current === agencyId) return;
  if (current !== undefined) {
    throw new Error('A transaction of one agency cannot serve another');
  }
  await sqlSession(em).query("select set_config('retainer.agency', $1, true)", [agencyId]);
  agencies.set(em, agencyId);
}
