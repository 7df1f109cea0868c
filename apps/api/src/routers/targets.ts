import {
  listTargets,
  ListTargetsInput,
  setTarget,
  SetTargetInput,
  targetStates,
  TargetStatesInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { targetOut, targetStatesOut } from './outputs/plan.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/targets';
const TAGS = ['Targets'];

/** What figures of the agency and its clients should come to. */
export const targetsRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Set what a figure should come to in a month',
      },
    })
    .input(inAgency(SetTargetInput.shape))
    .output(targetOut)
    .mutation(({ ctx, input }) => setTarget(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List targets, the latest month first',
      },
    })
    .input(inAgency(ListTargetsInput.shape))
    .output(pageOf(targetOut))
    .query(({ ctx, input }) => listTargets(serviceOf(ctx), withoutAgency(input))),

  states: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/states`,
        tags: TAGS,
        summary: 'Read where the targets of a month stand on the days that are over',
      },
    })
    .input(inAgency(TargetStatesInput.shape))
    .output(targetStatesOut)
    .query(({ ctx, input }) => targetStates(serviceOf(ctx), withoutAgency(input))),
});
