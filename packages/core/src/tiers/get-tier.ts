import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findTier, findVersion } from './find-tier.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import { TierReference } from './tier-input.ts';

export const GetTierInput = z.strictObject({
  tierId: TierReference,
  version: z.int().min(1).max(2_147_483_647).optional(),
});
export type GetTierInput = z.input<typeof GetTierInput>;

/** One tier by id or key, archived or not, in its latest version unless one is named. */
export async function getTier(ctx: ServiceContext, input: GetTierInput): Promise<TierDto> {
  const { tierId, version } = GetTierInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const tier = await findTier(em, ctx.agencyId, tierId);
      return toTierDto(tier, await findVersion(em, tier, version));
    },
    { readOnly: true },
  );
}
