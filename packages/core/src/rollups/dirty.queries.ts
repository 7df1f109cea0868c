import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { areToolsSpreadTo } from './tools.queries.ts';

/** The agency's own queue: what concerns all of its clients, or the costs that they share. */
export const AGENCY = '';

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

/** What a reader must know of the queue before it trusts a client's figures. */
export interface Queue {
  /** Whether what some clients do decides what others pay for a tool. */
  readonly isShared: boolean;
  /** Whether something of the client, or of the agency, is not in the figures yet. */
  readonly isDirty: boolean;
  /** Whether something of any client is not. */
  readonly isAnyDirty: boolean;
  /** Whether recurring costs are spread up to the day that was asked about. */
  readonly isSpread: boolean;
}

/** Looks at the queue for one client and a day, in one statement. */
export async function readQueue(
  sql: SqlSession,
  { clientId, until }: { readonly clientId: string; readonly until: LocalDate | undefined },
): Promise<Queue> {
  const [queue] = await sql.query<Queue>(
    `select exists (select from retainer.tool_cost where agency_id = current_setting('retainer.agency')
         and client_id is null and deleted_at is null and allocation in ('posts', 'seconds')) as "isShared",
       exists (select from retainer.dirty where agency_id = current_setting('retainer.agency')
         and client_id in ('', $1)) as "isDirty",
       exists (select from retainer.dirty where agency_id = current_setting('retainer.agency')) as "isAnyDirty",
       $2::date is null or ${areToolsSpreadTo('$2::date')} as "isSpread"`,
    [clientId, until ?? null],
  );
  return queue ?? { isShared: true, isDirty: true, isAnyDirty: true, isSpread: false };
}

/** Which of these clients have something that is not in the figures yet, and whether they can be held. */
export async function readDirtyOf(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<{ clientId: string; hasState: boolean }[]> {
  return sql.query(
    `select k.client_id as "clientId", exists (select from retainer.value_state v
         where v.agency_id = current_setting('retainer.agency') and v.client_id = k.client_id) as "hasState"
     from unnest($1::text[]) k(client_id)
     where exists (select from retainer.dirty d
       where d.agency_id = current_setting('retainer.agency') and d.client_id = k.client_id)`,
    [clientIds],
  );
}

/** The next clients by id with something that is not in the figures yet. */
export async function readDirtyClients(
  sql: SqlSession,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  // A loose scan: from each client straight to the next, however much is queued for each.
  const rows = await sql.query<{ id: string | null }>(
    `with recursive c(id, n) as (
       select (select min(d.client_id) from retainer.dirty d
         where d.agency_id = current_setting('retainer.agency') and d.client_id > $1 collate "C"), 1
       union all
       select (select min(d.client_id) from retainer.dirty d
         where d.agency_id = current_setting('retainer.agency') and d.client_id > c.id), n + 1
       from c where c.id is not null and n < $2)
     select id from c where id is not null`,
    [after, limit],
  );
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}

/** Makes the rows that `lockClients` holds. In a transaction of its own: who adds a row makes others wait for it. */
export async function addStates(sql: SqlSession, clientIds: readonly string[]): Promise<void> {
  await sql.query(
    `insert into retainer.value_state (agency_id, client_id)
     select current_setting('retainer.agency'), id from (select distinct unnest($1::text[]) collate "C" as id) k
     order by id on conflict do nothing`,
    [clientIds],
  );
}

/** Takes clients for this transaction, in one order; `wait: false` passes over those that another one has. */
export async function lockClients(
  sql: SqlSession,
  clientIds: readonly string[],
  { wait }: { readonly wait: boolean },
): Promise<string[]> {
  // Whoever has a client lets go of it after a batch: a reader rather waits for that than be refused.
  if (wait) await sql.query(`select set_config('lock_timeout', '14s', true)`, []);
  const rows = await sql.query<{ id: string }>(
    `select client_id as id from retainer.value_state
     where agency_id = current_setting('retainer.agency') and client_id = any ($1)
     order by client_id for update ${wait ? '' : 'skip locked'}`,
    [clientIds],
  );
  return rows.map((row) => row.id);
}

/** Takes the first `limit` rows of what is queued for clients that this transaction holds. A crash brings them back. */
export async function takeDirty(
  sql: SqlSession,
  clientIds: readonly string[],
  limit: number,
): Promise<{ readonly count: number; readonly rows: readonly DirtyRow[] }> {
  const rows = await sql.query<DirtyRow & { count: number }>(
    `with taken as (
       delete from retainer.dirty d using (
         select client_id, seq from retainer.dirty
         where agency_id = current_setting('retainer.agency') and client_id = any ($1)
         order by client_id, seq limit $2) t
       where d.agency_id = current_setting('retainer.agency') and d.client_id = t.client_id and d.seq = t.seq
       returning d.client_id, d.kind, d.ref, d.from_date)
     select client_id as "clientId", kind, ref, from_date::text as "from", count(*)::int as count from taken
     group by 1, 2, 3, 4`,
    [clientIds, limit],
  );
  return { count: rows.reduce((sum, row) => sum + row.count, 0), rows };
}

/** Counts a refresh: whoever keeps figures by version knows that they are old. */
export async function bumpVersions(
  sql: SqlSession,
  clientIds: readonly string[],
  at: Date,
): Promise<void> {
  if (clientIds.length === 0) return;
  await sql.query(
    `update retainer.value_state set version = version + 1, refreshed_at = $2
     where agency_id = current_setting('retainer.agency') and client_id = any ($1)`,
    [clientIds, at.toISOString()],
  );
}
