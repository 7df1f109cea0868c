import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import { selectBudgets, type BudgetRow } from './budget.queries.ts';

export type { BudgetRow } from './budget.queries.ts';

/** All budgets of a month, by its first day, that are not 0: what is 0 is none. By client id. */
export function readBudgetsOf(sql: SqlSession, month: LocalDate): Promise<BudgetRow[]> {
  return selectBudgets(sql, month);
}
