import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { Tier, TierVersion } from './tier.entity.ts';

/** A tier and one of its versions. */
export interface TierEdition {
  readonly tier: Tier;
  readonly version: TierVersion;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The agency's tier with this uuid or key; `not_found` otherwise. */
export async function findTier(em: EntityManager, agencyId: string, ref: string): Promise<Tier> {
  return found(await em.findOne(Tier, { agencyId, ...named(ref) }));
}

/** `findTier`, locked: its name, its state and its next version change one at a time. */
export async function lockTier(em: EntityManager, agencyId: string, ref: string): Promise<Tier> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  return found(await em.findOne(Tier, { agencyId, ...named(ref) }, { lockMode, refresh: true }));
}

/** A version of a tier, the latest unless one is named; `not_found` otherwise. */
export async function findVersion(
  em: EntityManager,
  tier: Tier,
  version?: number,
): Promise<TierVersion> {
  const { agencyId, id: tierId } = tier;
  const edition = await em.findOne(
    TierVersion,
    { agencyId, tierId, ...(version !== undefined && { version }) },
    { orderBy: { version: 'desc' } },
  );
  if (edition) return edition;
  throw new DomainError('not_found', `${tier.name} has no version ${version ?? 1}.`);
}

function named(ref: string): { id: string } | { key: string } {
  return UUID.test(ref) ? { id: ref.toLowerCase() } : { key: ref.toLowerCase() };
}

function found(tier: Tier | null): Tier {
  if (tier) return tier;
  throw new DomainError('not_found', 'No such tier.');
}
