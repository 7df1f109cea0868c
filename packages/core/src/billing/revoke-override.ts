import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { lockForChange } from '../tenancy/lock-client.ts';
import { getClientTier, type ClientTier } from '../usage/get-client-tier.ts';
import { LimitOverride } from './limit-override.entity.ts';
import { toOverrideDto } from './overrides.ts';

export const RevokeOverrideInput = z.strictObject({
  overrideId: z.uuid(),
  /** The client it must belong to, where the caller names one. */
  clientWorkspaceId: WorkspaceId.optional(),
});
export type RevokeOverrideInput = z.input<typeof RevokeOverrideInput>;

/** Ends an override now; one that was revoked before stays as it was. */
export async function revokeOverride(
  ctx: ServiceContext,
  input: RevokeOverrideInput,
): Promise<ClientTier> {
  const { overrideId: id, clientWorkspaceId: named } = RevokeOverrideInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const where = { agencyId, id, ...(named !== undefined && { clientId: named }) };
    const found = await em.findOne(LimitOverride, where);
    if (!found) throw new DomainError('not_found', 'No such override.');
    const { clientId } = found;
    await lockForChange(em, agencyId, clientId);
    const row = await em.findOneOrFail(LimitOverride, { agencyId, id }, { refresh: true });
    const before = toOverrideDto(row);
    row.revokedAt ??= ctx.now();
    recordAudit(em, ctx, {
      action: 'override.revoked',
      subject: `override:${id}`,
      clientId,
      before,
      after: toOverrideDto(row),
    });
    await em.flush();
    return getClientTier(ctx, { clientWorkspaceId: clientId });
  });
}
