import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import { WHOLE_MONTHS } from '../rollups/whole-months.ts';
import { returnColumns, returnSums, type ReturnRow } from './return-rows.ts';

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

/** Every campaign of some clients or all that cost something in a period. Tools are no campaign's, so they are not in it. */
export async function readCampaigns(
  sql: SqlSession,
  of: DateRange & { readonly currency: string; readonly clientIds: readonly string[] | undefined },
): Promise<CampaignRow[]> {
  const { startDate, endDate, currency, clientIds } = of;
  const some = (column: string): string => (clientIds ? `and ${column} = any ($4::text[])` : '');
  return sql.query(
    `with ${WHOLE_MONTHS}, parts as (
       select r.client_id, r.key, ${returnColumns('r')} from whole w
       join retainer.rollup_month r on r.agency_id = current_setting('retainer.agency') and r.dimension = 'campaign'
         and r.key <> '' and r.currency = $3 and r.month >= w.since and r.month < w.past ${some('r.client_id')}
       union all
       select r.client_id, r.key, ${returnColumns('r')} from edges e
       cross join retainer.client c
       cross join lateral (
         select * from retainer.rollup_day d
         where d.agency_id = c.agency_id and d.dimension = 'campaign' and d.client_id = c.id and d.key <> ''
           and d.currency = $3 and d.local_date >= e.since and d.local_date < e.past offset 0) r
       where c.agency_id = current_setting('retainer.agency') ${some('c.id')}
     ), sums as (
       select p.client_id as "clientId", p.key as "campaignId", ${returnSums('p')} from parts p
       group by p.client_id, p.key
       having sum(p.time_minor + p.ads_minor + p.other_minor) > 0)
     select s.*, coalesce(k.name, s."campaignId") as name
     from sums s
     left join retainer.campaign k on k.agency_id = current_setting('retainer.agency')
       and k.client_id = s."clientId" and k.id = s."campaignId"`,
    [startDate, endDate, currency, ...(clientIds ? [clientIds] : [])],
  );
}
