import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import { returnSums, type ReturnRow } from './return-rows.ts';

/** How many campaigns have dates that overlap a period; a date that is not set is open. */
export async function countActiveCampaigns(
  sql: SqlSession,
  { startDate, endDate }: DateRange,
): Promise<bigint> {
  // One that was taken out of the list was there until then, as was one whose client was.
  const [row] = await sql.query<{ count: string }>(
    `select count(*)::text as count
     from retainer.campaign k
     join retainer.client c on c.agency_id = k.agency_id and c.id = k.client_id
     join retainer.agency g on g.id = k.agency_id
     where k.agency_id = current_setting('retainer.agency')
       and coalesce(k.starts_on, '-infinity') <= $2::date and coalesce(k.ends_on, 'infinity') >= $1::date
       and coalesce((least(k.archived_at, c.archived_at) at time zone g.time_zone)::date, 'infinity') >= $1::date`,
    [startDate, endDate],
  );
  return BigInt(row?.count ?? 0);
}

/** What a campaign cost and brought in a period, in the agency's currency. */
export interface CampaignRow extends ReturnRow {
  readonly clientId: string;
  readonly campaignId: string;
  readonly name: string;
}

/** Every campaign that cost something in a period. Tools are no campaign's, so they are not in it. */
export async function readCampaigns(
  sql: SqlSession,
  of: DateRange & { readonly currency: string },
): Promise<CampaignRow[]> {
  return sql.query(
    `select s.*, coalesce(k.name, s."campaignId") as name
     from retainer.client c
     cross join lateral (
       select r.client_id as "clientId", r.key as "campaignId", ${returnSums('r')}
       from retainer.rollup_day r
       where r.agency_id = c.agency_id and r.dimension = 'campaign' and r.client_id = c.id and r.key <> ''
         and r.local_date between $1::date and $2::date and r.currency = $3
       group by r.client_id, r.key
       having sum(r.time_minor + r.ads_minor + r.other_minor) > 0) s
     left join retainer.campaign k on k.agency_id = c.agency_id and k.client_id = c.id and k.id = s."campaignId"
     where c.agency_id = current_setting('retainer.agency')`,
    [of.startDate, of.endDate, of.currency],
  );
}
