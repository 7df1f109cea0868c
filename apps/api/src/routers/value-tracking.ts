import {
  calculateValueTracking,
  CalculateValueTrackingInput,
  explainFigure,
  ExplainFigureInput,
  getAgencyValueTracking,
  GetAgencyValueTrackingInput,
  getClientMonths,
  GetClientMonthsInput,
  getClientValueTracking,
  GetClientValueTrackingInput,
} from '@retainer/core';

import { clientInput, inAgency, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { explanationOut } from './outputs/explanation.ts';
import {
  agencyTrackingOut,
  clientMonthsOut,
  clientTrackingOut,
  valueTrackingOut,
} from './outputs/value-tracking.ts';

const tags = ['Value tracking'];

/** What clients cost and what that brought: ROI, and what it is made of. */
export const valueTrackingRouter = router({
  calculate: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/clients/{clientWorkspaceId}/value-tracking/calculate',
        tags,
        summary: 'Calculate a client’s cost, value and ROI of a period, and keep it',
      },
    })
    .input(clientInput(CalculateValueTrackingInput.shape))
    .output(valueTrackingOut)
    .mutation(({ ctx, input }) => calculateValueTracking(serviceOf(ctx), withoutAgency(input))),

  forClient: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/value-tracking',
        tags,
        summary: 'Read a client’s figures as they are now, and the calculations that are kept',
      },
    })
    .input(clientInput(GetClientValueTrackingInput.shape))
    .output(clientTrackingOut)
    .query(({ ctx, input }) => getClientValueTracking(serviceOf(ctx), withoutAgency(input))),

  months: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/value-tracking/months',
        tags,
        summary: 'Read a client’s figures month by month, the oldest first',
      },
    })
    .input(clientInput(GetClientMonthsInput.shape))
    .output(clientMonthsOut)
    .query(({ ctx, input }) => getClientMonths(serviceOf(ctx), withoutAgency(input))),

  forAgency: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/value-tracking',
        tags,
        summary: 'Read the agency’s figures, and a row for each client',
      },
    })
    .input(inAgency(GetAgencyValueTrackingInput.shape))
    .output(agencyTrackingOut)
    .query(({ ctx, input }) => getAgencyValueTracking(serviceOf(ctx), withoutAgency(input))),

  explain: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/value-tracking/explain',
        tags,
        summary: 'Read where a figure comes from: its formula, its terms, and the facts behind it',
      },
    })
    .input(clientInput(ExplainFigureInput.shape))
    .output(explanationOut)
    .query(({ ctx, input }) => explainFigure(serviceOf(ctx), withoutAgency(input))),
});
