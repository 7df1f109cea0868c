import {
  budgetStates,
  BudgetStatesInput,
  listBudgets,
  ListBudgetsInput,
  setBudget,
  SetBudgetInput,
} from '@retainer/core';

import { agencyShape, clientInput, inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { budgetStatesOut } from './outputs/insights.ts';
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

  states: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/budgets',
        tags: TAGS,
        summary: 'Read how far the budgets of a month are used, client by client',
      },
    })
    .input(inAgency(BudgetStatesInput.shape))
    .output(budgetStatesOut)
    .query(({ ctx, input }) => budgetStates(serviceOf(ctx), withoutAgency(input))),
});
