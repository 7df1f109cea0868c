import {
  listRates,
  ListRatesInput,
  removeRate,
  RemoveRateInput,
  setRate,
  SetRateInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { rateOut } from './outputs/rate.ts';

/** What an hour costs, by level and from a day on. */
export const ratesRouter = router({
  set: agencyProcedure
    .meta(route('PUT', '', 'Set a rate from a day on; what lies before keeps its cost'))
    .input(inAgency(SetRateInput.shape))
    .output(rateOut)
    .mutation(({ ctx, input }) => setRate(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta(route('GET', '', 'List the rates in force on a day, or all with their first days'))
    .input(inAgency(ListRatesInput.shape))
    .output(pageOf(rateOut))
    .query(({ ctx, input }) => listRates(serviceOf(ctx), withoutAgency(input))),

  remove: agencyProcedure
    .meta(route('DELETE', '/{rateId}', 'Take back a rate that has not begun'))
    .input(inAgency(RemoveRateInput.shape))
    .output(rateOut)
    .mutation(({ ctx, input }) => removeRate(serviceOf(ctx), withoutAgency(input))),
});

function route<TMethod extends 'GET' | 'PUT' | 'DELETE'>(
  method: TMethod,
  rest: string,
  summary: string,
) {
  const path = `/api/agency/{agencyWorkspaceId}/rates${rest}` as const;
  return { openapi: { method, path, tags: ['Rates'], summary } };
}
