import type { SqlSession } from '../../db/sql-session.ts';
import { arrayText } from '../../gate/array-text.ts';
import type { ReadObservation, SeriesKey } from './read-observations.ts';

/** Whose observations these are. */
export interface Owner {
  readonly agencyId: string;
  readonly clientId: string;
}

/** The ids of series, in their order; those that are new are made, once, whoever else makes them now. */
export async function resolveSeries(
  sql: SqlSession,
  { agencyId, clientId }: Owner,
  series: readonly SeriesKey[],
): Promise<number[]> {
  const ids: number[] = [];
  const keys = [
    series.map((one) => one.level),
    series.map((one) => one.subject),
    series.map((one) => one.platform),
    series.map((one) => one.metric),
    series.map((one) => one.kind),
    series.map((one) => one.windowDays),
  ];
  const values = [agencyId, clientId, ...keys.map(arrayText)];
  // A series that another transaction makes now is waited for, and seen by the statement after.
  for (const statement of [RESOLVE, RESOLVE]) {
    // oxlint-disable-next-line no-await-in-loop -- the second only when the first left some out
    const rows = await sql.query<{ place: string; id: string }>(statement, values);
    for (const { place, id } of rows) ids[Number(place) - 1] = Number(id);
    if (rows.length === series.length) return ids;
  }
  throw new Error('a series was neither found nor made');
}

// One index look-up for each key; "offset 0" keeps the planner from reading all series of the client.
const RESOLVE = `
with wanted as materialized (
  select w.*, s.id from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
    with ordinality w(level, subject, platform, metric, kind, window_days, place)
  left join lateral (
    select t.id from retainer.series t
    where t.agency_id = $1 and t.client_id = $2 and t.level = w.level and t.subject = w.subject
      and t.platform = w.platform and t.metric = w.metric and t.kind = w.kind and t.window_days = w.window_days
    offset 0) s on true
), added as (
  insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind, window_days)
  select $1, $2, level, subject, platform, metric, kind, window_days from wanted where id is null
  -- In one order for all, so that two callers cannot wait for each other.
  order by level, subject collate "C", platform collate "C", metric collate "C", kind, window_days
  on conflict do nothing
  returning id, level, subject, platform, metric, kind, window_days
)
select place, id from wanted where id is not null
union all
select w.place, a.id from wanted w join added a using (level, subject, platform, metric, kind, window_days)`;

/** What writing observations came to. */
export interface WrittenObservations {
  readonly added: number;
  /** Those that stood there with another value. */
  readonly changed: number;
  /** Those that stood there as they are. */
  readonly unchanged: number;
  /** Those that a later one of the same list replaces. */
  readonly repeated: number;
}

/**
 * Writes observations; of several of one series at one instant the last. What stands there already is replaced where
 * its value differs, and keeps its day.
 */
export async function writeObservations(
  sql: SqlSession,
  { agencyId, clientId }: Owner,
  rows: readonly (ReadObservation & { readonly seriesId: number })[],
): Promise<WrittenObservations> {
  // In one order for all, so that two callers cannot wait for each other.
  const all = rows.toSorted((a, b) => a.seriesId - b.seriesId || a.at - b.at);
  const sorted = all.filter((row, index) => {
    const next = all[index + 1];
    return next?.seriesId !== row.seriesId || next.at !== row.at;
  });
  const [counts] = await sql.query<{ added: string; changed: string }>(WRITE, [
    agencyId,
    clientId,
    arrayText(sorted.map((row) => row.seriesId)),
    arrayText(sorted.map((row) => row.at)),
    arrayText(sorted.map((row) => row.localDate)),
    arrayText(sorted.map((row) => row.value)),
  ]);
  const added = Number(counts?.added);
  const changed = Number(counts?.changed);
  const unchanged = sorted.length - added - changed;
  return { added, changed, unchanged, repeated: all.length - sorted.length };
}

// xmax is 0 in a row that was not there before.
const WRITE = `
with written as (
  insert into retainer.observation as o (agency_id, series_id, at, client_id, local_date, value)
  select $1, n.series_id, to_timestamp(n.at / 1000), $2, n.local_date, n.value
  from unnest($3::bigint[], $4::float8[], $5::date[], $6::numeric[]) n(series_id, at, local_date, value)
  on conflict (agency_id, series_id, at) do update set value = excluded.value
    where o.value is distinct from excluded.value
  returning o.xmax = 0 as is_new
)
select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as changed from written`;
