import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import { selectTargets, type GoalTarget } from './target.queries.ts';

export type { GoalTarget } from './target.queries.ts';

/** All targets of these months, the latest month first; of a month the agency's own first, then its clients' by id. */
export function readTargets(sql: SqlSession, months: readonly LocalDate[]): Promise<GoalTarget[]> {
  return selectTargets(sql, months);
}
