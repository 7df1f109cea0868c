import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { Campaign } from './campaign.entity.ts';

/** A campaign that nobody else changes until the transaction ends; `not_found` for an unknown one. */
export async function lockCampaign(
  em: EntityManager,
  key: { readonly agencyId: string; readonly clientId: string; readonly id: string },
): Promise<Campaign> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const campaign = await em.findOne(Campaign, key, { lockMode, refresh: true });
  if (campaign) return campaign;
  throw new DomainError('not_found', 'No such campaign of this client. Register it first.');
}
