import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { toTierDto, type TierDto } from './tier-dto.ts';
import { Tier, TierVersion } from './tier.entity.ts';
import { readLatestVersions } from './tier.queries.ts';

export const ListServiceTiersInput = z.strictObject({
  includeArchived: z.boolean().default(false),
});
export type ListServiceTiersInput = z.input<typeof ListServiceTiersInput>;

/** The agency's tiers in their latest version, the cheapest first. */
export async function listServiceTiers(
  ctx: ServiceContext,
  input: ListServiceTiersInput = {},
): Promise<TierDto[]> {
  const { includeArchived } = ListServiceTiersInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const { id: agencyId } = await findAgency(em, ctx.agencyId);
      const where = { agencyId, ...(!includeArchived && { archivedAt: null }) };
      const tiers = await em.find(Tier, where);
      const latest = await readLatestVersions(em);
      const versions = await em.find(TierVersion, {
        agencyId,
        tierId: { $in: tiers.map(({ id }) => id) },
        version: { $in: [...new Set(latest.values())] },
      });
      const byTier = new Map(
        versions
          .filter(({ tierId, version }) => latest.get(tierId) === version)
          .map((version) => [version.tierId, version]),
      );
      return tiers
        .flatMap((tier) => {
          const version = byTier.get(tier.id);
          return version ? [{ tier, version }] : [];
        })
        .toSorted(
          (a, b) =>
            compare(a.version.monthlyMinor, b.version.monthlyMinor) ||
            compare(a.tier.key, b.tier.key),
        )
        .map(({ tier, version }) => toTierDto(tier, version));
    },
    { readOnly: true },
  );
}

function compare<T extends bigint | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
