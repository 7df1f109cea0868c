import { isDeepStrictEqual } from 'node:util';

import { DomainError, type TierTerms } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findVersion, lockTier } from './find-tier.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import {
  mergeFeatures,
  mergeLimits,
  PLAIN_FEATURES,
  PRICING_FIELDS,
  TIER_FIELDS,
  TierReference,
} from './tier-input.ts';
import { assertNameIsFree } from './tier-name.ts';
import { readNextPricing, type TierPricing } from './tier-pricing.ts';
import { TierVersion, type Tier } from './tier.entity.ts';

export const PublishTierVersionInput = z.strictObject({
  ...TIER_FIELDS,
  tierId: TierReference,
  name: TIER_FIELDS.name.optional(),
  pricing: z.strictObject(PRICING_FIELDS).partial().optional(),
  /** `merge` (default) changes what is named; `replace` starts features and limits anew, which takes limits out. */
  mode: z.enum(['merge', 'replace']).default('merge'),
});
export type PublishTierVersionInput = z.input<typeof PublishTierVersionInput>;
type Wanted = z.output<typeof PublishTierVersionInput>;

/** Publishes the next version of a tier; clients stay on theirs until moved. The same terms again publish nothing. */
export async function publishTierVersion(
  ctx: ServiceContext,
  input: PublishTierVersionInput,
): Promise<TierDto> {
  const wanted = PublishTierVersionInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const tier = await lockTier(em, ctx.agencyId, wanted.tierId);
    if (tier.archivedAt) {
      throw new DomainError('tier_archived', `${tier.name} is archived. Make a new tier instead.`);
    }
    const latest = await findVersion(em, tier);
    const before = toTierDto(tier, latest);
    if (wanted.name !== undefined) await assertNameIsFree(em, wanted.name, tier);
    rename(tier, wanted);

    const next = nextEdition(wanted, latest);
    const isSame = isDeepStrictEqual(next, editionOf(latest));
    const version = isSame
      ? latest
      : em.create(TierVersion, {
          agencyId: tier.agencyId,
          tierId: tier.id,
          version: latest.version + 1,
          ...next,
          publishedAt: ctx.now(),
        });
    const after = toTierDto(tier, version);
    const action = isSame ? 'tier.renamed' : 'tier.published';
    recordAudit(em, ctx, { action, subject: `tier:${tier.id}`, before, after });
    return after;
  });
}

type Edition = TierPricing & TierTerms;

function rename(tier: Tier, { name, description }: Wanted): void {
  if (name !== undefined) tier.name = name;
  if (description !== undefined) tier.description = description;
}

function nextEdition(wanted: Wanted, latest: TierVersion): Edition {
  const replaces = wanted.mode === 'replace';
  return {
    ...readNextPricing(wanted.pricing ?? {}, latest),
    features: mergeFeatures(replaces ? PLAIN_FEATURES : latest.features, wanted.features),
    limits: mergeLimits(replaces ? {} : latest.limits, wanted.limits),
    countBy: wanted.countBy ?? latest.countBy,
    enforcement: wanted.enforcement ?? latest.enforcement,
  };
}

function editionOf(version: TierVersion): Edition {
  const { currency, monthlyMinor, annualMinor } = version;
  return { currency, monthlyMinor, annualMinor, ...version.toTerms() };
}
