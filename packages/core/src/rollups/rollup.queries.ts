import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { DELTAS, TOLD_OF_C } from './observed-growth.ts';

/** One local day of one client: what the refresh recomputes at a time. */
export interface DayKey {
  readonly clientId: string;
  readonly date: LocalDate;
}

/** The currencies that a client's sums are kept in: its own, and the agency's for the agency's totals. */
export interface ClientCurrency {
  readonly clientId: string;
  readonly currency: string;
  readonly agencyCurrency: string;
}

/** The sums of a row that are never unknown, in the order of the table's columns. */
export const SUMS = [
  'seconds',
  'billable_seconds',
  'saved_seconds',
  'saved_baseline_seconds',
  'saved_minor',
  'saved_missing',
  'time_minor',
  'time_missing',
  'ads_minor',
  'ads_missing',
  'other_minor',
  'other_missing',
  'revenue_minor',
  'revenue_missing',
  'leads',
  'conversions',
  'unpriced_conversions',
  'posts',
  'measured_posts',
] as const;

/** The sums that are null where nothing was observed. */
export const MEASURES = [
  'impressions',
  'engagement',
  'clicks',
  'video_views',
  'rate_engagement',
  'rate_impressions',
  'ctr_clicks',
  'ctr_impressions',
] as const;

const COLUMNS = [...SUMS, ...MEASURES];

/** Recomputes the days from their facts and puts the outcome in place of what stood there. */
export async function rewriteDays(
  sql: SqlSession,
  keys: readonly DayKey[],
  currencies: readonly ClientCurrency[],
): Promise<void> {
  const clients = keys.map((key) => key.clientId);
  const dates = keys.map((key) => key.date);
  await sql.query(
    `delete from retainer.rollup_day r using unnest($1::text[], $2::date[]) k(client_id, d)
     where r.agency_id = current_setting('retainer.agency')
       and r.dimension in ('client', 'platform', 'content_type', 'campaign')
       and r.client_id = k.client_id and r.local_date = k.d`,
    [clients, dates],
  );
  await sql.query(
    `insert into retainer.rollup_day (agency_id, dimension, client_id, local_date, key, currency, ${COLUMNS.join(', ')})
     ${DAYS}`,
    [clients, dates, ...currencyArrays(currencies)],
  );
}

/** Sums the months that the days lie in anew, from the days. */
export async function rewriteMonths(sql: SqlSession, keys: readonly DayKey[]): Promise<void> {
  const months = new Map(keys.map((key) => [`${key.clientId}\n${key.date.slice(0, 7)}`, key]));
  const values = [
    [...months.values()].map((key) => key.clientId),
    [...months.values()].map((key) => `${key.date.slice(0, 7)}-01`),
  ];
  await sql.query(
    `delete from retainer.rollup_month r using unnest($1::text[], $2::date[]) k(client_id, month)
     where r.agency_id = current_setting('retainer.agency')
       and r.dimension in ('client', 'platform', 'content_type', 'campaign')
       and r.client_id = k.client_id and r.month = k.month`,
    values,
  );
  await sql.query(
    `insert into retainer.rollup_month (agency_id, dimension, client_id, month, key, currency, ${COLUMNS.join(', ')})
     ${MONTHS}`,
    values,
  );
}

function currencyArrays(currencies: readonly ClientCurrency[]): unknown[] {
  const rows = currencies.flatMap(({ clientId, currency, agencyCurrency }) => [
    [clientId, currency, true] as const,
    ...(agencyCurrency === currency ? [] : [[clientId, agencyCurrency, false] as const]),
  ]);
  return [rows.map((row) => row[0]), rows.map((row) => row[1]), rows.map((row) => row[2])];
}

// Which leaf feeds which column; "minor" stands for its amount in the row's currency.
const LEAF_SUMS: Readonly<Record<(typeof SUMS)[number], string>> = {
  seconds: `case when kind = 'time' then seconds else 0 end`,
  billable_seconds: `case when kind = 'time' then billable_seconds else 0 end`,
  saved_seconds: `case when kind = 'saved' then seconds else 0 end`,
  saved_baseline_seconds: `case when kind = 'saved' then baseline_seconds else 0 end`,
  saved_minor: `case when kind = 'saved' then coalesce(minor, 0) else 0 end`,
  saved_missing: `case when kind = 'saved' and minor is null then 1 else 0 end`,
  time_minor: `case when kind = 'time' then coalesce(minor, 0) else 0 end`,
  time_missing: `case when kind = 'time' and minor is null then 1 else 0 end`,
  ads_minor: `case when kind = 'ad_spend' then coalesce(minor, 0) else 0 end`,
  ads_missing: `case when kind = 'ad_spend' and minor is null then 1 else 0 end`,
  other_minor: `case when kind = 'other' then coalesce(minor, 0) else 0 end`,
  other_missing: `case when kind = 'other' and minor is null then 1 else 0 end`,
  revenue_minor: `case when kind in ('revenue', 'conversion') then coalesce(minor, 0) else 0 end`,
  revenue_missing: `case when kind in ('revenue', 'conversion') and priced and minor is null then 1 else 0 end`,
  leads: `case when kind = 'lead' then count else 0 end`,
  conversions: `case when kind = 'conversion' then count else 0 end`,
  unpriced_conversions: `case when kind = 'conversion' and not priced then count else 0 end`,
  posts: `case when kind = 'post' then count else 0 end`,
  measured_posts: `case when kind = 'post' and measured then count else 0 end`,
};
const zeros = SUMS.map((column) => `0 as ${column}`).join(', ');
const nulls = MEASURES.map((column) => `null::bigint as ${column}`).join(', ');

// A post on two platforms is one post, and one on each of its platforms.
const OWN_SUMS: Readonly<Record<string, string>> = {
  posts: `case when dimension = 'platform' then placements else posts end`,
  measured_posts: `case when dimension = 'platform' then measured_placements else measured_posts end`,
};
const ownSum = (column: string): string => OWN_SUMS[column] ?? column;

const DAYS = `
with keys as materialized (
  select k.client_id, k.d from unnest($1::text[], $2::date[]) k(client_id, d)
), currencies as materialized (
  select c.client_id, c.currency, c.own from unnest($3::text[], $4::text[], $5::boolean[]) c(client_id, currency, own)
), shares as (
  select k.d, l.*, l.client_minor as own_share, l.agency_minor as agency_share
  from keys k join retainer.leaf l on l.agency_id = current_setting('retainer.agency') and l.client_id = k.client_id
    and l.from_date = k.d and l.to_date = k.d and l.kind <> 'tool'
  union all
  select k.d, l.*,
    retainer.day_share(l.client_minor, l.to_date - l.from_date + 1, k.d - l.from_date),
    retainer.day_share(l.agency_minor, l.to_date - l.from_date + 1, k.d - l.from_date)
  from keys k join retainer.leaf l on l.agency_id = current_setting('retainer.agency') and l.client_id = k.client_id
    and l.to_date > l.from_date and k.d >= l.from_date and k.d <= l.to_date and l.kind <> 'tool'
), leaves as (
  select s.client_id, s.d, c.currency, s.kind, s.platform, s.content_type, s.campaign_id,
    s.seconds, s.billable_seconds, s.baseline_seconds, s.count,
    case when c.own then s.own_share else s.agency_share end as minor,
    s.amount_minor is not null or s.missing as priced,
    s.kind in ('post', 'placement') and exists (
      select from retainer.series m
      join retainer.metric_role r on r.agency_id = m.agency_id and r.client_id = m.client_id
        and r.platform = m.platform and r.level = m.level and r.metric = m.metric and r.kind = m.kind
      where m.agency_id = s.agency_id and m.client_id = s.client_id and m.level = 'post' and m.subject = s.post_id
        and (s.kind = 'post' or m.platform = s.platform) and 'impressions' = any (r.columns)) as measured
  from shares s join currencies c on c.client_id = s.client_id
), ${DELTAS}, cells as (
  select client_id, d, level, subject, platform,
    sum(delta) filter (where 'impressions' = any (columns))::bigint as impressions,
    sum(delta) filter (where 'engagement' = any (columns))::bigint as engagement,
    sum(delta) filter (where 'clicks' = any (columns))::bigint as clicks,
    sum(delta) filter (where 'video_views' = any (columns))::bigint as video_views
  from deltas group by 1, 2, 3, 4, 5
), measures as (
  select c.client_id, c.d, c.platform, coalesce(p.content_type, '') as content_type,
    coalesce(p.campaign_id, '') as campaign_id, c.impressions, c.engagement, c.clicks, c.video_views,
    case when has.impressions and has.engagement then c.engagement end as rate_engagement,
    case when has.impressions and has.engagement then c.impressions end as rate_impressions,
    case when has.impressions and has.clicks then c.clicks end as ctr_clicks,
    case when has.impressions and has.clicks then c.impressions end as ctr_impressions
  from cells c
  left join retainer.post p on c.level = 'post' and p.agency_id = current_setting('retainer.agency')
    and p.client_id = c.client_id and p.post_id = c.subject
  left join lateral (${TOLD_OF_C}) has on true
), parts as (
  select client_id, d, currency, platform, content_type, campaign_id,
    case when kind = 'placement' then count else 0 end as placements,
    case when kind = 'placement' and measured then count else 0 end as measured_placements,
    ${SUMS.map((column) => `${LEAF_SUMS[column]} as ${column}`).join(', ')}, ${nulls}
  from leaves
  union all
  select m.client_id, m.d, c.currency, m.platform, m.content_type, m.campaign_id, 0, 0, ${zeros}, ${MEASURES.map((column) => `m.${column}`).join(', ')}
  from measures m join currencies c on c.client_id = m.client_id
), totals as (
  select client_id, d, currency, platform, content_type, campaign_id,
    case when grouping(platform) = 0 then 'platform' when grouping(content_type) = 0 then 'content_type'
      when grouping(campaign_id) = 0 then 'campaign' else 'client' end as dimension,
    ${SUMS.map((column) => `sum(${column})::bigint as ${column}`).join(', ')}, sum(placements)::bigint as placements,
    sum(measured_placements)::bigint as measured_placements,
    ${MEASURES.map((column) => `sum(${column})::bigint as ${column}`).join(', ')}
  from parts
  group by grouping sets ((client_id, d, currency), (client_id, d, currency, platform),
    (client_id, d, currency, content_type), (client_id, d, currency, campaign_id))
)
select current_setting('retainer.agency'), dimension, client_id, d, coalesce(platform, content_type, campaign_id, ''),
  currency, ${COLUMNS.map(ownSum).join(', ')}
from totals
where ${SUMS.map((column) => `${ownSum(column)} <> 0`).join(' or ')} or num_nonnulls(${MEASURES.join(', ')}) > 0`;

// One client's month after the other by its own key: joined at once, a plan reads the days of the whole agency.
const MONTHS = `
select r.agency_id, r.dimension, r.client_id, k.month, r.key, r.currency,
  ${COLUMNS.map((column) => `sum(r.${column})::bigint`).join(', ')}
from unnest($1::text[], $2::date[]) k(client_id, month)
cross join lateral (
  select * from retainer.rollup_day r
  where r.agency_id = current_setting('retainer.agency') and r.dimension in ('client', 'platform', 'content_type', 'campaign')
    and r.client_id = k.client_id and r.local_date >= k.month and r.local_date < (k.month + interval '1 month')::date
  offset 0) r
group by 1, 2, 3, 4, 5, 6`;
