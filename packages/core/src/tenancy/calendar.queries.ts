import type { CalendarEpoch } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** A stretch of a client's calendar. */
export interface EpochRow extends CalendarEpoch {
  readonly clientId: string;
}

/** The calendars of these clients, or of all that the agency has, each in order. */
export async function selectEpochs(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<EpochRow[]> {
  return sql.query(
    `select client_id as "clientId", (extract(epoch from starts_at) * 1000)::float8 as "from",
       time_zone as "timeZone", week_starts_on as "weekStartsOn"
     from retainer.client_calendar
     where agency_id = current_setting('retainer.agency') and ($1::text[] is null or client_id = any ($1))
     order by client_id, starts_at`,
    [clientIds ?? null],
  );
}
