import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';

/** The last local day on which a client published anything. */
export interface LastPostRow {
  readonly clientId: string;
  readonly day: LocalDate;
}

/** The last day on which each of these clients published; who is missing never did. */
export async function readLastPosts(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<LastPostRow[]> {
  return sql.query(
    `select k.id as "clientId", r.day::text as day
     from unnest($1::text[]) k(id)
     cross join lateral (
       select r.local_date as day from retainer.rollup_day r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client' and r.client_id = k.id
         and r.posts > 0
       order by r.local_date desc limit 1) r`,
    [clientIds],
  );
}
