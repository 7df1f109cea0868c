import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Agency } from '../tenancy/agency.entity.ts';
import type { FeeMemory } from './fee-memory.ts';
import { hasForeignPrices, readPromised } from './fees.queries.ts';
import { readFees, type FeesAsk } from './read-fees.ts';

/**
 * Gives the charges of some days the exchange rates they keep, so that a read-only look at them later finds what every
 * other reader does. One look where all prices are in the currencies that are asked for; of clients whose fees were
 * worked out before nothing is read.
 */
export async function keepFeeRates(
  ctx: ServiceContext,
  asks: readonly FeesAsk[],
  memory: FeeMemory,
): Promise<void> {
  const open = await findOpen(ctx, asks, memory);
  if (open.length === 0) return;
  await inTransaction(
    ctx,
    async (em) => {
      // One after another: they share the transaction.
      // oxlint-disable-next-line no-await-in-loop
      for (const ask of open) await readFees(em, ctx, ask);
    },
    { quiet: true },
  );
}

/** Whether any client is charged in another currency than the agency's: then exchange rates tell its fees. */
export function hasForeignFees(sql: SqlSession, currency: string): Promise<boolean> {
  return hasForeignPrices(sql, [currency]);
}

/** What is asked for, of the clients alone whose fees may still come out otherwise. */
async function findOpen(
  ctx: ServiceContext,
  asks: readonly FeesAsk[],
  memory: FeeMemory,
): Promise<FeesAsk[]> {
  if (asks.length === 0) return [];
  const { agencyId } = ctx;
  const currencies = [...new Set(asks.map(({ currency }) => currency))];
  return inTransaction(
    ctx,
    async (em) => {
      const sql = sqlSession(em);
      if (!(await hasForeignPrices(sql, currencies))) return [];
      const { rounding } = await em.findOneOrFail(Agency, { id: agencyId });
      const clients = await readPromised(sql);
      return asks.flatMap(({ clientIds: only, ...ask }) => {
        const clientIds = clients
          .filter(({ id }) => only?.includes(id) ?? true)
          .filter(
            ({ id: clientId, version }) =>
              memory.find({ ...ask, agencyId, rounding, clientId, version }) === undefined,
          )
          .map(({ id }) => id);
        return clientIds.length === 0 ? [] : [{ ...ask, clientIds }];
      });
    },
    { readOnly: true },
  );
}
