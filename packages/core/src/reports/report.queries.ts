import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReportPeriod } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { ReportFile } from './report-ports.ts';

/** The agencies with clients to look at or reports to take up: ids alone. */
export async function readAgenciesWithWork(em: EntityManager, now: Date): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    'select retainer.agencies_with_report_work(?::timestamptz) as id',
    [now.toISOString()],
  );
  return rows.map((row) => row.id);
}

/** A client that is to be looked at. Instants are milliseconds. */
export interface ScheduledClient {
  readonly clientId: string;
  readonly lookedAt: number | null;
  /** It is archived, or reports are made only when somebody asks. */
  readonly isOff: boolean;
}

/** Takes some clients whose time has come, locked until the transaction ends; none that another transaction has. */
export async function takeScheduled(
  sql: SqlSession,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<ScheduledClient[]> {
  return sql.query(
    `select s.client_id as "clientId", (extract(epoch from s.looked_at) * 1000)::float8 as "lookedAt",
       c.archived_at is not null or not c.scheduled_reports as "isOff"
     from retainer.report_schedule s
     join retainer.client c on c.agency_id = s.agency_id and c.id = s.client_id
     where s.agency_id = current_setting('retainer.agency') and s.next_at <= $1::timestamptz
     order by s.next_at limit $2 for update of s skip locked`,
    [now.toISOString(), limit],
  );
}

/** When a client was looked at and when it is to be looked at again. */
export interface Look {
  readonly clientId: string;
  readonly nextAt: number;
}

/** Notes that clients were looked at. */
export async function noteLooks(sql: SqlSession, now: Date, looks: readonly Look[]): Promise<void> {
  await sql.query(
    `update retainer.report_schedule s set looked_at = $1::timestamptz, next_at = to_timestamp(l.next_at / 1000)
     from unnest($2::text[], $3::float8[]) l (client_id, next_at)
     where s.agency_id = current_setting('retainer.agency') and s.client_id = l.client_id`,
    [now.toISOString(), looks.map((one) => one.clientId), looks.map((one) => one.nextAt)],
  );
}

/** A report that is due. */
export interface PlannedReport extends Pick<ReportPeriod, 'cadence'> {
  readonly id: string;
  readonly clientId: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly countsAt: number;
}

/** Adds reports that are due, to be made at once. What is planned already, by whomever, stays as it is. */
export async function insertPlanned(
  sql: SqlSession,
  now: Date,
  planned: readonly PlannedReport[],
): Promise<number> {
  const rows = await sql.query(
    `insert into retainer.report (agency_id, id, client_id, cadence, start_date, end_date, counts_at, state, created_at,
       next_attempt_at)
     select current_setting('retainer.agency'), p.id, p."clientId", p.cadence, p."startDate", p."endDate",
       to_timestamp(p."countsAt" / 1000), 'due', $1::timestamptz, $1::timestamptz
     from jsonb_to_recordset($2::jsonb) p (id uuid, "clientId" text, cadence text, "startDate" date, "endDate" date,
       "countsAt" float8)
     on conflict do nothing returning id`,
    [now.toISOString(), JSON.stringify(planned)],
  );
  return rows.length;
}

/** Takes up the report that waits longest, for `until` when another may; undefined when none waits that nobody has. */
export async function takeUpNext(
  sql: SqlSession,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>(
    `update retainer.report set next_attempt_at = $2::timestamptz
     where agency_id = current_setting('retainer.agency') and id = (
       select id from retainer.report
       where agency_id = current_setting('retainer.agency') and next_attempt_at <= $1::timestamptz
       order by next_attempt_at, id limit 1 for update skip locked)
     returning id`,
    [now.toISOString(), until.toISOString()],
  );
  return row?.id;
}

/** The file of a report, if it has one by now. */
export async function readFile(sql: SqlSession, reportId: string): Promise<ReportFile | undefined> {
  const [row] = await sql.query<ReportFile>(
    `select name, media_type as "mediaType", bytes from retainer.report_file
     where agency_id = current_setting('retainer.agency') and report_id = $1`,
    [reportId],
  );
  return row;
}

/** Keeps the file of a report. The first one stays: what people were given is never another. */
export async function keepFile(
  sql: SqlSession,
  reportId: string,
  { name, mediaType, bytes }: ReportFile,
): Promise<void> {
  await sql.query(
    `insert into retainer.report_file (agency_id, report_id, name, media_type, bytes)
     values (current_setting('retainer.agency'), $1, $2, $3, $4) on conflict do nothing`,
    [reportId, name, mediaType, Buffer.from(bytes)],
  );
}
