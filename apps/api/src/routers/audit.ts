import { listAudit, ListAuditInput } from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { auditItemOut } from './outputs/audit.ts';

/** Who changed what in an agency. */
export const auditRouter = router({
  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/audit',
        tags: ['Audit'],
        summary: 'List the agency’s changes, or those of one client, the latest first',
      },
    })
    .input(inAgency(ListAuditInput.shape))
    .output(pageOf(auditItemOut))
    .query(({ ctx, input }) => listAudit(serviceOf(ctx), withoutAgency(input))),
});
