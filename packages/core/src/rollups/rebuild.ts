import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockClients } from './dirty.queries.ts';
import { announceAll, readDerived, readRollupClients, removeDerived } from './rebuild.queries.ts';
import { AGENCY, refreshHeld } from './refresh.ts';

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
  return inTransaction(ctx, () => rebuilt(ctx, clientId));
}

/** What `rebuildClient` would put right, without doing so. What is only queued yet is no difference. */
export async function checkClient(
  ctx: ServiceContext,
  clientId: string,
): Promise<RollupDifference> {
  let found: RollupDifference | undefined;
  try {
    await inTransaction(ctx, async () => {
      found = await rebuilt(ctx, clientId);
      throw new Undo();
    });
  } catch (thrown) {
    if (!(thrown instanceof Undo)) throw thrown;
  }
  return found ?? { clientId, surplus: [], lacking: [] };
}

class Undo extends Error {}

async function rebuilt(ctx: ServiceContext, clientId: string): Promise<RollupDifference> {
  return inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    const held = await lockClients(sql, [clientId], { wait: true });
    await refreshHeld(ctx, em, held);
    const before = await readDerived(sql, clientId);
    if (clientId !== AGENCY) await removeDerived(sql, clientId);
    await announceAll(sql, clientId);
    await refreshHeld(ctx, em, held);
    const after = await readDerived(sql, clientId);
    const had = new Set(before);
    const has = new Set(after);
    return {
      clientId,
      surplus: before.filter((row) => !has.has(row)),
      lacking: after.filter((row) => !had.has(row)),
    };
  });
}
