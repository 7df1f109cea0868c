import { isDeepStrictEqual } from 'node:util';

import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { currencyOf } from '../../costs/currency-of.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { decimalInput } from '../../tenancy/decimal-input.ts';
import { LocalDay, WorkspaceId } from '../../tenancy/input-fields.ts';
import { MoneyInput, readMoney } from '../../tenancy/money-input.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { toBenchmarkDto, type BenchmarkDto } from './benchmark-dto.ts';
import { Benchmark } from './benchmark.entity.ts';

export const SetBenchmarkInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  fromDate: LocalDay,
  /** Of a thousand impressions. */
  cpm: MoneyInput,
  /** Of a click, in the same currency. */
  cpc: MoneyInput,
  /** How much of a click a reaction counts as. */
  reactionMultiplier: decimalInput({ zero: true, digits: 6, places: 6 }),
});
export type SetBenchmarkInput = z.input<typeof SetBenchmarkInput>;

/** Sets what attention costs a client as ads from a day on. */
export async function setBenchmark(
  ctx: ServiceContext,
  input: SetBenchmarkInput,
): Promise<BenchmarkDto> {
  const wanted = SetBenchmarkInput.parse(input);
  const { clientWorkspaceId: clientId, fromDate, reactionMultiplier } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Assumptions of an agency change one at a time: seldom, and by hand.
    await lockAgency(em, agencyId);
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const prices = readPrices(wanted, await currencyOf(em, client));
    const key = { agencyId, clientId, fromDate };
    const values = { ...prices, reactionMultiplier };
    const known = await em.findOne(Benchmark, key, { refresh: true });
    const before = known ? toBenchmarkDto(known) : undefined;
    const row = known
      ? em.assign(known, values)
      : em.create(Benchmark, { ...key, ...values, changedAt: ctx.now() });
    if (before && !isDeepStrictEqual(toBenchmarkDto(row), before)) row.changedAt = ctx.now();
    const after = toBenchmarkDto(row);
    const subject = `benchmark:${fromDate}`;
    recordAudit(em, ctx, { action: 'benchmark.set', subject, clientId, before, after });
    return after;
  });
}

function readPrices(
  wanted: { readonly cpm: MoneyInput; readonly cpc: MoneyInput },
  currency: string,
): Pick<Benchmark, 'currency' | 'cpmMinor' | 'cpcMinor'> {
  const cpm = readMoney(wanted.cpm, currency, 'cpm');
  const cpc = readMoney(wanted.cpc, currency, 'cpc');
  if (cpm.currency === cpc.currency) {
    return { currency: cpm.currency, cpmMinor: cpm.amountMinor, cpcMinor: cpc.amountMinor };
  }
  const message = `is in ${cpc.currency}, cpm in ${cpm.currency}. Send both in one currency`;
  throw new DomainError('currency_mismatch', `cpc: ${message}.`, {
    issues: [{ path: 'cpc', message }],
  });
}
