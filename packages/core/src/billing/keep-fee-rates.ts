import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { hasForeignPrices } from './fees.queries.ts';
import { readFees, type FeesAsk } from './read-fees.ts';

/**
 * Gives the charges of some days the exchange rates they keep, so that a read-only look at them later finds what every
 * other reader does. One look where all prices are in the currencies that are asked for.
 */
export async function keepFeeRates(ctx: ServiceContext, asks: readonly FeesAsk[]): Promise<void> {
  if (asks.length === 0) return;
  const currencies = [...new Set(asks.map(({ currency }) => currency))];
  const isForeign = await inTransaction(ctx, (em) => hasForeignPrices(sqlSession(em), currencies), {
    readOnly: true,
  });
  if (!isForeign) return;
  await inTransaction(ctx, async (em) => {
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    for (const ask of asks) await readFees(em, ctx, ask);
  });
}
