// SQL that both the rollups and what explains them are made with, so that the two cannot differ.

/**
 * What each series added on each of the days `keys (client_id, d)`: the last value of the day less the last before it.
 * `delta` is null where the first that was seen is only where counting starts. What was seen is worked out once: on
 * tables without statistics yet, as after the first import, the planner would do so again for each series.
 */
export const DELTAS = `
seen as materialized (
  select o.series_id, k.client_id, k.d, min(o.at) as first_at, max(o.at) as last_at,
    (array_agg(o.value order by o.at))[1] as first_value, (array_agg(o.value order by o.at desc))[1] as last_value
  from keys k join retainer.observation o on o.agency_id = current_setting('retainer.agency')
    and o.client_id = k.client_id and o.local_date = k.d
  group by 1, 2, 3
), deltas as (
  select seen.client_id, seen.d, s.level, s.subject, s.platform, r.columns, s.id as series_id, s.metric,
    seen.last_value, before.value as value_before,
    case
      when s.kind = 'daily' then seen.last_value
      when before.value is not null then seen.last_value - before.value
      when s.level = 'post' and seen.first_at <= first.published_at + interval '48 hours' then seen.last_value
      when seen.last_at > seen.first_at then seen.last_value - seen.first_value
    end as delta
  from seen
  cross join lateral (select * from retainer.series t where t.agency_id = current_setting('retainer.agency')
    and t.id = seen.series_id offset 0) s
  cross join lateral (select t.columns from retainer.metric_role t where t.agency_id = s.agency_id
    and t.client_id = s.client_id and t.platform = s.platform and t.level = s.level and t.metric = s.metric
    and t.kind = s.kind and t.columns <> '{}' offset 0) r
  left join lateral (
    select p.value from retainer.observation p
    where p.agency_id = s.agency_id and p.series_id = s.id and p.at < seen.first_at and s.kind = 'lifetime'
    order by p.at desc limit 1) before on true
  left join lateral (
    select min(p.published_at) as published_at from retainer.placement p
    where before.value is null and s.level = 'post' and s.kind = 'lifetime'
      and p.agency_id = s.agency_id and p.client_id = s.client_id and p.post_id = s.subject and p.platform = s.platform
  ) first on true
)`;

/** Whether the post or channel of the row `c` on its platform tells impressions, engagement and clicks at all. */
export const TOLD_OF_C = `
    select bool_or('impressions' = any (r.columns)) as impressions, bool_or('engagement' = any (r.columns)) as engagement,
      bool_or('clicks' = any (r.columns)) as clicks
    from retainer.series m
    join retainer.metric_role r on r.agency_id = m.agency_id and r.client_id = m.client_id
      and r.platform = m.platform and r.level = m.level and r.metric = m.metric and r.kind = m.kind
    where m.agency_id = current_setting('retainer.agency') and m.client_id = c.client_id
      and m.level = c.level and m.subject = c.subject and m.platform = c.platform`;
