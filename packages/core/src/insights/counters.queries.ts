import type { Instant, Meter } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { WRITERS } from '../db/writers.ts';

/** What is taken of a meter in one window; of a level the window has no ends. */
export interface CounterRow {
  readonly clientId: string;
  readonly meter: Meter;
  readonly start: Instant;
  readonly end: Instant;
  readonly taken: number;
  /** `[platform, used, held]` of each, as JSON. */
  readonly platforms: string;
}

/** Which counters to read: those of windows that touch a span of time, of all clients or of some. */
export interface CountersAsked {
  readonly from: Instant;
  /** Windows that start at this instant or later are left out. */
  readonly before: Instant;
  readonly clientIds?: readonly string[] | undefined;
}

const MS = (column: string): string => `date_part('epoch', ${column}) * 1000`;
const iso = (at: Instant): string => new Date(at).toISOString();

/** The counters of windows that touch a span of time. */
export async function readCounters(
  sql: SqlSession,
  { from, before, clientIds }: CountersAsked,
): Promise<CounterRow[]> {
  return sql.query(
    `select client_id as "clientId", meter, ${MS('window_start')} as start,
       ${MS('window_end')} as "end", (used + held)::float8 as taken, platforms::text as platforms
     from retainer.usage_counter
     where agency_id = current_setting('retainer.agency') and window_end > $1::timestamptz
       and window_start < $2::timestamptz and ($3::text[] is null or client_id = any ($3))`,
    [iso(from), iso(before), clientIds ?? null],
  );
}

/** A hold that was denied, or that passed a limit without asking. */
export interface NotedHoldRow {
  readonly clientId: string;
  readonly meter: Meter;
  readonly scheduledAt: Instant;
  readonly quantity: number;
  readonly countBy: 'post' | 'channel';
  readonly units: string;
}

const NOTED = `select client_id as "clientId", meter, ${MS('scheduled_at')} as "scheduledAt",
    quantity::float8 as quantity, count_by as "countBy", units::text as units
  from retainer.hold
  where agency_id = current_setting('retainer.agency') and scheduled_at >= $1::timestamptz
    and scheduled_at < $2::timestamptz and ($3::text[] is null or client_id = any ($3))`;

/** What was asked for in a span of time and denied, and stayed so. */
export async function readDenied(
  sql: SqlSession,
  { from, before, clientIds }: CountersAsked,
): Promise<NotedHoldRow[]> {
  return sql.query(`${NOTED} and status = 'denied'`, [iso(from), iso(before), clientIds ?? null]);
}

/** What hosts did in a span of time without asking, past a limit. */
export async function readUnchecked(
  sql: SqlSession,
  { from, before, clientIds }: CountersAsked,
): Promise<NotedHoldRow[]> {
  return sql.query(
    `${NOTED} and flags::text like '%over_limit_unchecked%' and status in ('held', 'committed')`,
    [iso(from), iso(before), clientIds ?? null],
  );
}

/** By how much a level of a client grew. */
export interface GrowthRow {
  readonly clientId: string;
  readonly meter: Meter;
  readonly grown: number;
}

/** By how much levels grew in a span of time; who is missing did not move. */
export async function readLevelGrowth(
  sql: SqlSession,
  { from, before, clientIds }: CountersAsked,
): Promise<GrowthRow[]> {
  return sql.query(
    `select l.client_id as "clientId", l.meter, sum((line ->> 1)::bigint + (line ->> 2)::bigint)::float8 as grown
     from retainer.usage_ledger l cross join lateral json_array_elements(l.lines) line
     where l.agency_id = current_setting('retainer.agency') and l.meter in ('storage_bytes', 'library_items')
       and l.at > $1::timestamptz and l.at <= $2::timestamptz and ($3::text[] is null or l.client_id = any ($3))
       and line ->> 0 = ''
     group by 1, 2`,
    [iso(from), iso(before), clientIds ?? null],
  );
}

/** A mark of what each client took or was denied in windows and plans that touch a span of time or come after it began. */
export async function readTakenMarks(
  sql: SqlSession,
  { from }: Pick<CountersAsked, 'from'>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ clientId: string; mark: string }>(
    `select client_id as "clientId", string_agg(mark, ' ' order by mark) as mark
     from (
       select client_id, 'c' || count(*) || '/' || sum(revision) as mark from retainer.usage_counter
       where agency_id = current_setting('retainer.agency') and window_end > $1::timestamptz group by 1
       union all
       select client_id, 'd' || ${WRITERS} from retainer.hold
       where agency_id = current_setting('retainer.agency') and scheduled_at >= $1::timestamptz and status = 'denied' group by 1
       union all
       select client_id, 'u' || ${WRITERS} from retainer.hold
       where agency_id = current_setting('retainer.agency') and scheduled_at >= $1::timestamptz
         and flags::text like '%over_limit_unchecked%' group by 1) m
     group by 1 order by 1`,
    [iso(from)],
  );
  return new Map(rows.map(({ clientId, mark }) => [clientId, mark]));
}
