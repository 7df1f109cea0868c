import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { DateRange } from '../../rollups/sums.ts';

/** How many posts of a client went out on a day; days without any are left out. */
export interface PostsOnDay {
  readonly clientId: string;
  readonly day: LocalDate;
  readonly posts: number;
}

/** The posts of some clients, day by day. */
export async function readPostsByDay(
  sql: SqlSession,
  of: DateRange & { readonly clientIds: readonly string[]; readonly currency: string },
): Promise<PostsOnDay[]> {
  return sql.query(
    `select client_id as "clientId", local_date::text as day, sum(posts)::int as posts
     from retainer.rollup_day
     where agency_id = current_setting('retainer.agency') and dimension = 'client' and client_id = any ($3::text[])
       and local_date between $1::date and $2::date and currency = $4 and posts > 0
     group by 1, 2`,
    [of.startDate, of.endDate, of.clientIds, of.currency],
  );
}

/** The last local day that anything was observed of each of some clients. */
export async function readObservedOf(
  sql: SqlSession,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, LocalDate>> {
  const rows = await sql.query<{ clientId: string; day: LocalDate }>(
    `select c.id as "clientId", o.day::text as day from unnest($1::text[]) c(id)
     cross join lateral (
       select max(o.local_date) as day from retainer.observation o
       where o.agency_id = current_setting('retainer.agency') and o.client_id = c.id) o
     where o.day is not null`,
    [clientIds],
  );
  return new Map(rows.map(({ clientId, day }) => [clientId, day]));
}
