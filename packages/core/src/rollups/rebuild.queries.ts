import type { SqlSession } from '../db/sql-session.ts';

/** Takes away all that was derived of a client: its leaves, its rollups and what its metrics feed. */
export async function removeDerived(sql: SqlSession, clientId: string): Promise<void> {
  const own = `agency_id = current_setting('retainer.agency') and client_id = $1`;
  const dimensions = `dimension in ('client', 'platform', 'content_type', 'campaign')`;
  await sql.query(`delete from retainer.leaf where ${own} and kind <> 'tool'`, [clientId]);
  await sql.query(`delete from retainer.rollup_day where ${own} and ${dimensions}`, [clientId]);
  await sql.query(`delete from retainer.rollup_month where ${own} and ${dimensions}`, [clientId]);
  await sql.query(`delete from retainer.metric_role where ${own}`, [clientId]);
}

/** Every derived row of a client as text, in one order; of the agency itself (''), all shares of tools. */
export async function readDerived(sql: SqlSession, clientId: string): Promise<string[]> {
  const rows = await sql.query<{ row: string }>(
    `select 'leaf ' || to_jsonb(l)::text as row from retainer.leaf l
       where l.agency_id = current_setting('retainer.agency')
         and case when $1 = '' then l.kind = 'tool' else l.client_id = $1 and l.kind <> 'tool' end
     union all select 'day ' || to_jsonb(d)::text from retainer.rollup_day d
       where d.agency_id = current_setting('retainer.agency') and d.client_id = $1
         and d.dimension in ('client', 'platform', 'content_type', 'campaign')
     union all select 'month ' || to_jsonb(m)::text from retainer.rollup_month m
       where m.agency_id = current_setting('retainer.agency') and m.client_id = $1
         and m.dimension in ('client', 'platform', 'content_type', 'campaign')
     union all select 'role ' || to_jsonb(r)::text from retainer.metric_role r
       where r.agency_id = current_setting('retainer.agency') and r.client_id = $1
     order by 1`,
    [clientId],
  );
  return rows.map((row) => row.row);
}

/** Queues for a client what the agency's own queue has for all clients and has not passed on yet. */
export async function takeOver(sql: SqlSession, clientId: string): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind, from_date)
     select agency_id, $1, kind, from_date from retainer.dirty
     where agency_id = current_setting('retainer.agency') and client_id = '' and kind in ('rates', 'fx', 'baselines', 'all')`,
    [clientId],
  );
}

/** Queues all that is known of a client, or of the agency's shared costs. */
export async function announceAll(sql: SqlSession, clientId: string): Promise<void> {
  await sql.query(
    `insert into retainer.dirty (agency_id, client_id, kind)
     values (current_setting('retainer.agency'), $1, case when $1 = '' then 'weights' else 'all' end)`,
    [clientId],
  );
}

/** The agency's clients, and '' for itself. */
export async function readRollupClients(sql: SqlSession): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select '' as id union all select id from retainer.client where agency_id = current_setting('retainer.agency') order by 1`,
    [],
  );
  return rows.map((row) => row.id);
}
