import {
  listExchangeRates,
  ListExchangeRatesInput,
  setExchangeRates,
  SetExchangeRatesInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { exchangeRateOut, exchangeRatesSetOut } from './outputs/cost.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/exchange-rates';
const TAGS = ['Exchange rates'];

/** What currencies were worth in each other, day by day. */
export const exchangeRatesRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Set what a currency was worth on some days',
      },
    })
    .input(inAgency(SetExchangeRatesInput.shape))
    .output(exchangeRatesSetOut)
    .mutation(({ ctx, input }) => setExchangeRates(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List exchange rates, the latest day first',
      },
    })
    .input(inAgency(ListExchangeRatesInput.shape))
    .output(pageOf(exchangeRateOut))
    .query(({ ctx, input }) => listExchangeRates(serviceOf(ctx), withoutAgency(input))),
});
