import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { MonthPageInput, readMonthPage } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toBudgetDto, type BudgetDto } from './budget-dto.ts';
import { Budget, BUDGET_KINDS } from './budget.entity.ts';

export const ListBudgetsInput = MonthPageInput.extend({ clientWorkspaceId: WorkspaceId });
export type ListBudgetsInput = z.input<typeof ListBudgetsInput>;

/** A client's budgets, the latest month first. */
export async function listBudgets(
  ctx: ServiceContext,
  input: ListBudgetsInput,
): Promise<Page<BudgetDto>> {
  const wanted = ListBudgetsInput.parse(input);
  const { clientWorkspaceId: clientId, limit } = wanted;
  const { agencyId } = ctx;
  const { months, after } = readMonthPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const behind = after && [
        { month: { $lt: after.day } },
        { month: after.day, kind: { $in: BUDGET_KINDS.filter((kind) => kind > after.id) } },
      ];
      const where = { agencyId, clientId, month: months, ...(behind && { $or: behind }) };
      const orderBy = { month: 'desc', kind: 'asc' } as const;
      const rows = await em.find(Budget, where, { orderBy, limit: limit + 1 });
      const cursorOf = ({ month, kind }: Budget) => dayCursor({ day: month, id: kind });
      return pageOf(rows, { limit, cursorOf, toItem: toBudgetDto });
    },
    { readOnly: true },
  );
}
