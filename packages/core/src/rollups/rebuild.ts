import type { EntityManager } from '@mikro-orm/postgresql';
import { localDateOf } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { isOvertaken } from '../kernel/database-errors.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { addStates, AGENCY, lockClients } from './dirty.queries.ts';
import {
  announceAll,
  readDerived,
  readRollupClients,
  removeDerived,
  takeOver,
} from './rebuild.queries.ts';
import { refreshHeld } from './refresh-held.ts';
import { spreadToolsUntil } from './tools.queries.ts';

/** Where the rollups of a client are not what its facts make them. Empty when all is well. */
export interface RollupDifference {
  readonly clientId: string;
  /** Rows that the rollups have and a rebuild has not. */
  readonly surplus: readonly string[];
  /** Rows that a rebuild has and the rollups have not. */
  readonly lacking: readonly string[];
}

/** The clients of the agency whose figures are kept, and '' for the costs that they share. */
export function listRollupClients(ctx: ServiceContext): Promise<string[]> {
  return inTransaction(ctx, (em) => readRollupClients(sqlSession(em)), { readOnly: true });
}

/** Makes a client's rollups anew from its facts; answers what was not as it should have been. */
export function rebuildClient(ctx: ServiceContext, clientId: string): Promise<RollupDifference> {
  return inOneView(ctx, clientId, (em) => rebuilt(ctx, em, clientId));
}

/** What `rebuildClient` would put right, without doing so. What is only queued yet is no difference. */
export async function checkClient(
  ctx: ServiceContext,
  clientId: string,
): Promise<RollupDifference> {
  try {
    return await inOneView(ctx, clientId, async (em) => {
      throw new Undo(await rebuilt(ctx, em, clientId));
    });
  } catch (thrown) {
    if (thrown instanceof Undo) return thrown.found;
    throw thrown;
  }
}

class Undo extends Error {
  readonly found: RollupDifference;

  constructor(found: RollupDifference) {
    super('a check leaves everything as it was');
    this.found = found;
  }
}

/** How often somebody else may come first. */
const ATTEMPTS = 10;

/** In one view of the database, so that what is written meanwhile is neither in the one side nor in the other. */
async function inOneView<T>(
  ctx: ServiceContext,
  clientId: string,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  await inTransaction(ctx, (em) => addStates(sqlSession(em), [clientId]), { quiet: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await inTransaction(ctx, work, { oneView: true });
    } catch (error) {
      if (attempt === ATTEMPTS || !isOvertaken(error)) throw error;
    }
  }
}

async function rebuilt(
  ctx: ServiceContext,
  em: EntityManager,
  clientId: string,
): Promise<RollupDifference> {
  const sql = sqlSession(em);
  const clientIds = await lockClients(sql, [clientId], { wait: true });
  if (clientId === AGENCY) {
    const { timeZone } = await findAgency(em, ctx.agencyId);
    await spreadToolsUntil(sql, localDateOf(timeZone, ctx.now().getTime()));
  } else {
    await takeOver(sql, clientId);
  }
  await refreshHeld(ctx, em, { clientIds });
  const before = await readDerived(sql, clientId);
  if (clientId !== AGENCY) await removeDerived(sql, clientId);
  await announceAll(sql, clientId);
  await refreshHeld(ctx, em, { clientIds });
  const after = await readDerived(sql, clientId);
  const had = new Set(before);
  const has = new Set(after);
  return {
    clientId,
    surplus: before.filter((row) => !has.has(row)),
    lacking: after.filter((row) => !had.has(row)),
  };
}
