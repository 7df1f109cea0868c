import type { Instant, LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** What an answer rests on, beside what it always does. */
export interface MarkAsked {
  readonly now: Instant;
  /** The months whose plans are judged, by their first days. */
  readonly months: readonly LocalDate[];
}

const OWN = `agency_id = current_setting('retainer.agency')`;
// Whatever is written gets a higher xmin than all before it, so no change leaves both the count and the sum as they were.
const XMIN = `count(*) || '/' || coalesce(sum(xmin::text::bigint), 0)`;
const all = (table: string, where = ''): string =>
  `(select ${XMIN} from retainer.${table} where ${OWN} ${where})`;
// As far back as wishes are looked at, and a week that is longer after a change of calendar.
const SINCE = `$1::timestamptz - interval '100 days'`;

/**
 * A text that every committed change of what a dashboard rests on makes another: figures by the versions of their
 * refresh, promises by theirs, counters by how often they were written, and the rest by who wrote it last. Nothing
 * while facts are written that are not in the figures yet.
 */
export async function readMark(
  sql: SqlSession,
  { now, months }: MarkAsked,
): Promise<string | undefined> {
  const [row] = await sql.query<{ isSettled: boolean; mark: string }>(
    `select not exists (select from retainer.dirty where ${OWN}) as "isSettled", concat_ws(' ',
       (select xmin from retainer.agency where id = current_setting('retainer.agency')),
       (select count(*) || '/' || coalesce(sum(version), 0) from retainer.value_state where ${OWN}),
       (select sum(version) from retainer.client where ${OWN}), ${all('client')},
       ${all('tier')}, ${all('tier_version')}, ${all('campaign')}, ${all('exchange_rate')}, ${all('annotation')},
       ${all('target', 'and month = any ($2::date[])')}, ${all('budget', 'and month = any ($2::date[])')},
       (select count(*) || '/' || coalesce(sum(revision), 0) from retainer.usage_counter
        where ${OWN} and window_end > ${SINCE}),
       (select count(*) || '/' || coalesce(sum(step), 0) from retainer.hold
        where ${OWN} and scheduled_at >= ${SINCE} and status = 'denied'),
       (select count(*) || '/' || coalesce(sum(step), 0) from retainer.hold
        where ${OWN} and scheduled_at >= ${SINCE} and flags::text like '%over_limit_unchecked%'),
       -- By the real clock none comes into being further back.
       (select count(*) from retainer.post where ${OWN} and created_at >= $1::timestamptz - interval '1 day')) as mark`,
    [new Date(now).toISOString(), months],
  );
  return row?.isSettled ? row.mark : undefined;
}
