import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { decimalInput } from '../../tenancy/decimal-input.ts';
import { Currency, invalidField, LocalDay, Name } from '../../tenancy/input-fields.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { writeExchangeRates } from './exchange-rate.queries.ts';

const MOST_AT_ONCE = 5000;

const PublishedRate = z.strictObject({
  date: LocalDay,
  quote: Currency,
  /** What one unit of the base is worth in the quote. */
  rate: decimalInput({ zero: false, digits: 9, places: 18 }),
});

export const SetExchangeRatesInput = z.strictObject({
  base: Currency,
  rates: z.array(PublishedRate).min(1).max(MOST_AT_ONCE),
  /** Who published them. */
  source: Name.optional(),
});
export type SetExchangeRatesInput = z.input<typeof SetExchangeRatesInput>;

/** How many rates were new, were corrected, and were there already. */
export interface ExchangeRatesSet {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Sets what a currency was worth on some days. Facts that had no rate get theirs; those that had one keep it, also
 * when it is corrected here.
 */
export async function setExchangeRates(
  ctx: ServiceContext,
  input: SetExchangeRatesInput,
): Promise<ExchangeRatesSet> {
  const { base, rates, source = '' } = SetExchangeRatesInput.parse(input);
  checkRates(base, rates);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Two who set rates at once wait for each other, so that each knows what it replaced.
    await lockAgency(em, agencyId);
    const written = await writeExchangeRates(em, { agencyId, base, source, at: ctx.now() }, rates);
    const changed = written.filter(({ before }) => before !== null);
    const added = written.length - changed.length;
    if (written.length > 0) {
      recordAudit(em, ctx, {
        action: 'exchange_rates.set',
        subject: `exchange_rates:${base}`,
        before: { rates: changed.map(({ date, quote, before: rate }) => ({ date, quote, rate })) },
        after: { added, rates: changed.map(({ date, quote, rate }) => ({ date, quote, rate })) },
      });
    }
    return { added, changed: changed.length, unchanged: rates.length - written.length };
  });
}

function checkRates(base: string, rates: readonly z.output<typeof PublishedRate>[]): void {
  const seen = new Set<string>();
  for (const [index, { date, quote }] of rates.entries()) {
    if (quote === base) throw invalidField(`rates.${index}.quote`, 'is the base itself');
    const name = `${date} ${quote}`;
    if (seen.has(name)) throw invalidField(`rates.${index}.quote`, 'comes twice for its day');
    seen.add(name);
  }
}
