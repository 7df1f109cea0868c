import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { decimalInput } from '../../tenancy/decimal-input.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { firstDay, LocalMonth } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { toTargetDto, type TargetDto } from './target-dto.ts';
import { TARGET_METRICS } from './target-metrics.ts';
import { Target } from './target.entity.ts';

export const SetTargetInput = z.strictObject({
  /** Left out: the whole agency's. */
  clientWorkspaceId: WorkspaceId.optional(),
  metric: z.enum(TARGET_METRICS),
  month: LocalMonth,
  /** In the metric's own unit; money in major units of the client's or the agency's currency. */
  value: decimalInput({ zero: true, digits: 15, places: 6 }),
  direction: z.enum(['more', 'less']),
});
export type SetTargetInput = z.input<typeof SetTargetInput>;

/** Sets what a figure of a client or of the agency should come to in a month. */
export async function setTarget(ctx: ServiceContext, input: SetTargetInput): Promise<TargetDto> {
  const wanted = SetTargetInput.parse(input);
  const { clientWorkspaceId: clientId = '', metric, value, direction } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Plans of an agency change one at a time: seldom, and by hand.
    await lockAgency(em, agencyId);
    if (clientId !== '') await requireClient(em, agencyId, { clientId, forWriting: true });
    const key = { agencyId, clientId, metric, month: firstDay(wanted.month) };
    const values = { value, direction };
    const known = await em.findOne(Target, key, { refresh: true });
    const before = known ? toTargetDto(known) : undefined;
    const row = known
      ? em.assign(known, values)
      : em.create(Target, { ...key, ...values, changedAt: ctx.now() });
    if (before && !isDeepStrictEqual(toTargetDto(row), before)) row.changedAt = ctx.now();
    const after = toTargetDto(row);
    recordAudit(em, ctx, {
      action: 'target.set',
      subject: `target:${wanted.month}:${metric}`,
      clientId: clientId === '' ? undefined : clientId,
      before,
      after,
    });
    return after;
  });
}
