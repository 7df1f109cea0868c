import pg from 'pg';

import { CURRENCY } from '../value/client-seed.ts';
import { AGENCY_ID } from '../value/load-facts.ts';
import type { Answer, Contender, Question, Sums } from './question.ts';

type Row = Record<string, number | string | null>;

const CONNECTIONS = 16;

/**
 * The dashboard as somebody would write it by hand on the rollup: four prepared statements on one connection, sent
 * together. Numbers are floats, nothing is rounded by rule, and what was never observed is not told from nothing. It
 * refreshes nothing either: it reads what the product has counted by then.
 */
export async function bySql(databaseUrl: string): Promise<Contender> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    pipeline: true,
  });
  const ask = async ({ startDate, endDate }: Question): Promise<Row[][]> => {
    const values = [AGENCY_ID, startDate, endDate, CURRENCY];
    const client = await pool.connect();
    try {
      const answers = Object.entries(STATEMENTS).map(([name, text]) =>
        client.query<Row>({ name, text, values }),
      );
      return (await Promise.all(answers)).map(({ rows }) => rows);
    } finally {
      client.release();
    }
  };
  return {
    name: 'sql on the rollup',
    turns: [
      { callers: 1, writing: 'nothing' },
      { callers: 1, writing: 'before each' },
      { callers: CONNECTIONS, writing: 'all the time' },
    ],
    ask: async (question) => {
      await ask(question);
      return undefined;
    },
    answer: async (question) => answerOf(await ask(question)),
    close: () => pool.end(),
  };
}

/** What the rows of the four statements say; DuckDB answers with rows of the same form. */
export function answerOf([periods = [], roi = [], trend = [], highlights = []]: Row[][]): Answer {
  return {
    current: sumsOf(periods.find((row) => row['period'] === 'current')),
    previous: sumsOf(periods.find((row) => row['period'] === 'previous')),
    averageRoi: Number(roi[0]?.['average_roi']).toFixed(4),
    trend: trend.map((row) => ({
      month: String(row['month']),
      costMinor: Number(row['cost_minor']),
      valueMinor: Number(row['value_minor']),
    })),
    highlights: highlights.map((row) => String(row['campaign_id'])),
  };
}

function sumsOf(row: Row = {}): Sums {
  return {
    impressions: Number(row['impressions']),
    engagement: Number(row['engagement']),
    leads: Number(row['leads']),
    conversions: Number(row['conversions']),
    posts: Number(row['posts']),
    content: Number(row['content']),
    campaigns: Number(row['campaigns']),
    costMinor: Number(row['cost_minor']),
    revenueMinor: Number(row['revenue_minor']),
    valueMinor: Number(row['value_minor']),
  };
}

/** What a conversion without an amount of its own is worth here, in minor units. */
const CONVERSION_MINOR = 2000;

const COST = 'time_minor + ads_minor + other_minor';
const VALUE = `revenue_minor + ${CONVERSION_MINOR} * unpriced_conversions`;

const tools = (first: string, last: string, by: string): string => `
  select ${by}, sum(
    retainer.days_share(l.agency_minor, l.to_date - l.from_date + 1, least(l.to_date, ${last}) - l.from_date + 1)
    - retainer.days_share(l.agency_minor, l.to_date - l.from_date + 1, greatest(${first} - l.from_date, 0)))::float8 as tools_minor`;

const STATEMENTS = {
  kpi_periods: `
with periods as (
  select 'current' as period, $2::date as first, $3::date as last
  union all select 'previous', ($2::date - interval '1 month')::date, $2::date - 1
), sums as (
  select p.period, sum(r.impressions)::float8 as impressions, sum(r.engagement)::float8 as engagement,
    sum(r.leads)::float8 as leads, sum(r.conversions)::float8 as conversions, sum(r.posts)::float8 as posts,
    sum(${COST})::float8 as cost_minor, sum(r.revenue_minor)::float8 as revenue_minor, sum(${VALUE})::float8 as value_minor
  from periods p join retainer.rollup_month r
    on r.agency_id = $1 and r.dimension = 'client' and r.currency = $4 and r.month = p.first
  group by p.period
), shared as (${tools('p.first', 'p.last', 'p.period')}
  from periods p join retainer.leaf l
    on l.agency_id = $1 and l.kind = 'tool' and l.to_date >= p.first and l.from_date <= p.last
  group by p.period
)
select p.period, s.impressions, s.engagement, s.leads, s.conversions, s.posts, s.revenue_minor, s.value_minor,
  s.cost_minor + coalesce(t.tools_minor, 0) as cost_minor,
  (select count(*)::float8 from retainer.post o where o.agency_id = $1 and o.created_at >= p.first::timestamp at time zone 'UTC'
    and o.created_at < (p.last + 1)::timestamp at time zone 'UTC') as content,
  (select count(*)::float8 from retainer.campaign k where k.agency_id = $1 and k.starts_on <= p.last and k.ends_on >= p.first) as campaigns,
  (select count(*)::float8 from retainer.client c where c.agency_id = $1 and c.archived_at is null) as clients
from periods p left join sums s using (period) left join shared t using (period)`,
  kpi_average_roi: `
with shared as (${tools('$2::date', '$3::date', 'l.client_id')}
  from retainer.leaf l
  where l.agency_id = $1 and l.kind = 'tool' and l.to_date >= $2::date and l.from_date <= $3::date group by l.client_id
), rows as (
  select (${VALUE})::float8 as value, (${COST})::float8 + coalesce(t.tools_minor, 0) as cost
  from retainer.rollup_month r left join shared t using (client_id)
  where r.agency_id = $1 and r.dimension = 'client' and r.currency = $4 and r.month = $2::date)
select avg((value - cost) / cost) filter (where cost > 0) as average_roi, count(*)::int as clients from rows`,
  kpi_trend: `
with shared as (${tools('m.month', 'm.month_end', 'm.month')}
  from (select m::date as month, (m + interval '1 month')::date - 1 as month_end
    from generate_series($2::date::timestamp - interval '11 months', $2::date::timestamp, '1 month') m) m
  join retainer.leaf l on l.agency_id = $1 and l.kind = 'tool' and l.to_date >= m.month and l.from_date <= m.month_end
  group by m.month
)
select r.month::text as month, sum(${COST})::float8 + coalesce(t.tools_minor, 0) as cost_minor, sum(${VALUE})::float8 as value_minor
from retainer.rollup_month r left join shared t using (month)
where r.agency_id = $1 and r.dimension = 'client' and r.currency = $4
  and r.month between ($2::date - interval '11 months')::date and $3::date
group by r.month, t.tools_minor order by r.month`,
  kpi_highlights: `
select key as campaign_id, (${VALUE} - (${COST}))::float8 / (${COST}) as roi
from retainer.rollup_month r
where r.agency_id = $1 and r.dimension = 'campaign' and r.key <> '' and r.currency = $4 and r.month between $2::date and $3::date and ${COST} > 0
order by (${VALUE} - (${COST}))::numeric / (${COST}) desc, ${VALUE} desc, key limit 5`,
} as const;
