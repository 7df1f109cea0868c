import type { SqlSession } from '../../db/sql-session.ts';

/** A campaign, by its id in its client. */
export interface CampaignKey {
  readonly clientId: string;
  readonly id: string;
}

/** A platform that posts of a campaign went out on. */
export interface CampaignPlatformRow {
  readonly clientId: string;
  readonly campaignId: string;
  readonly platform: string;
}

/** The platforms that posts of some campaigns went out on, by name. */
export async function readPlatformsOf(
  sql: SqlSession,
  campaigns: readonly CampaignKey[],
): Promise<CampaignPlatformRow[]> {
  return sql.query(
    `select distinct k.client_id as "clientId", k.id as "campaignId", l.platform
     from unnest($1::text[], $2::text[]) k(client_id, id)
     join retainer.post p on p.agency_id = current_setting('retainer.agency') and p.client_id = k.client_id
       and p.campaign_id = k.id
     join retainer.placement l on l.agency_id = p.agency_id and l.client_id = p.client_id and l.post_id = p.post_id
     order by 1, 2, 3`,
    [campaigns.map(({ clientId }) => clientId), campaigns.map(({ id }) => id)],
  );
}
