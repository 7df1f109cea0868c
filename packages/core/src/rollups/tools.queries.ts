import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** How the clients of an agency share what a tool costs. */
export type ToolAllocation = 'equal' | 'active_days' | 'posts' | 'seconds' | 'custom';

/** A tool that is paid for. */
export interface ToolRow {
  readonly id: string;
  readonly clientId: string | null;
  readonly allocation: ToolAllocation;
  readonly weights: Readonly<Record<string, string>> | null;
  readonly amountMinor: string;
  readonly currency: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly everyMonths: number | null;
}

/** Whether what some clients do decides what others pay for a tool. */
export async function hasSharedWeights(sql: SqlSession): Promise<boolean> {
  const rows = await sql.query(
    `select from retainer.tool_cost where agency_id = current_setting('retainer.agency')
       and client_id is null and deleted_at is null and allocation in ('posts', 'seconds') limit 1`,
    [],
  );
  return rows.length > 0;
}

/** Queues the tools that are shared by posts or seconds, where what was tracked from a day on has changed. */
export async function announceWeights(sql: SqlSession, from: LocalDate): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, from_date)
     select current_setting('retainer.agency'), '', 'weights', $1::date
     where exists (select from retainer.tool_cost where agency_id = current_setting('retainer.agency')
       and client_id is null and deleted_at is null and allocation in ('posts', 'seconds')
       and (every_months is null or ends_on is null or ends_on >= $1::date)
       and (every_months is not null or ends_on >= $1::date))`,
    [from],
  );
}

/** Sees to it that tools paid for again and again are spread up to a day; answers whether that changed anything. */
export async function spreadToolsUntil(sql: SqlSession, until: LocalDate): Promise<void> {
  await sql.query(
    `with moved as (
       insert into retainer.value_state as v (agency_id, client_id, tools_until)
       select current_setting('retainer.agency'), '', $1::date + 31
       where exists (select from retainer.tool_cost where agency_id = current_setting('retainer.agency')
         and every_months is not null and deleted_at is null)
       on conflict (agency_id, client_id) do update set tools_until = excluded.tools_until
       where v.tools_until is null or v.tools_until < $1::date
       returning agency_id)
     insert into retainer.dirty (agency_id, client_id, kind) select agency_id, '', 'weights' from moved`,
    [until],
  );
}

/** Whether tools are spread up to a day already. */
export async function areToolsSpread(sql: SqlSession, until: LocalDate): Promise<boolean> {
  const rows = await sql.query(
    `select from retainer.tool_cost t where agency_id = current_setting('retainer.agency')
       and every_months is not null and deleted_at is null
       and not exists (select from retainer.value_state v where v.agency_id = t.agency_id and v.client_id = ''
         and v.tools_until >= $1::date) limit 1`,
    [until],
  );
  return rows.length === 0;
}

/** The day up to which recurring tools are spread now, if that was ever decided. */
export async function readToolsUntil(sql: SqlSession): Promise<LocalDate | undefined> {
  const rows = await sql.query<{ until: LocalDate | null }>(
    `select tools_until::text as until from retainer.value_state
     where agency_id = current_setting('retainer.agency') and client_id = ''`,
    [],
  );
  return rows[0]?.until ?? undefined;
}

/** The tools that still stand, of these ids or of the whole agency. */
export async function readTools(
  sql: SqlSession,
  ids: readonly string[] | undefined,
): Promise<ToolRow[]> {
  return sql.query(
    `select id, client_id as "clientId", allocation, weights, amount_minor::text as "amountMinor", currency,
       starts_on::text as "startsOn", ends_on::text as "endsOn", every_months as "everyMonths"
     from retainer.tool_cost
     where agency_id = current_setting('retainer.agency') and deleted_at is null
       and ($1::uuid[] is null or id = any ($1::uuid[]))`,
    [ids ?? null],
  );
}

/** Takes away the leaves of tools, those that end on a day or later. */
export async function removeToolLeaves(
  sql: SqlSession,
  { ids, from }: { readonly ids: readonly string[] | undefined; readonly from: LocalDate },
): Promise<void> {
  await sql.query(
    `delete from retainer.leaf where agency_id = current_setting('retainer.agency') and kind = 'tool'
       and ($1::text[] is null or fact_id = any ($1::text[])) and to_date >= $2::date`,
    [ids ?? null, from],
  );
}

/** The clients that a cost of the agency can fall on: those not archived before a day. */
export async function readSharers(
  sql: SqlSession,
): Promise<{ id: string; archivedOn: LocalDate | null }[]> {
  return sql.query(
    `select id, archived_at::date::text as "archivedOn" from retainer.client
     where agency_id = current_setting('retainer.agency') order by id`,
    [],
  );
}

/** What each client tracked or published between two days, both included. */
export async function readActivity(
  sql: SqlSession,
  span: { readonly from: LocalDate; readonly to: LocalDate; readonly currency: string },
): Promise<{ clientId: string; posts: string; seconds: string }[]> {
  return sql.query(
    `select client_id as "clientId", sum(posts)::text as posts, sum(seconds)::text as seconds
     from retainer.rollup_day
     where agency_id = current_setting('retainer.agency') and dimension = 'client'
       and local_date between $1::date and $2::date and currency = $3
     group by client_id`,
    [span.from, span.to, span.currency],
  );
}

/** On how many local days between two, both included, each client had a tier that was active or trialing. */
export async function readActiveDays(
  sql: SqlSession,
  span: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<{ clientId: string; days: string }[]> {
  return sql.query(
    `select c.id as "clientId", count(*)::text as days
     from retainer.client c
     join retainer.agency g on g.id = c.agency_id
     cross join generate_series($1::date::timestamp, $2::date::timestamp, '1 day') d
     cross join lateral (select tstzrange(d at time zone coalesce(c.time_zone, g.time_zone),
       (d + interval '1 day') at time zone coalesce(c.time_zone, g.time_zone)) as day) t
     where c.agency_id = current_setting('retainer.agency')
       and exists (select from retainer.assignment a where a.agency_id = c.agency_id and a.client_id = c.id
         and tstzrange(a.starts_at, least(a.ends_at, a.trial_ends_at)) && t.day)
       and not exists (select from retainer.blocking_state b where b.agency_id = c.agency_id and b.client_id = c.id
         and tstzrange(b.starts_at, b.ends_at) @> t.day)
     group by c.id`,
    [span.from, span.to],
  );
}
