import { openDuckdb } from '../value/duckdb-facts.ts';
import { answerOf } from './ask-sql.ts';
import type { Contender, Question } from './question.ts';

/** DuckDB on the raw facts of all clients: no rollup, no leaves. */
export async function byDuckdb(databaseUrl: string, folder: string): Promise<Contender> {
  const { instance } = await openDuckdb(databaseUrl, folder);
  const connection = await instance.connect();
  const prepared = await Promise.all(STATEMENTS.map((text) => connection.prepare(text)));
  const ask = async ({ startDate, endDate }: Question) => {
    const answers: Record<string, number | string | null>[][] = [];
    for (const statement of prepared) {
      statement.bind({ first: startDate, last: endDate });
      const reader = await statement.runAndReadAll();
      answers.push(reader.getRowObjectsJS().map(plain));
    }
    return answers;
  };
  return {
    name: 'duckdb on raw facts',
    turns: [{ callers: 1, writing: 'nothing' }],
    ask: async (question) => {
      await ask(question);
      return undefined;
    },
    answer: async (question) => answerOf(await ask(question)),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function plain(row: object): Record<string, number | string | null> {
  const cells = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? value : null,
  ]);
  return Object.fromEntries(cells);
}

const MONTHS = (back: number): string => `
months as (
  select m::date as month, (m + interval 1 month)::date - 1 as month_end
  from (select unnest(generate_series($first::date - to_months(${back}), $first::date, interval 1 month)) as m)
)`;

// An hour costs what the client agreed on, else its role, else what the agency says, each since a date.
const rateOf = (level: string, whose: string): string => `
  (select arg_max(r.rate_minor, r.from_date) from rate r where r.level = '${level}' and ${whose} and r.from_date <= e.day)`;

const COSTS = `
entries as (
  select client_id, coalesce(local_date, started_at::date) as day, role, campaign_id,
    coalesce(seconds, epoch(ended_at - started_at)::bigint) as seconds
  from time_entry where coalesce(local_date, started_at::date) between (select min(month) from months) and $last::date
), time_costs as (
  select client_id, day, campaign_id, (seconds * coalesce(
    ${rateOf('client', 'r.client_id = e.client_id')}, ${rateOf('role', 'r.role = e.role')}, ${rateOf('agency', 'true')}
    ) + 1800) // 3600 as minor
  from entries e
), spent as (
  select c.client_id, d.day, c.campaign_id, c.amount_minor // (c.to_date - c.from_date + 1)
    + case when d.day - c.from_date < c.amount_minor % (c.to_date - c.from_date + 1) then 1 else 0 end as minor
  from client_cost c
  join (select unnest(generate_series((select min(month) from months), $last::date, interval 1 day))::date as day) d
    on d.day between c.from_date and c.to_date
), brought as (
  select c.client_id, c.local_date as day, coalesce(c.campaign_id, p.campaign_id) as campaign_id,
    coalesce(c.amount_minor, 0) as revenue,
    case when c.kind = 'conversion' and c.amount_minor is null then 2000 * c.count else 0 end as priced,
    case when c.kind = 'lead' then c.count else 0 end as leads,
    case when c.kind = 'conversion' then c.count else 0 end as conversions
  from conversion c left join post p on p.client_id = c.client_id and p.post_id = c.post_id
  where c.local_date between (select min(month) from months) and $last::date
), money as (
  select client_id, day, campaign_id, minor as cost, 0 as revenue, 0 as value, 0 as leads, 0 as conversions from time_costs
  union all select client_id, day, campaign_id, minor, 0, 0, 0, 0 from spent
  union all select client_id, day, campaign_id, 0, revenue, revenue + priced, leads, conversions from brought
)`;

// What all clients share goes by their posts, their time, or evenly; whole cents by largest remainder.
const TOOLS = `
spans as (
  select t.id, t.client_id, t.allocation, t.amount_minor as amount,
    (t.starts_on + to_months(n * t.every_months))::date as from_date,
    least((t.starts_on + to_months((n + 1) * t.every_months))::date - 1, t.ends_on) as to_date
  from tool_cost t, unnest(generate_series(0, datediff('month', t.starts_on, t.ends_on) // t.every_months)) u(n)
), touching as (
  select * from spans where from_date <= $last::date and to_date >= (select min(month) from months)
), posts_made as (
  select client_id, day, count(*) as posts
  from (select client_id, post_id, min(published_at)::date as day from placement group by all) group by all
), time_spent as (
  select client_id, coalesce(local_date, started_at::date) as day,
    sum(coalesce(seconds, epoch(ended_at - started_at)::bigint)) as seconds
  from time_entry group by all
), claims as (
  select t.id, t.from_date, t.to_date, t.amount, c.id as client_id, 1 as weight from touching t, client c
  where t.allocation = 'equal' and t.client_id is null
  union all
  select t.id, t.from_date, t.to_date, t.amount, p.client_id, sum(p.posts) from touching t
  join posts_made p on p.day between t.from_date and t.to_date where t.allocation = 'posts' group by all
  union all
  select t.id, t.from_date, t.to_date, t.amount, s.client_id, sum(s.seconds) from touching t
  join time_spent s on s.day between t.from_date and t.to_date where t.allocation = 'seconds' group by all
), weighed as (
  select *, sum(weight) over (partition by id, from_date) as weights from claims where weight > 0
), floored as (
  select *, amount * weight // weights as minor, amount * weight % weights as rest from weighed
), shares as (
  select client_id, from_date, to_date, minor + case when row_number() over (
      partition by id, from_date order by rest desc, weight desc, client_id)
    <= amount - sum(minor) over (partition by id, from_date) then 1 else 0 end as share
  from floored
  union all select client_id, from_date, to_date, amount from touching where client_id is not null
), tools as (
  select s.client_id, m.month, sum(s.share // (s.to_date - s.from_date + 1) * (least(s.to_date, m.month_end) - greatest(s.from_date, m.month) + 1)
      + greatest(0, least(least(s.to_date, m.month_end) - s.from_date + 1, s.share % (s.to_date - s.from_date + 1)) - greatest(0, m.month - s.from_date))) as minor
  from shares s join months m on m.month <= s.to_date and m.month_end >= s.from_date group by all
)`;

// What a metric added on each day it was seen: the last value of the day less the last one before it.
const METRICS = `
days as (
  select s.id, s.client_id, s.level, s.subject, s.platform, s.kind, r.columns, o.local_date as day, min(o."at") as first_at,
    max(o."at") as last_at, arg_min(o.value, o."at") as first_value, arg_max(o.value, o."at") as last_value
  from observation o
  join series s on s.id = o.series_id
  join metric_role r on r.client_id = s.client_id and r.platform = s.platform and r.level = s.level
    and r.metric = s.metric and r.kind = s.kind
  where o.local_date <= $last::date and (contains(r.columns, 'impressions') or contains(r.columns, 'engagement'))
  group by all
), followed as (
  select *, lag(last_value) over (partition by id order by day) as value_before from days
), appeared as (
  select client_id, post_id, platform, min(published_at) as published_at from placement group by all
), deltas as (
  select m.month, f.columns,
    case
      when f.kind = 'daily' then f.last_value
      when f.value_before is not null then f.last_value - f.value_before
      when f.level = 'post' and f.first_at <= p.published_at + interval 48 hours then f.last_value
      when f.last_at > f.first_at then f.last_value - f.first_value
    end as delta
  from followed f join months m on f.day between m.month and m.month_end
  left join appeared p on p.client_id = f.client_id and p.post_id = f.subject and p.platform = f.platform
), metrics as (
  select month, sum(case when contains(columns, 'impressions') then delta end) as impressions,
    sum(case when contains(columns, 'engagement') then delta end) as engagement
  from deltas group by month
)`;

const PERIODS = `
with ${[MONTHS(1), COSTS, TOOLS, METRICS].join(', ')}, counted as (
  select m.month, count(*) as posts
  from (select client_id, post_id, min(published_at)::date as day from placement group by all) o
  join months m on o.day between m.month and m.month_end group by m.month
), summed as (
  select m.month, sum(cost) as cost, sum(revenue) as revenue, sum(value) as value, sum(leads) as leads,
    sum(conversions) as conversions
  from money y join months m on y.day between m.month and m.month_end group by m.month
)
select case when m.month = $first::date then 'current' else 'previous' end as period,
  x.impressions::double as impressions, x.engagement::double as engagement, s.leads::double as leads,
  s.conversions::double as conversions, c.posts::double as posts, s.revenue::double as revenue_minor,
  s.value::double as value_minor, (s.cost + (select coalesce(sum(minor), 0) from tools t where t.month = m.month))::double as cost_minor,
  (select count(*) from post o where o.created_at >= m.month and o.created_at < m.month_end + 1)::double as content,
  (select count(*) from campaign k where k.starts_on <= m.month_end and k.ends_on >= m.month)::double as campaigns
from months m left join metrics x using (month) left join summed s using (month) left join counted c using (month)`;

const AVERAGE_ROI = `
with ${[MONTHS(0), COSTS, TOOLS].join(', ')}, own as (
  select client_id, sum(cost) as cost, sum(value) as value from money group by client_id
), whole as (
  select client_id, coalesce(o.value, 0) as value, coalesce(o.cost, 0) + coalesce(t.minor, 0) as cost
  from own o full join tools t using (client_id)
)
select avg((value - cost)::double / cost) as average_roi from whole where cost > 0`;

const TREND = `
with ${[MONTHS(11), COSTS, TOOLS].join(', ')}
select strftime(m.month, '%Y-%m-%d') as month,
  (sum(y.cost) + (select coalesce(sum(minor), 0) from tools t where t.month = m.month))::double as cost_minor,
  sum(y.value)::double as value_minor
from months m join money y on y.day between m.month and m.month_end group by m.month order by m.month`;

const HIGHLIGHTS = `
with ${[MONTHS(0), COSTS].join(', ')}
select campaign_id, (sum(value) - sum(cost))::double / sum(cost) as roi from money
where campaign_id is not null and day >= $first::date group by client_id, campaign_id having sum(cost) > 0
order by roi desc, sum(value) desc, campaign_id limit 5`;

const STATEMENTS = [PERIODS, AVERAGE_ROI, TREND, HIGHLIGHTS] as const;
