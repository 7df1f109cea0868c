import type { EntityManager } from '@mikro-orm/postgresql';
import { calendarDateOf, type LocalDate } from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readWorld } from '../../rollups/figures-world.ts';
import { readClientSums } from '../../rollups/read-sums.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import { dayCursor } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { MonthPageInput, readMonthPage } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toBudgetDto, type BudgetDto } from './budget-dto.ts';
import { Budget, BUDGET_KINDS } from './budget.entity.ts';
import { judgeBudget, type BudgetUseDto, type SpentByDay } from './judge-budget.ts';

export const ListBudgetsInput = MonthPageInput.extend({ clientWorkspaceId: WorkspaceId });
export type ListBudgetsInput = z.input<typeof ListBudgetsInput>;

/** A budget, and how far it is used. */
export interface JudgedBudget extends BudgetDto {
  readonly use: BudgetUseDto;
}

/** A client's budgets with what was spent of them up to today, the latest month first. */
export async function listBudgets(
  ctx: ServiceContext,
  input: ListBudgetsInput,
): Promise<Page<JudgedBudget>> {
  const wanted = ListBudgetsInput.parse(input);
  const { clientWorkspaceId: clientId, limit } = wanted;
  const { agencyId } = ctx;
  await inTransaction(ctx, (em) => requireClient(em, agencyId, { clientId, forWriting: false }), {
    readOnly: true,
  });
  await refreshClient(ctx, clientId, ctx.now().toISOString().slice(0, 10));
  return inTransaction(
    ctx,
    async (em) => {
      const rows = await readBudgets(em, agencyId, wanted);
      const spent = await readSpent(em, ctx, { clientId, months: rows.map(({ month }) => month) });
      return pageOf(rows, {
        limit,
        cursorOf: ({ month, kind }) => dayCursor({ day: month, id: kind }),
        toItem: (row) => ({ ...toBudgetDto(row), use: judgeBudget(row, spent) }),
      });
    },
    { readOnly: true },
  );
}

async function readBudgets(
  em: EntityManager,
  agencyId: string,
  wanted: z.output<typeof ListBudgetsInput>,
): Promise<Budget[]> {
  const { months, after } = readMonthPage(wanted);
  const behind = after && [
    { month: { $lt: after.day } },
    { month: after.day, kind: { $in: BUDGET_KINDS.filter((kind) => kind > after.id) } },
  ];
  const where = {
    agencyId,
    clientId: wanted.clientWorkspaceId,
    month: months,
    ...(behind && { $or: behind }),
  };
  const orderBy = { month: 'desc', kind: 'asc' } as const;
  return em.find(Budget, where, { orderBy, limit: wanted.limit + 1 });
}

/** What the client cost from the first of these months up to its today. */
async function readSpent(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, months }: { readonly clientId: string; readonly months: readonly LocalDate[] },
): Promise<SpentByDay> {
  const { agency, clients } = await readWorld(em, ctx.agencyId, [clientId]);
  const { currency = agency.currency, epochs = [] } = clients.get(clientId) ?? {};
  const today = calendarDateOf(epochs, ctx.now().getTime());
  const startDate = months.toSorted()[0];
  if (startDate === undefined || startDate > today) return { currency, days: [], today };
  const range = { startDate, endDate: today, clientId, currency };
  const { breakdowns } = await readClientSums(sqlSession(em), range);
  return { currency, days: breakdowns.day, today };
}
