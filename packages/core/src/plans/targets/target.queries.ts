import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { Target } from './target.entity.ts';

/** What a goal is judged by. */
export type GoalTarget = Readonly<
  Pick<Target, 'clientId' | 'metric' | 'month' | 'value' | 'direction'>
>;

/** All targets of these months, the latest month first; of a month the agency's own first, then its clients' by id. */
export async function selectTargets(
  sql: SqlSession,
  months: readonly LocalDate[],
): Promise<GoalTarget[]> {
  return sql.query(
    `select client_id as "clientId", metric, month::text as month, value::text as value, direction
     from retainer.target
     where agency_id = current_setting('retainer.agency') and month = any ($1::date[])
     order by month desc, client_id, metric`,
    [months],
  );
}
