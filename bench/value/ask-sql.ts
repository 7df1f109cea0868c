import pg from 'pg';

import { CURRENCY } from './client-seed.ts';
import { AGENCY_ID } from './load-facts.ts';
import type { Answer, Contender, Question, Row } from './question.ts';

interface SqlRow extends Row {
  readonly dimension: string;
  readonly key: string;
}

/**
 * The question as somebody would write it by hand on the rollup, one prepared statement on one connection: for any
 * days, from the rollup by day; or, as these are whole months, with the breakdowns from the rollup by month.
 */
export async function bySql(databaseUrl: string, from: 'days' | 'months'): Promise<Contender> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const ask = async ({ clientId, startDate, endDate }: Question): Promise<SqlRow[]> => {
    const values = [AGENCY_ID, clientId, startDate, endDate, CURRENCY];
    const { rows } = await client.query<SqlRow>({ name: from, text: QUESTIONS[from], values });
    return rows;
  };
  return {
    name: from === 'days' ? 'sql on the rollup' : 'sql on whole months',
    callers: [1],
    ask,
    answer: async (question) => answerOfRows(await ask(question)),
    close: () => client.end(),
  };
}

/** Rows of a query by their names, with the columns that answers are compared by. */
export function answerOfRows(rows: readonly SqlRow[]): Answer {
  return new Map(
    rows.map(({ dimension, key, ...row }) => [
      dimension === 'total' ? dimension : `${dimension} ${key}`,
      {
        impressions: row.impressions,
        engagement: row.engagement,
        clicks: row.clicks,
        posts: row.posts,
        leads: row.leads,
        conversions: row.conversions,
        costMinor: row.costMinor,
        revenueMinor: row.revenueMinor,
      },
    ]),
  );
}

const SUMS = [
  'seconds',
  'billable_seconds',
  'saved_seconds',
  'saved_baseline_seconds',
  'saved_minor',
  'time_minor',
  'ads_minor',
  'other_minor',
  'revenue_minor',
  'leads',
  'conversions',
  'unpriced_conversions',
  'posts',
  'measured_posts',
  'impressions',
  'engagement',
  'clicks',
  'video_views',
  'rate_engagement',
  'rate_impressions',
  'ctr_clicks',
  'ctr_impressions',
] as const;
const floats = SUMS.map((column) => `${column}::float8`).join(', ');
const summed = SUMS.map((column) => `sum(${column})::float8 as ${column}`).join(', ');

const FROM_DAYS = `
  select case dimension when 'client' then 'day' else dimension end as dimension,
    case dimension when 'client' then local_date::text else key end as key, ${summed}
  from retainer.rollup_day
  where agency_id = $1 and dimension in ('client', 'platform', 'content_type', 'campaign') and client_id = $2
    and local_date between $3::date and $4::date and currency = $5
  group by 1, 2`;

const FROM_MONTHS = `
  select 'day' as dimension, local_date::text as key, ${floats} from retainer.rollup_day
  where agency_id = $1 and dimension = 'client' and client_id = $2 and local_date between $3::date and $4::date
    and currency = $5
  union all
  select dimension, key, ${floats} from retainer.rollup_month
  where agency_id = $1 and dimension in ('platform', 'content_type', 'campaign') and client_id = $2
    and month = $3::date and currency = $5`;

/**
 * Totals and the four breakdowns with what they cost and brought, and the rates of it. Numbers are floats, a missing
 * rate is not told from 0, and nothing is said of what was never observed: as a report by hand would have it.
 */
const question = (kept: string): string => `
with kept as (${kept}
), tools as materialized (
  select d::date::text as day,
    sum(retainer.day_share(l.client_minor, l.to_date - l.from_date + 1, d::date - l.from_date))::float8 as minor
  from retainer.leaf l,
    generate_series(greatest(l.from_date, $3::date), least(l.to_date, $4::date), interval '1 day') d
  where l.agency_id = $1 and l.client_id = $2 and l.kind = 'tool' and l.to_date >= $3::date and l.from_date <= $4::date
  group by 1
), shared as (
  select 'day' as dimension, day as key, minor as tools_minor from tools
  union all
  select dimension, '', (select sum(minor) from tools)
  from (values ('platform'), ('content_type'), ('campaign')) d(dimension)
), parts as (
  select dimension, key, ${SUMS.join(', ')}, coalesce(tools_minor, 0) as tools_minor
  from kept full join shared using (dimension, key)
), rows as (
  select * from parts
  union all
  select 'total', '', ${SUMS.map((column) => `sum(${column})`).join(', ')}, sum(tools_minor)
  from parts where dimension = 'day'
), costed as (
  select *, coalesce(time_minor + ads_minor + other_minor, 0) + tools_minor as cost_minor from rows
)
select dimension, key, seconds, billable_seconds, saved_seconds, saved_minor, time_minor, tools_minor, ads_minor,
  other_minor, cost_minor as "costMinor", coalesce(revenue_minor, 0) as "revenueMinor", coalesce(leads, 0) as leads,
  coalesce(conversions, 0) as conversions, unpriced_conversions, coalesce(posts, 0) as posts, measured_posts,
  impressions, engagement, clicks, video_views,
  (revenue_minor - cost_minor) / nullif(cost_minor, 0) as roi, revenue_minor / nullif(ads_minor, 0) as roas,
  cost_minor / nullif(impressions, 0) as cpi, 1000 * cost_minor / nullif(impressions, 0) as cpm,
  ads_minor / nullif(clicks, 0) as cpc, cost_minor / nullif(leads, 0) as cpl, cost_minor / nullif(conversions, 0) as cpa,
  rate_engagement / nullif(rate_impressions, 0) as engagement_rate, ctr_clicks / nullif(ctr_impressions, 0) as ctr,
  conversions / nullif(clicks, 0) as conversion_rate, conversions / nullif(leads, 0) as lead_conversion,
  revenue_minor / nullif(seconds, 0) * 3600 as value_per_hour,
  saved_seconds / nullif(saved_baseline_seconds, 0) as time_efficiency
from costed order by dimension, key`;

const QUESTIONS = { days: question(FROM_DAYS), months: question(FROM_MONTHS) } as const;
