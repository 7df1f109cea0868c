import {
  createToolCost,
  CreateToolCostInput,
  deleteToolCost,
  DeleteToolCostInput,
  listToolCosts,
  ListToolCostsInput,
  updateToolCost,
  UpdateToolCostInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { createdToolCostOut, toolCostOut } from './outputs/cost.ts';

const ALL = '/api/agency/{agencyWorkspaceId}/tool-costs';
const ONE = `${ALL}/{toolCostId}` as const;
const TAGS = ['Tool costs'];

/** What tools cost, one client or the whole agency. */
export const toolCostsRouter = router({
  create: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: ALL,
        tags: TAGS,
        summary: 'Record what a tool costs, once or again and again',
      },
    })
    .input(inAgency(CreateToolCostInput.shape))
    .output(createdToolCostOut)
    .mutation(({ ctx, input }) => createToolCost(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ALL,
        tags: TAGS,
        summary: 'List the tools that are paid for, the latest to start first',
      },
    })
    .input(inAgency(ListToolCostsInput.shape))
    .output(pageOf(toolCostOut))
    .query(({ ctx, input }) => listToolCosts(serviceOf(ctx), withoutAgency(input))),

  update: agencyProcedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: ONE,
        tags: TAGS,
        summary: 'Change what is named of a tool, for all its spans; the rest stays',
      },
    })
    .input(inAgency(UpdateToolCostInput.shape))
    .output(toolCostOut)
    .mutation(({ ctx, input }) => updateToolCost(serviceOf(ctx), withoutAgency(input))),

  delete: agencyProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: ONE,
        tags: TAGS,
        summary: 'Take a tool out of every figure; to end one, set its last day',
      },
    })
    .input(inAgency(DeleteToolCostInput.shape))
    .output(toolCostOut)
    .mutation(({ ctx, input }) => deleteToolCost(serviceOf(ctx), withoutAgency(input))),
});
