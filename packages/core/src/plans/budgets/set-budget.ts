import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { currencyOf } from '../../costs/currency-of.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { durationInput, secondsIn } from '../../tenancy/duration-input.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { MoneyInput, readMoney } from '../../tenancy/money-input.ts';
import { firstDay, LocalMonth } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { toBudgetDto, type BudgetDto } from './budget-dto.ts';
import { Budget } from './budget.entity.ts';

export const SetBudgetInput = z
  .strictObject({
    clientWorkspaceId: WorkspaceId,
    month: LocalMonth,
    /** Of everything that is spent; 0 is no budget. */
    amount: MoneyInput.optional(),
    /** Of all tracked time; 0 is no budget. */
    hours: durationInput('hours').optional(),
  })
  .refine(({ amount, hours }) => (amount === undefined) !== (hours === undefined), {
    path: ['amount'],
    error: 'or hours must be given, and not both: a month may have one budget of each',
  });
export type SetBudgetInput = z.input<typeof SetBudgetInput>;
type Wanted = z.output<typeof SetBudgetInput>;

/** Sets what may be spent on a client in a month, in money or in hours; one of each stands beside the other. */
export async function setBudget(ctx: ServiceContext, input: SetBudgetInput): Promise<BudgetDto> {
  const wanted = SetBudgetInput.parse(input);
  const { clientWorkspaceId: clientId } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Plans of an agency change one at a time: seldom, and by hand.
    await lockAgency(em, agencyId);
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const values = readBudget(wanted, await currencyOf(em, client));
    const key = { agencyId, clientId, month: firstDay(wanted.month), kind: values.kind };
    const known = await em.findOne(Budget, key, { refresh: true });
    const before = known ? toBudgetDto(known) : undefined;
    const row = known
      ? em.assign(known, values)
      : em.create(Budget, { ...key, ...values, changedAt: ctx.now() });
    if (before && !isDeepStrictEqual(toBudgetDto(row), before)) row.changedAt = ctx.now();
    const after = toBudgetDto(row);
    const subject = `budget:${after.month}:${after.kind}`;
    recordAudit(em, ctx, { action: 'budget.set', subject, clientId, before, after });
    return after;
  });
}

function readBudget(
  { amount, hours = '0' }: Wanted,
  currency: string,
): Pick<Budget, 'kind' | 'amountMinor' | 'currency' | 'seconds'> {
  if (amount === undefined) {
    const seconds = secondsIn(hours, 'hours');
    return { kind: 'hours', amountMinor: null, currency: null, seconds };
  }
  return { kind: 'money', ...readMoney(amount, currency, 'amount'), seconds: null };
}
