import type { MetricKind, RollupColumn } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** A metric that a client's platform reports, and the totals that it feeds. */
export interface MetricRole {
  readonly clientId: string;
  readonly platform: string;
  readonly level: 'post' | 'account';
  readonly metric: string;
  readonly kind: MetricKind;
  readonly columns: readonly RollupColumn[];
}

/** What is known to be reported for these clients. */
export async function readRoles(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<MetricRole[]> {
  return sql.query(
    `select client_id as "clientId", platform, level, metric, kind, columns from retainer.metric_role
     where agency_id = current_setting('retainer.agency') and client_id = any ($1)`,
    [clientIds],
  );
}

/** Keeps what each metric feeds. */
export async function writeRoles(sql: SqlSession, roles: readonly MetricRole[]): Promise<void> {
  if (roles.length === 0) return;
  await sql.query(
    `insert into retainer.metric_role (agency_id, client_id, platform, level, metric, kind, columns)
     select current_setting('retainer.agency'), r."clientId", r.platform, r.level, r.metric, r.kind,
       array(select json_array_elements_text(r.columns))
     from json_to_recordset($1::json) r("clientId" text, platform text, level text, metric text, kind text, columns json)
     on conflict (agency_id, client_id, platform, level, metric, kind) do update set columns = excluded.columns`,
    [JSON.stringify(roles)],
  );
}

/** The days on which a platform of a client was measured. */
export async function readMeasuredDays(
  sql: SqlSession,
  platforms: readonly { readonly clientId: string; readonly platform: string }[],
): Promise<{ clientId: string; date: string }[]> {
  return sql.query(
    `select distinct k.client_id as "clientId", o.local_date::text as date
     from unnest($1::text[], $2::text[]) k(client_id, platform)
     join retainer.series s on s.agency_id = current_setting('retainer.agency') and s.client_id = k.client_id
       and s.platform = k.platform
     join retainer.observation o on o.agency_id = s.agency_id and o.series_id = s.id`,
    [platforms.map((one) => one.clientId), platforms.map((one) => one.platform)],
  );
}

/** The days on which posts of a platform's client became public: what "measured" says of them may have changed. */
export async function readPostDays(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<{ clientId: string; date: string }[]> {
  return sql.query(
    `select distinct client_id as "clientId", from_date::text as date from retainer.leaf
     where agency_id = current_setting('retainer.agency') and client_id = any ($1) and kind = 'post'`,
    [clientIds],
  );
}
