import {
  clientMargins,
  ClientMarginsInput,
  clientRunOuts,
  ClientRunOutsInput,
  listRunOuts,
  ListRunOutsInput,
  listTierFits,
  ListTierFitsInput,
  needsAttention,
  NeedsAttentionInput,
  readUtilisation,
  ReadUtilisationInput,
} from '@retainer/core';

import { clientInput, inAgency, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import {
  clientMarginsOut,
  clientRunOutsOut,
  needsAttentionOut,
  runOutsOut,
  tierFitsOut,
  utilisationOut,
} from './outputs/insights.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/insights';
const tags = ['Insights'];

/** What an agency's own numbers tell beyond its clients' figures. */
export const insightsRouter = router({
  margin: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/margin`,
        tags,
        summary: 'Read what is kept of each client’s fee, and what an hour of work brings in',
      },
    })
    .input(inAgency(ClientMarginsInput.shape))
    .output(clientMarginsOut)
    .query(({ ctx, input }) => clientMargins(serviceOf(ctx), withoutAgency(input))),

  utilisation: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/utilisation`,
        tags,
        summary: 'Read how much of a month’s capacities went into billable work',
      },
    })
    .input(inAgency(ReadUtilisationInput.shape))
    .output(utilisationOut)
    .query(({ ctx, input }) => readUtilisation(serviceOf(ctx), withoutAgency(input))),

  tierFit: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/tier-fit`,
        tags,
        summary: 'Read which tier would have taken all that each client wished in twelve weeks',
      },
    })
    .input(inAgency(ListTierFitsInput.shape))
    .output(tierFitsOut)
    .query(({ ctx, input }) => listTierFits(serviceOf(ctx), withoutAgency(input))),

  runOut: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/run-out`,
        tags,
        summary: 'Read when allowances run out at the present pace, the soonest first',
      },
    })
    .input(inAgency(ListRunOutsInput.shape))
    .output(runOutsOut)
    .query(({ ctx, input }) => listRunOuts(serviceOf(ctx), withoutAgency(input))),

  clientRunOut: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/run-out',
        tags,
        summary: 'Read when each allowance of one client runs out, or why there is no such day',
      },
    })
    .input(clientInput(ClientRunOutsInput.shape))
    .output(clientRunOutsOut)
    .query(({ ctx, input }) => clientRunOuts(serviceOf(ctx), withoutAgency(input))),

  needsAttention: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/needs-attention`,
        tags,
        summary: 'Read what somebody should look at, the worst first',
      },
    })
    .input(inAgency(NeedsAttentionInput.shape))
    .output(needsAttentionOut)
    .query(({ ctx, input }) => needsAttention(serviceOf(ctx), withoutAgency(input))),
});
