import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { hasForeignPrices } from './fees.queries.ts';
import { readFees, type FeesAsk } from './read-fees.ts';

/**
 * Gives the charges of some days the exchange rates they keep, so that a read-only look at them later finds what every
 * other reader does. One look where all prices are in the currency that is asked for.
 */
export async function keepFeeRates(ctx: ServiceContext, asks: readonly FeesAsk[]): Promise<void> {
  const [first] = asks;
  if (!first) return;
  const isForeign = await inTransaction(
    ctx,
    (em) => hasForeignPrices(sqlSession(em), first.currency),
    { readOnly: true },
  );
  if (!isForeign) return;
  await inTransaction(ctx, async (em) => {
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    for (const ask of asks) await readFees(em, ctx, ask);
  });
}
