import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findVersion, lockTier } from './find-tier.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import { TierReference } from './tier-input.ts';

export const ArchiveTierInput = z.strictObject({ tierId: TierReference });
export type ArchiveTierInput = z.input<typeof ArchiveTierInput>;

/** Takes a tier off the shelf: nobody is assigned to it any more; who has it keeps it. */
export async function archiveTier(ctx: ServiceContext, input: ArchiveTierInput): Promise<TierDto> {
  const { tierId } = ArchiveTierInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const tier = await lockTier(em, ctx.agencyId, tierId);
    const latest = await findVersion(em, tier);
    const before = toTierDto(tier, latest);
    tier.archivedAt ??= ctx.now();
    const after = toTierDto(tier, latest);
    recordAudit(em, ctx, { action: 'tier.archived', subject: `tier:${tier.id}`, before, after });
    return after;
  });
}
