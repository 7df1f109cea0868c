import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { DateRange } from '../../rollups/sums.ts';

/** The day of a client's first fact of each kind; null where it never told any. */
export interface FirstToldRow {
  readonly id: string;
  readonly leads: LocalDate | null;
  readonly conversions: LocalDate | null;
  /** Before all days where the client is marked `revenueConnected`. */
  readonly revenue: LocalDate | null;
}

/** Since when each of these clients, or of all, has told what. */
export async function selectFirstTold(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<FirstToldRow[]> {
  const first = (which: string): string =>
    `(select min(l.from_date) from retainer.leaf l where l.agency_id = c.agency_id and l.client_id = c.id and ${which})`;
  return sql.query(
    `select c.id, ${first("l.kind = 'lead'")}::text as leads, ${first("l.kind = 'conversion'")}::text as conversions,
       case when c.revenue_connected then '0001-01-01'
         else ${first("l.kind in ('conversion', 'revenue') and (l.amount_minor is not null or l.missing)")}::text end as revenue
     from retainer.client c
     where c.agency_id = current_setting('retainer.agency') and ($1::text[] is null or c.id = any ($1))`,
    [clientIds ?? null],
  );
}

/** What one account of a client reached: on a day, or over a window that ends on it. */
export interface ReachRow {
  readonly platform: string;
  readonly subject: string;
  readonly kind: 'daily' | 'window_total';
  readonly date: LocalDate;
  readonly value: string;
}

/** The people that the client's accounts reached on the days of a period, and in the period as a whole. */
export async function readReach(
  sql: SqlSession,
  of: DateRange & { readonly clientId: string; readonly days: number },
): Promise<ReachRow[]> {
  return sql.query(
    `select distinct on (s.id, o.local_date) s.platform, s.subject, s.kind, o.local_date::text as date,
       trunc(o.value)::text as value
     from retainer.series s
     join retainer.observation o on o.agency_id = s.agency_id and o.series_id = s.id
     where s.agency_id = current_setting('retainer.agency') and s.client_id = $1
       and s.metric = 'reach' and s.level = 'account'
       -- Wherever on earth: what was seen on a local date lies within a day of that date in UTC.
       and o.at >= $2::date - 1 and o.at < $3::date + 2
       and (s.kind = 'daily' and o.local_date between $2::date and $3::date
         or s.kind = 'window_total' and o.local_date = $3::date and s.window_days = $4)
     order by s.id, o.local_date, o.at desc`,
    [of.clientId, of.startDate, of.endDate, of.days],
  );
}

/** What the campaigns are called that a client's figures of a range of days name. */
export async function readCampaignNames(
  sql: SqlSession,
  { clientId, startDate, endDate }: DateRange & { readonly clientId: string },
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    `select id, name from retainer.campaign
     where agency_id = current_setting('retainer.agency') and client_id = $1 and id in (
       select key from retainer.rollup_day
       where agency_id = current_setting('retainer.agency') and dimension = 'campaign' and client_id = $1
         and local_date between $2::date and $3::date)`,
    [clientId, startDate, endDate],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** A day of an entry that is priced by the agency's own rate, or by none. */
export interface AgencyPricedRow {
  readonly kind: 'time' | 'saved';
  readonly factId: string;
  readonly date: LocalDate;
  readonly platform: string;
  readonly contentType: string;
  readonly campaignId: string;
  readonly seconds: string;
  readonly minor: string | null;
}

/** The days of entries that another hourly rate of the agency would price otherwise. */
export async function readAgencyPriced(
  sql: SqlSession,
  { clientId, startDate, endDate }: DateRange & { readonly clientId: string },
): Promise<AgencyPricedRow[]> {
  return sql.query(
    `select kind, fact_id as "factId", from_date::text as date, platform, content_type as "contentType",
       campaign_id as "campaignId", seconds::text, client_minor::text as minor
     from retainer.leaf
     where agency_id = current_setting('retainer.agency') and client_id = $1 and from_date between $2::date and $3::date
       and kind in ('time', 'saved') and coalesce(rate_level, 'agency') = 'agency'
     order by fact_id, from_date, kind`,
    [clientId, startDate, endDate],
  );
}
