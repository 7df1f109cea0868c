import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** What a fact's change says: whose figures, and what to look at. */
export interface DirtyRow {
  readonly clientId: string;
  readonly kind:
    | 'day'
    | 'time'
    | 'tool'
    | 'cost'
    | 'conversion'
    | 'post'
    | 'rates'
    | 'fx'
    | 'baselines'
    | 'series'
    | 'weights'
    | 'all';
  readonly ref: string;
  readonly from: LocalDate | null;
}

/** Whether something of these clients is not in the rollups yet. */
export async function hasDirty(sql: SqlSession, clientIds: readonly string[]): Promise<boolean> {
  const rows = await sql.query(
    `select from unnest($1::text[]) k(client_id)
     where exists (select from retainer.dirty d
       where d.agency_id = current_setting('retainer.agency') and d.client_id = k.client_id)`,
    [clientIds],
  );
  return rows.length > 0;
}

/** The clients of the agency with something that is not in the rollups yet; '' is the agency itself. */
export async function readDirtyClients(sql: SqlSession, limit: number): Promise<string[]> {
  // A loose scan: from each client straight to the next, however much is queued for each.
  const rows = await sql.query<{ id: string | null }>(
    `with recursive c(id, n) as (
       select (select min(d.client_id) from retainer.dirty d where d.agency_id = current_setting('retainer.agency')), 1
       union all
       select (select min(d.client_id) from retainer.dirty d
         where d.agency_id = current_setting('retainer.agency') and d.client_id > c.id), n + 1
       from c where c.id is not null and n < $1)
     select id from c where id is not null`,
    [limit],
  );
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}

/** Takes the clients for this transaction, in one order; `wait: false` passes over those that another one has. */
export async function lockClients(
  sql: SqlSession,
  clientIds: readonly string[],
  { wait }: { readonly wait: boolean },
): Promise<string[]> {
  const sorted = [...new Set(clientIds)];
  await sql.query(
    `insert into retainer.value_state (agency_id, client_id)
     select current_setting('retainer.agency'), id from unnest($1::text[]) id
     where not exists (select from retainer.value_state v
       where v.agency_id = current_setting('retainer.agency') and v.client_id = id)
     order by id collate "C" on conflict do nothing`,
    [sorted],
  );
  const rows = await sql.query<{ id: string }>(
    `select client_id as id from retainer.value_state
     where agency_id = current_setting('retainer.agency') and client_id = any ($1)
     order by client_id for update ${wait ? '' : 'skip locked'}`,
    [sorted],
  );
  return rows.map((row) => row.id);
}

/** Takes away what is queued for clients that this transaction holds. A crash brings it back. */
export async function takeDirty(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<DirtyRow[]> {
  return sql.query(
    `with taken as (
       delete from retainer.dirty where agency_id = current_setting('retainer.agency') and client_id = any ($1)
       returning client_id, kind, ref, from_date)
     select distinct client_id as "clientId", kind, ref, from_date::text as "from" from taken`,
    [clientIds],
  );
}

/** Counts a refresh: whoever keeps figures by version knows that they are old. */
export async function bumpVersions(
  sql: SqlSession,
  clientIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update retainer.value_state set version = version + 1, refreshed_at = $2
     where agency_id = current_setting('retainer.agency') and client_id = any ($1)`,
    [clientIds, at.toISOString()],
  );
}
