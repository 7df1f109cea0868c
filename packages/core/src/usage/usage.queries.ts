import type { Meter } from '@retainer/domain';
import type { Pool } from 'pg';

import type { SqlSession } from '../db/sql-session.ts';

/** An alert's row. Instants are milliseconds; of a level the window has no ends. */
export interface AlertRow {
  readonly id: string;
  readonly meter: Meter;
  readonly window_start: number;
  readonly window_end: number;
  readonly threshold: 80 | 100;
  readonly limit_value: number;
  readonly at: number;
}

/** The alerts a client was given, in the order they were. */
export async function selectAlerts(
  session: SqlSession,
  page: {
    readonly agencyId: string;
    readonly clientId: string;
    readonly after: string;
    readonly limit: number;
  },
): Promise<AlertRow[]> {
  return session.query<AlertRow>(
    `select id::text, meter, (extract(epoch from window_start) * 1000)::float8 as window_start,
       (extract(epoch from window_end) * 1000)::float8 as window_end, threshold,
       limit_value::float8 as limit_value, (extract(epoch from at) * 1000)::float8 as at
     from retainer.alert
     where agency_id = $1 and client_id = $2 and emitted and id > $3::bigint
     order by id limit $4`,
    [page.agencyId, page.clientId, page.after, page.limit],
  );
}

/** Every agency there is: ids alone. */
export async function selectAgencyIds(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select retainer.agency_ids() as id');
  return rows.map((row) => row.id);
}

/** Agencies with holds past their end, and those with recurring posts. */
export async function selectAgenciesToSweep(pool: Pool, at: Date): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select retainer.agencies_with_due_holds($1::timestamptz) as id
     union select retainer.agencies_with_recurring_posts()`,
    [at.toISOString()],
  );
  return rows.map((row) => row.id);
}

/** Clients of one agency with holds past their end. */
export async function selectDueClients(pool: Pool, agencyId: string, at: Date): Promise<string[]> {
  const rows = await inAgency<{ client_id: string }>(pool, agencyId, {
    text: `select distinct client_id from retainer.hold
     where agency_id = $1 and status = 'held' and expires_at <= $2::timestamptz`,
    values: [agencyId, at.toISOString()],
  });
  return rows.map((row) => row.client_id);
}

/** Recurring posts of one agency that the host still has. */
export async function selectRecurringPosts(
  pool: Pool,
  agencyId: string,
): Promise<{ readonly client_id: string; readonly post_ids: string[] }[]> {
  return inAgency(pool, agencyId, {
    text: `select client_id, array_agg(post_id) as post_ids from retainer.post
     where agency_id = $1 and every_days is not null and state in ('scheduled', 'failed', 'published')
     group by client_id`,
    values: [agencyId],
  });
}

/** A counter that is not what its ledger says. */
export interface DriftRow {
  readonly client_id: string;
  readonly meter: Meter;
  readonly platform: string;
  readonly window_start: string;
  readonly used: number;
  readonly held: number;
  readonly ledger_used: number;
  readonly ledger_held: number;
}

/** Counters against the sums of their ledger; no rows when all is well. */
export async function selectDrift(pool: Pool, agencyId: string): Promise<DriftRow[]> {
  return inAgency<DriftRow>(pool, agencyId, {
    text: `with ledger as (
       select l.client_id, l.meter, line ->> 0 as platform, l.window_start,
         sum((line ->> 1)::bigint) as used, sum((line ->> 2)::bigint) as held
       from retainer.usage_ledger l, json_array_elements(l.lines) line
       where l.agency_id = $1 group by 1, 2, 3, 4)
     select coalesce(c.client_id, l.client_id) as client_id, coalesce(c.meter, l.meter) as meter,
       coalesce(c.platform, l.platform) as platform, coalesce(c.window_start, l.window_start)::text as window_start,
       coalesce(c.used, 0)::float8 as used, coalesce(c.held, 0)::float8 as held,
       coalesce(l.used, 0)::float8 as ledger_used, coalesce(l.held, 0)::float8 as ledger_held
     from (
       select u.client_id, u.meter, p.platform, u.window_start, p.used, p.held
       from retainer.usage_counter u, lateral (
         select '' as platform, u.used, u.held
         union all select line ->> 0, (line ->> 1)::bigint, (line ->> 2)::bigint
         from json_array_elements(u.platforms) line) p
       where u.agency_id = $1) c
     full join ledger l on l.client_id = c.client_id and l.meter = c.meter and l.platform = c.platform
       and l.window_start = c.window_start
     where coalesce(c.used, 0) <> coalesce(l.used, 0) or coalesce(c.held, 0) <> coalesce(l.held, 0)
     order by 1, 2, 3, 4`,
    values: [agencyId],
  });
}

async function inAgency<T>(
  pool: Pool,
  agencyId: string,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<T[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('retainer.agency', $1, true)", [agencyId]);
    // Upkeep reads all there is of an agency and may take its time.
    await client.query("set local statement_timeout = '10min'");
    const { rows } = await client.query(text, [...values]);
    return rows as T[];
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
