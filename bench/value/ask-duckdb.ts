import { answerOfRows } from './ask-sql.ts';
import { openDuckdb } from './duckdb-facts.ts';
import type { Contender, Question, Row } from './question.ts';

/** DuckDB on the raw facts: no rollup, no leaves; every figure from what was observed and paid. */
export async function byDuckdb(databaseUrl: string, folder: string): Promise<Contender> {
  const { instance } = await openDuckdb(databaseUrl, folder);
  const connection = await instance.connect();
  const prepared = await connection.prepare(MONTH);
  const ask = async ({ clientId, startDate, endDate }: Question): Promise<object[]> => {
    prepared.bind({ client: clientId, first: startDate, last: endDate });
    const reader = await prepared.runAndReadAll();
    return reader.getRowObjectsJS();
  };
  return {
    name: 'duckdb on raw facts',
    callers: [1],
    ask,
    answer: async (question) => answerOfRows((await ask(question)).filter(isRow)),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function isRow(row: object): row is Row & { readonly dimension: string; readonly key: string } {
  return 'dimension' in row && 'costMinor' in row;
}

// What a metric added on each day it was seen: the last value of the day less the last one before it.
const DELTAS = `
days as (
  select s.id, s.level, s.subject, s.platform, s.kind, r.columns, o.local_date as day, min(o."at") as first_at,
    max(o."at") as last_at, arg_min(o.value, o."at") as first_value, arg_max(o.value, o."at") as last_value
  from observation o
  join series s on s.id = o.series_id
  join metric_role r on r.client_id = s.client_id and r.platform = s.platform and r.level = s.level
    and r.metric = s.metric and r.kind = s.kind
  where o.client_id = $client and o.local_date <= $last::date and r.columns <> '{}'
  group by all
), followed as (
  select *, lag(last_value) over (partition by id order by day) as value_before from days
), published as (
  select post_id, platform, min(published_at) as published_at from placement where client_id = $client group by all
), deltas as (
  select f.day, f.level, f.subject, f.platform, f.columns,
    case
      when f.kind = 'daily' then f.last_value
      when f.value_before is not null then f.last_value - f.value_before
      when f.level = 'post' and f.first_at <= p.published_at + interval 48 hours then f.last_value
      when f.last_at > f.first_at then f.last_value - f.first_value
    end as delta
  from followed f left join published p on p.post_id = f.subject and p.platform = f.platform
  where f.day >= $first::date
)`;

// An hour costs what the client agreed on, else its role, else what the agency says, each since a date.
const rateOf = (level: string, whose: string): string => `
    (select arg_max(r.rate_minor, r.from_date) from rate r
     where r.level = '${level}' and ${whose} and r.from_date <= e.day)`;

const TIME = `
entries as (
  select coalesce(local_date, started_at::date) as day, coalesce(seconds, epoch(ended_at - started_at)::bigint) as seconds,
    role, campaign_id, platform, content_type
  from time_entry
  where client_id = $client and coalesce(local_date, started_at::date) between $first::date and $last::date
), time_costs as (
  select day, campaign_id, platform, content_type, (seconds * coalesce(
    ${rateOf('client', 'r.client_id = $client')}, ${rateOf('role', 'r.role = e.role')}, ${rateOf('agency', 'true')}
    ) + 1800) // 3600 as minor
  from entries e
)`;

// A sum over several days is spread evenly; the first days take the odd cents.
const dayShare = (amount: string, from: string, to: string): string => `
    ${amount} // (${to} - ${from} + 1) + case when d.day - ${from} < ${amount} % (${to} - ${from} + 1) then 1 else 0 end`;

const COSTS = `
month as (
  select unnest(generate_series($first::date, $last::date, interval 1 day))::date as day
), spent as (
  select d.day, c.campaign_id, c.platform, ${dayShare('c.amount_minor', 'c.from_date', 'c.to_date')} as minor
  from client_cost c join month d on d.day between c.from_date and c.to_date
  where c.client_id = $client
)`;

// What all clients share goes by their posts, their time, or evenly; whole cents by largest remainder.
const TOOLS = `
spans as (
  select t.id, t.client_id, t.allocation, t.amount_minor as amount, (t.starts_on + to_months(n * t.every_months))::date as from_date,
    least((t.starts_on + to_months((n + 1) * t.every_months))::date - 1, t.ends_on) as to_date
  from tool_cost t, unnest(generate_series(0, datediff('month', t.starts_on, t.ends_on) // t.every_months)) u(n)
  where (t.client_id is null or t.client_id = $client)
), touching as (
  select * from spans where from_date <= $last::date and to_date >= $first::date
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
  select *, minor + case when row_number() over (partition by id, from_date order by rest desc, weight desc, client_id)
    <= amount - sum(minor) over (partition by id, from_date) then 1 else 0 end as share
  from floored
), own_shares as (
  select from_date, to_date, share from shares where client_id = $client
  union all select from_date, to_date, amount from touching where client_id is not null
), tool_costs as (
  select d.day, ${dayShare('s.share', 's.from_date', 's.to_date')} as minor
  from own_shares s join month d on d.day between s.from_date and s.to_date
)`;

const FACTS = `
facts as (
  select d.day, d.platform, p.content_type, p.campaign_id, 0 as posts, 0 as placements, 0 as leads, 0 as conversions,
    0 as cost, 0 as revenue, case when contains(d.columns, 'impressions') then d.delta end as impressions,
    case when contains(d.columns, 'engagement') then d.delta end as engagement,
    case when contains(d.columns, 'clicks') then d.delta end as clicks
  from deltas d left join post p on p.client_id = $client and d.level = 'post' and p.post_id = d.subject
  union all
  select min(l.published_at)::date, null, p.content_type, p.campaign_id, 1, 0, 0, 0, 0, 0, null, null, null
  from placement l join post p on p.client_id = l.client_id and p.post_id = l.post_id
  where l.client_id = $client group by l.post_id, p.content_type, p.campaign_id
  union all
  select l.published_at::date, l.platform, p.content_type, p.campaign_id, 0, 1, 0, 0, 0, 0, null, null, null
  from placement l join post p on p.client_id = l.client_id and p.post_id = l.post_id where l.client_id = $client
  union all
  select c.local_date, c.platform, coalesce(c.content_type, p.content_type), coalesce(c.campaign_id, p.campaign_id), 0, 0,
    case when c.kind = 'lead' then c.count else 0 end, case when c.kind = 'conversion' then c.count else 0 end, 0,
    coalesce(c.amount_minor, 0), null, null, null
  from conversion c left join post p on p.client_id = c.client_id and p.post_id = c.post_id
  where c.client_id = $client
  union all
  select day, platform, content_type, campaign_id, 0, 0, 0, 0, minor, 0, null, null, null from time_costs
  union all
  select day, platform, null, campaign_id, 0, 0, 0, 0, minor, 0, null, null, null from spent
  union all
  select day, null, null, null, 0, 0, 0, 0, minor, 0, null, null, null from tool_costs
)`;

const MONTH = `
with ${[DELTAS, TIME, COSTS, TOOLS, FACTS].join(', ')}, named as (
  select * replace (coalesce(platform, '') as platform, coalesce(content_type, '') as content_type,
    coalesce(campaign_id, '') as campaign_id)
  from facts where day between $first::date and $last::date
)
select
  case when grouping(day) = 0 then 'day' when grouping(platform) = 0 then 'platform'
    when grouping(content_type) = 0 then 'content_type' when grouping(campaign_id) = 0 then 'campaign'
    else 'total' end as dimension,
  coalesce(strftime(day, '%Y-%m-%d'), platform, content_type, campaign_id, '') as key,
  sum(impressions)::double as impressions, sum(engagement)::double as engagement, sum(clicks)::double as clicks,
  
  (case when grouping(platform) = 0 then sum(placements) else sum(posts) end)::double as posts, sum(leads)::double as leads,
  sum(conversions)::double as conversions, sum(cost)::double as "costMinor", sum(revenue)::double as "revenueMinor"
from named
group by grouping sets ((), (day), (platform), (content_type), (campaign_id))
order by dimension, key`;
