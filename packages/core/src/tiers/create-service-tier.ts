import { randomUUID } from 'node:crypto';

import type { EntityManager } from '@mikro-orm/postgresql';
import type { TierTerms } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { holdAgency } from '../tenancy/find-agency.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import {
  mergeFeatures,
  mergeLimits,
  PLAIN_FEATURES,
  PRICING_FIELDS,
  TIER_FIELDS,
} from './tier-input.ts';
import { assertNameIsFree, chooseKey } from './tier-name.ts';
import { readPricing, type TierPricing } from './tier-pricing.ts';
import { Tier, TierVersion } from './tier.entity.ts';

export const CreateServiceTierInput = z.strictObject({
  ...TIER_FIELDS,
  /** Made from the name when left out. */
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/u, 'must be small letters, digits, - and _')
    .optional(),
  pricing: z.strictObject(PRICING_FIELDS),
});
export type CreateServiceTierInput = z.input<typeof CreateServiceTierInput>;

/** Makes a tier and its first version. A limit that is left out is not in the tier. */
export async function createServiceTier(
  ctx: ServiceContext,
  input: CreateServiceTierInput,
): Promise<TierDto> {
  const wanted = CreateServiceTierInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const agency = await holdAgency(em, ctx.agencyId);
    const pricing = readPricing(wanted.pricing, agency.currency);
    const { name, description = '' } = wanted;
    await assertNameIsFree(em, name);
    const key = await chooseKey(em, { key: wanted.key, name });
    return addTier(em, ctx, {
      tier: { key, name, description, isDefault: false },
      pricing,
      terms: {
        features: mergeFeatures(PLAIN_FEATURES, wanted.features),
        limits: mergeLimits({}, wanted.limits),
        countBy: wanted.countBy ?? 'post',
        enforcement: wanted.enforcement ?? 'hard',
      },
    });
  });
}

export interface NewTier {
  readonly tier: Pick<Tier, 'key' | 'name' | 'description' | 'isDefault'>;
  readonly pricing: TierPricing;
  readonly terms: TierTerms;
}

/** Writes a tier whose name and key are free, with its first version. */
export async function addTier(
  em: EntityManager,
  ctx: ServiceContext,
  wanted: NewTier,
): Promise<TierDto> {
  const { agencyId } = ctx;
  const id = randomUUID();
  const now = ctx.now();
  const tier = em.create(Tier, { agencyId, id, ...wanted.tier, createdAt: now, archivedAt: null });
  // A version refers to its tier, which the unit of work does not know.
  await em.flush();
  const version = em.create(TierVersion, {
    agencyId,
    tierId: id,
    version: 1,
    ...wanted.pricing,
    ...wanted.terms,
    publishedAt: now,
  });
  const dto = toTierDto(tier, version);
  recordAudit(em, ctx, { action: 'tier.created', subject: `tier:${id}`, after: dto });
  return dto;
}
