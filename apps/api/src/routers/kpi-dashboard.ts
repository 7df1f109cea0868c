import { getAgencyKPIDashboard, GetAgencyKPIDashboardInput } from '@retainer/core';

import { inAgency, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { kpiDashboardOut } from './outputs/kpi-dashboard.ts';

/** Where an agency stands, beside where it stood. */
export const kpiDashboardRouter = router({
  get: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/kpi-dashboard',
        tags: ['KPI dashboard'],
        summary: 'Read the agency’s figures of a period, beside those it is compared with',
      },
    })
    .input(inAgency(GetAgencyKPIDashboardInput.shape))
    .output(kpiDashboardOut)
    .query(({ ctx, input }) => getAgencyKPIDashboard(serviceOf(ctx), withoutAgency(input))),
});
