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

/**
 * Queues the tools that clients share, where what was tracked from a day on has changed. Whether there is such a tool
 * is not asked: one that is being added at this moment cannot be seen.
 */
export async function announceWeights(sql: SqlSession, from: LocalDate): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, from_date)
     values (current_setting('retainer.agency'), '', 'weights', $1::date)`,
    [from],
  );
}

// What has begun by a day and may have a span that nobody has spread yet.
const openEnded = (
  day: string,
): string => `t.agency_id = current_setting('retainer.agency') and t.deleted_at is null
  and t.starts_on <= ${day} and (t.every_months is not null or not exists (select from retainer.value_state v
    where v.agency_id = t.agency_id and v.client_id = '' and v.tools_until >= t.starts_on))`;

/** Whether tools are spread up to a day already, as SQL. */
export function areToolsSpreadTo(day: string): string {
  return `not exists (select from retainer.tool_cost t where ${openEnded(day)}
    and not exists (select from retainer.value_state v where v.agency_id = t.agency_id and v.client_id = ''
      and v.tools_until >= ${day}))`;
}

/** Sees to it that tools paid for again and again are spread up to a day, and somewhat beyond. */
export async function spreadToolsUntil(sql: SqlSession, until: LocalDate): Promise<void> {
  await sql.query(
    `with moved as (
       insert into retainer.value_state as v (agency_id, client_id, tools_until)
       select current_setting('retainer.agency'), '', $1::date + 31
       where exists (select from retainer.tool_cost t where ${openEnded('$1::date')})
       on conflict (agency_id, client_id) do update set tools_until = excluded.tools_until
       where v.tools_until is null or v.tools_until < $1::date
       returning agency_id)
     insert into retainer.dirty (agency_id, client_id, kind) select agency_id, '', 'weights' from moved`,
    [until],
  );
}

/** Whether tools are spread up to a day already. */
export async function areToolsSpread(sql: SqlSession, until: LocalDate): Promise<boolean> {
  const [row] = await sql.query<{ isSpread: boolean }>(
    `select ${areToolsSpreadTo('$1::date')} as "isSpread"`,
    [until],
  );
  return row?.isSpread ?? false;
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

/** Decides up to which day recurring tools are spread. The caller holds the agency's own row. */
export async function writeToolsUntil(sql: SqlSession, until: LocalDate): Promise<void> {
  await sql.query(
    `update retainer.value_state set tools_until = $1::date
     where agency_id = current_setting('retainer.agency') and client_id = ''`,
    [until],
  );
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

/** A client that a cost of the agency can fall on. */
export interface SharerRow {
  readonly id: string;
  readonly currency: string;
  /** Milliseconds since 1970. */
  readonly archivedAt: number | null;
}

/** The clients of the agency, by id. */
export async function readSharers(sql: SqlSession): Promise<SharerRow[]> {
  return sql.query(
    `select c.id, coalesce(c.currency, g.currency) as currency,
       (extract(epoch from c.archived_at) * 1000)::float8 as "archivedAt"
     from retainer.client c join retainer.agency g on g.id = c.agency_id
     where c.agency_id = current_setting('retainer.agency') order by c.id`,
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

/** A stretch in which a client had a tier, or was stopped. Milliseconds since 1970; null has no end. */
export interface TierTimeRow {
  readonly clientId: string;
  readonly isBlocked: boolean;
  readonly start: number;
  readonly end: number | null;
}

/** When each client had a tier or was stopped, as far as it touches days between two, both included. */
export async function readTierTimes(
  sql: SqlSession,
  span: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<TierTimeRow[]> {
  return sql.query(
    `select client_id as "clientId", blocked as "isBlocked", (extract(epoch from starts_at) * 1000)::float8 as start,
       (extract(epoch from ends_at) * 1000)::float8 as "end"
     from (
       select client_id, false as blocked, starts_at, least(ends_at, trial_ends_at) as ends_at
       from retainer.assignment where agency_id = current_setting('retainer.agency')
       union all
       select client_id, true, starts_at, ends_at
       from retainer.blocking_state where agency_id = current_setting('retainer.agency')) t
     where starts_at < $2::date + 3 and (ends_at is null or ends_at > $1::date - 2)`,
    [span.from, span.to],
  );
}
