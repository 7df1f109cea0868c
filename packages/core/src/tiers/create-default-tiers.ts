import type { EntityManager } from '@mikro-orm/postgresql';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockAgency } from '../tenancy/upsert-agency.ts';
import { addTier } from './create-service-tier.ts';
import { DEFAULT_TIER_CURRENCY, DEFAULT_TIERS, type DefaultTier } from './default-tiers.ts';
import { findVersion } from './find-tier.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import { assertNameIsFree, chooseKey } from './tier-name.ts';
import { Tier } from './tier.entity.ts';

/** Makes Bronze, Silver and Gold where they are missing and answers all three; what is there stays as it is. */
export async function createDefaultTiers(ctx: ServiceContext): Promise<TierDto[]> {
  return inTransaction(ctx, async (em) => {
    // Two first calls meet here: the second finds the tiers of the first.
    await lockAgency(em, ctx.agencyId);
    const tiers: TierDto[] = [];
    for (const wanted of DEFAULT_TIERS) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      tiers.push(await ensureTier(em, ctx, wanted));
    }
    return tiers;
  });
}

async function ensureTier(
  em: EntityManager,
  ctx: ServiceContext,
  { key, name, description, monthlyMinor, features, limits }: DefaultTier,
): Promise<TierDto> {
  const there = await em.findOne(Tier, { agencyId: ctx.agencyId, key, isDefault: true });
  if (there) return toTierDto(there, await findVersion(em, there));

  await assertNameIsFree(em, name);
  await chooseKey(em, { key, name });
  return addTier(em, ctx, {
    tier: { key, name, description, isDefault: true },
    pricing: { currency: DEFAULT_TIER_CURRENCY, monthlyMinor, annualMinor: monthlyMinor * 12n },
    terms: { features, limits, countBy: 'post', enforcement: 'hard' },
  });
}
