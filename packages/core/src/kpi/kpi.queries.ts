import type { Instant, LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';

/** A client, in instants: milliseconds since 1970. */
export interface ClientRow {
  readonly id: string;
  /** Of its promises. */
  readonly version: number;
  readonly name: string;
  /** Null: the agency's. */
  readonly currency: string | null;
  readonly createdAt: Instant;
  readonly archivedAt: Instant | null;
}

/** All clients that the agency has or had, by id. */
export async function readClients(sql: SqlSession): Promise<ClientRow[]> {
  return sql.query(
    `select id, version::float8 as version, name, currency, (extract(epoch from created_at) * 1000)::float8 as "createdAt",
       (extract(epoch from archived_at) * 1000)::float8 as "archivedAt"
     from retainer.client where agency_id = current_setting('retainer.agency') order by id`,
    [],
  );
}

/** A client's time on a tier, in instants; one without an end goes on for ever. */
export interface TierTimeRow {
  readonly clientId: string;
  readonly tier: string;
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * All clients' times on tiers, one after another, without those in which a state blocked them. A trial that nobody
 * paid for ends its tier, and so does the archive.
 */
export async function readTierTimes(sql: SqlSession): Promise<TierTimeRow[]> {
  return sql.query(
    `with blocks as (
       select client_id, range_agg(tstzrange(starts_at, ends_at)) as blocked from retainer.blocking_state
       where agency_id = current_setting('retainer.agency') group by client_id
     ), held as (
       select a.client_id, t.key, tstzmultirange(tstzrange(a.starts_at, greatest(a.starts_at,
         coalesce(least(a.ends_at, a.trial_ends_at, c.archived_at), 'infinity')))) as times
       from retainer.assignment a
       join retainer.tier t on t.agency_id = a.agency_id and t.id = a.tier_id
       join retainer.client c on c.agency_id = a.agency_id and c.id = a.client_id
       where a.agency_id = current_setting('retainer.agency'))
     select h.client_id as "clientId", h.key as tier, (extract(epoch from lower(part)) * 1000)::float8 as start,
       (extract(epoch from coalesce(upper(part), 'infinity')) * 1000)::float8 as "end"
     from held h left join blocks b on b.client_id = h.client_id
     cross join lateral unnest(h.times - coalesce(b.blocked, '{}')) part
     order by h.client_id, lower(part)`,
    [],
  );
}

/** A tier as it is called, and the place that its price gives it among the others. */
export interface TierNameRow {
  readonly key: string;
  readonly name: string;
}

/** All tiers, archived ones too, the cheapest first. */
export async function readTierNames(sql: SqlSession): Promise<TierNameRow[]> {
  return sql.query(
    `select t.key, t.name from retainer.tier t
     cross join lateral (
       select v.monthly_minor from retainer.tier_version v
       where v.agency_id = t.agency_id and v.tier_id = t.id order by v.version desc limit 1) v
     where t.agency_id = current_setting('retainer.agency')
     order by v.monthly_minor, t.key`,
    [],
  );
}

/** The instants that make up some days of a client. */
export interface ClientWindow {
  readonly clientId: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** How many posts came into being within each client's window, in whatever state they are by now. */
export async function countContent(
  sql: SqlSession,
  windows: readonly ClientWindow[],
): Promise<bigint> {
  // Most clients share one window: their posts are counted without asking whose each is.
  const [most = [], ...others] = [...Map.groupBy(windows, ({ start, end }) => `${start} ${end}`)]
    .map(([, some]) => some)
    .toSorted((a, b) => b.length - a.length);
  const [shared] = most;
  if (!shared) return 0n;
  const iso = (instant: Instant): string => new Date(instant).toISOString();
  const apart = others.flat();
  const [row] = await sql.query<{ count: string }>(
    `with apart as materialized (
       select * from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) w(client_id, first, past))
     select (
       select count(*) from retainer.post p
       where p.agency_id = current_setting('retainer.agency') and p.created_at >= $1::timestamptz
         and p.created_at < $2::timestamptz and p.client_id not in (select client_id from apart)
     ) + (
       select count(*) from retainer.post p join apart w on w.client_id = p.client_id
       where p.agency_id = current_setting('retainer.agency')
         and p.created_at >= (select min(first) from apart) and p.created_at < (select max(past) from apart)
         and p.created_at >= w.first and p.created_at < w.past
     ) as count`,
    [
      iso(shared.start),
      iso(shared.end),
      apart.map(({ clientId }) => clientId),
      apart.map(({ start }) => iso(start)),
      apart.map(({ end }) => iso(end)),
    ],
  );
  return BigInt(row?.count ?? 0);
}

/** How many posts all clients together published on the days of a range. */
export async function countPosts(
  sql: SqlSession,
  of: DateRange & { readonly currency: string },
): Promise<bigint> {
  const [row] = await sql.query<{ posts: string }>(
    `select coalesce(sum(posts), 0)::text as posts from retainer.rollup_day
     where agency_id = current_setting('retainer.agency') and dimension = 'client'
       and local_date between $1::date and $2::date and currency = $3`,
    [of.startDate, of.endDate, of.currency],
  );
  return BigInt(row?.posts ?? 0);
}

/** The last local day that anything was observed of a client. */
export interface ObservedRow {
  readonly clientId: string;
  readonly day: LocalDate;
}

/** How far the observed metrics of each of these clients reach, or of all, that has any. */
export async function readObserved(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<ObservedRow[]> {
  return sql.query(
    `select c.id as "clientId", o.day::text as day
     from retainer.client c
     cross join lateral (
       select max(o.local_date) as day from retainer.observation o
       where o.agency_id = c.agency_id and o.client_id = c.id) o
     where c.agency_id = current_setting('retainer.agency') and ($1::text[] is null or c.id = any ($1))
       and o.day is not null
     order by c.id`,
    [clientIds ?? null],
  );
}
