import {
  listTimeSavedBaselines,
  ListTimeSavedBaselinesInput,
  setTimeSavedBaseline,
  SetTimeSavedBaselineInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { timeSavedBaselineOut } from './outputs/assumption.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/time-saved-baselines';
const TAGS = ['Time saved'];

/** What is assumed of the time that content takes. */
export const timeSavedBaselinesRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Set how long posts of a content type take from a day on',
      },
    })
    .input(inAgency(SetTimeSavedBaselineInput.shape))
    .output(timeSavedBaselineOut)
    .mutation(({ ctx, input }) => setTimeSavedBaseline(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List what is and was assumed, the latest first',
      },
    })
    .input(inAgency(ListTimeSavedBaselinesInput.shape))
    .output(pageOf(timeSavedBaselineOut))
    .query(({ ctx, input }) => listTimeSavedBaselines(serviceOf(ctx), withoutAgency(input))),
});
