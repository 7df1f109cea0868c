import type { SqlSession } from '../../db/sql-session.ts';
import { arrayText } from '../../gate/array-text.ts';
import { seriesName, type ReadObservation, type SeriesKey } from './read-observations.ts';

/** Whose observations these are. */
export interface Owner {
  readonly agencyId: string;
  readonly clientId: string;
}

/** The ids of series, in their order; those that are new are made, once, whoever else makes them now. */
export async function resolveSeries(
  sql: SqlSession,
  owner: Owner,
  series: readonly SeriesKey[],
): Promise<number[]> {
  const names = series.map(seriesName);
  const known = await readSeries(sql, owner, series);
  const missing = (): SeriesKey[] => series.filter((_, place) => !known.has(names[place] ?? ''));
  // A series that another transaction makes now is waited for, and there for the read that follows.
  for (const find of [addSeries, readSeries]) {
    // oxlint-disable-next-line no-await-in-loop -- the second looks for what the first did not make
    for (const [name, id] of await find(sql, owner, missing())) known.set(name, id);
  }
  return names.map((name) => {
    const id = known.get(name);
    if (id === undefined) throw new Error('a series was neither found nor made');
    return id;
  });
}

type NamedSeries = Map<string, number>;

/** `seriesName` in SQL. */
const NAME = "concat_ws(' ', metric, kind, window_days, platform, level, subject)";

// Subject by subject: all that is wanted of one post lies together in the index. "offset 0" keeps it that way.
async function readSeries(
  sql: SqlSession,
  { agencyId, clientId }: Owner,
  series: readonly SeriesKey[],
): Promise<NamedSeries> {
  if (series.length === 0) return new Map();
  const subjects = new Map(series.map((one) => [`${one.level} ${one.subject}`, one]));
  const rows = await sql.query<{ name: string; id: string }>(
    `select ${NAME} as name, id from unnest($3::text[], $4::text[]) k(wanted_level, wanted), lateral (
       select * from retainer.series t where t.agency_id = $1 and t.client_id = $2
         and t.level = k.wanted_level and t.subject = k.wanted and t.metric = any($5::text[]) offset 0) t`,
    [
      agencyId,
      clientId,
      arrayText([...subjects.values()].map(({ level }) => level)),
      arrayText([...subjects.values()].map(({ subject }) => subject)),
      arrayText([...new Set(series.map(({ metric }) => metric))]),
    ],
  );
  return new Map(rows.map(({ name, id }) => [name, Number(id)]));
}

async function addSeries(
  sql: SqlSession,
  { agencyId, clientId }: Owner,
  series: readonly SeriesKey[],
): Promise<NamedSeries> {
  if (series.length === 0) return new Map();
  // In one order for all, so that two callers cannot wait for each other.
  const sorted = series.toSorted((a, b) => (seriesName(a) < seriesName(b) ? -1 : 1));
  const rows = await sql.query<{ name: string; id: string }>(
    `insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind, window_days)
     select $1, $2, level, subject, platform, metric, kind, window_days
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[]) with ordinality
       n(level, subject, platform, metric, kind, window_days, place) order by place
     on conflict do nothing returning ${NAME} as name, id`,
    [
      agencyId,
      clientId,
      arrayText(sorted.map(({ level }) => level)),
      arrayText(sorted.map(({ subject }) => subject)),
      arrayText(sorted.map(({ platform }) => platform)),
      arrayText(sorted.map(({ metric }) => metric)),
      arrayText(sorted.map(({ kind }) => kind)),
      arrayText(sorted.map(({ windowDays }) => windowDays)),
    ],
  );
  return new Map(rows.map(({ name, id }) => [name, Number(id)]));
}

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
 * Writes observations, whose series have these ids; of several of one series at one instant the last. What stands
 * there already is replaced where its value differs, and keeps its day.
 */
export async function writeObservations(
  sql: SqlSession,
  { agencyId, clientId }: Owner,
  { rows, ids }: { readonly rows: readonly ReadObservation[]; readonly ids: readonly number[] },
): Promise<WrittenObservations> {
  const idOf = ({ series }: ReadObservation): number => ids[series] ?? 0;
  // In one order for all, so that two callers cannot wait for each other.
  const all = rows.toSorted((a, b) => idOf(a) - idOf(b) || a.at - b.at);
  const last = all.filter((row, index) => {
    const next = all[index + 1];
    return next?.series !== row.series || next.at !== row.at;
  });
  const [counts] = await sql.query<{ added: string; changed: string }>(WRITE, [
    agencyId,
    clientId,
    arrayText(last.map(idOf)),
    arrayText(last.map(({ at }) => at)),
    arrayText(last.map(({ localDate }) => localDate)),
    arrayText(last.map(({ value }) => value)),
  ]);
  const added = Number(counts?.added);
  const changed = Number(counts?.changed);
  const unchanged = last.length - added - changed;
  return { added, changed, unchanged, repeated: all.length - last.length };
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
