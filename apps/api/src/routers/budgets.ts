import { listBudgets, ListBudgetsInput, setBudget, SetBudgetInput } from '@retainer/core';

import { agencyShape, clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { budgetOut, judgedBudgetOut } from './outputs/plan.ts';

const PATH = '/api/clients/{clientWorkspaceId}/budgets';
const TAGS = ['Budgets'];

/** What may be spent on a client, month by month. */
export const budgetsRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: { method: 'PUT', path: PATH, tags: TAGS, summary: 'Set a budget of money or hours' },
    })
    .input(SetBudgetInput.safeExtend(agencyShape))
    .output(budgetOut)
    .mutation(({ ctx, input }) => setBudget(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List budgets and how far they are used, the latest month first',
      },
    })
    .input(clientInput(ListBudgetsInput.shape))
    .output(pageOf(judgedBudgetOut))
    .query(({ ctx, input }) => listBudgets(serviceOf(ctx), withoutAgency(input))),
});
