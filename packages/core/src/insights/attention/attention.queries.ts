import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';

/** The last local day on which a client published anything. */
export interface LastPostRow {
  readonly clientId: string;
  readonly day: LocalDate;
}

/** The last day on which each of these clients published, from a day on; who is missing did not. */
export async function readLastPosts(
  sql: SqlSession,
  of: { readonly clientIds: readonly string[]; readonly since: LocalDate },
): Promise<LastPostRow[]> {
  return sql.query(
    `select k.id as "clientId", r.day::text as day
     from unnest($1::text[]) k(id)
     cross join lateral (
       select max(r.local_date) as day from retainer.rollup_day r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client' and r.client_id = k.id
         and r.local_date >= $2::date and r.posts > 0) r
     where r.day is not null`,
    [of.clientIds, of.since],
  );
}
