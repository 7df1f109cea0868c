import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../../db/sql-session.ts';

export interface NewCampaign {
  readonly agencyId: string;
  readonly clientId: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Adds a campaign unless there is one under this id, also one that another transaction adds now; true when it did. */
export async function insertCampaign(em: EntityManager, campaign: NewCampaign): Promise<boolean> {
  const rows = await sqlSession(em).query(
    `insert into retainer.campaign (agency_id, client_id, id, name, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
    [campaign.agencyId, campaign.clientId, campaign.id, campaign.name, campaign.createdAt],
  );
  return rows.length > 0;
}
