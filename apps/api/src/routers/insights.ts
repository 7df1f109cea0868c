import {
  clientMargins,
  ClientMarginsInput,
  readUtilisation,
  ReadUtilisationInput,
} from '@retainer/core';

import { inAgency, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { clientMarginsOut, utilisationOut } from './outputs/insights.ts';

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
});
