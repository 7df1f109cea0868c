import { listCapacities, ListCapacitiesInput, setCapacity, SetCapacityInput } from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { capacityOut } from './outputs/plan.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/capacities';
const TAGS = ['Capacities'];

/** How much time people have for work. */
export const capacitiesRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Set how many hours a person has in a month',
      },
    })
    .input(inAgency(SetCapacityInput.shape))
    .output(capacityOut)
    .mutation(({ ctx, input }) => setCapacity(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List who has how many hours, the latest month first',
      },
    })
    .input(inAgency(ListCapacitiesInput.shape))
    .output(pageOf(capacityOut))
    .query(({ ctx, input }) => listCapacities(serviceOf(ctx), withoutAgency(input))),
});
