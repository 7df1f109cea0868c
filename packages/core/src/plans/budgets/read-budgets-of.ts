import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import { Budget } from './budget.entity.ts';

/** All budgets of a month, by its first day, that are not 0: what is 0 is none. */
export async function readBudgetsOf(
  em: EntityManager,
  { agencyId, month }: { readonly agencyId: string; readonly month: LocalDate },
): Promise<Budget[]> {
  const budgets = await em.find(Budget, { agencyId, month });
  return budgets.filter(({ amountMinor, seconds }) => Boolean(amountMinor) || Boolean(seconds));
}
