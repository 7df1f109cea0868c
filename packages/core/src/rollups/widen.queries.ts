import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

const AGENCY_ID = `current_setting('retainer.agency')`;

/** Queues for each client what was announced to the whole agency. */
export async function passOn(
  sql: SqlSession,
  rows: readonly { readonly kind: string; readonly from: LocalDate | null }[],
): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, from_date)
     select c.agency_id, c.id, k.kind, k.from_date
     from unnest($1::text[], $2::date[]) k(kind, from_date) join retainer.client c on c.agency_id = ${AGENCY_ID}`,
    [rows.map((row) => row.kind), rows.map((row) => row.from)],
  );
}

/** Queues the time entries of these clients that lie on a day or after it. */
export async function queueEntriesFrom(
  sql: SqlSession,
  clients: readonly { readonly clientId: string; readonly from: LocalDate | null }[],
): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, ref)
     select e.agency_id, e.client_id, 'time', e.id::text
     from (select client_id, min(from_date) as from_date from unnest($1::text[], $2::date[]) k(client_id, from_date)
       group by client_id) k
     join retainer.time_entry e on e.agency_id = ${AGENCY_ID} and e.client_id = k.client_id
       and coalesce(e.local_date, (e.ended_at at time zone 'UTC')::date + 1) >= k.from_date`,
    [clients.map((client) => client.clientId), clients.map((client) => client.from)],
  );
}

/** Queues the facts of these clients whose amount no rate gives yet. */
export async function queueMissing(sql: SqlSession, clientIds: readonly string[]): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, ref)
     select distinct agency_id, client_id, case when kind in ('time', 'saved') then 'time'
       when kind in ('ad_spend', 'other') then 'cost' else 'conversion' end, fact_id
     from retainer.leaf
     where agency_id = ${AGENCY_ID} and client_id = any ($1) and missing and kind <> 'tool'`,
    [clientIds],
  );
}

/** Queues the posts of these clients that were published, for a change of the assumptions about them. */
export async function queuePublished(sql: SqlSession, clientIds: readonly string[]): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, ref)
     select distinct agency_id, client_id, 'post', post_id from retainer.placement
     where agency_id = ${AGENCY_ID} and client_id = any ($1)`,
    [clientIds],
  );
}

/** Queues every fact, metric and day of these clients. */
export async function queueEverything(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<void> {
  const own = `agency_id = ${AGENCY_ID} and client_id = any ($1)`;
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, ref)
     select agency_id, client_id, 'time', id::text from retainer.time_entry where ${own}
     union all select agency_id, client_id, 'cost', id::text from retainer.client_cost where ${own}
     union all select agency_id, client_id, 'conversion', id::text from retainer.conversion where ${own}
     union all select distinct agency_id, client_id, 'post', post_id from retainer.placement where ${own}
     union all select distinct agency_id, client_id, 'series',
       jsonb_build_array(platform, level, metric, kind)::text from retainer.series where ${own}`,
    [clientIds],
  );
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, from_date)
     select agency_id, client_id, 'day', local_date from retainer.observation where ${own}
     union select agency_id, client_id, 'day', local_date from retainer.rollup_day
       where ${own} and dimension in ('client', 'platform', 'content_type', 'campaign')
     union select agency_id, client_id, 'day', generate_series(from_date, to_date, '1 day')::date from retainer.leaf
       where ${own} and kind <> 'tool'`,
    [clientIds],
  );
}
