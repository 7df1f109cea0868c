import * as z from 'zod';

import { agencyShape, input } from '../schemas.ts';
import { adminProcedure, router } from '../trpc.ts';

const driftOut = z.object({
  agencyWorkspaceId: z.string(),
  clientWorkspaceId: z.string(),
  meter: z.string(),
  platform: z.string().nullable(),
  windowStart: z.string(),
  counter: z.object({ used: z.number(), held: z.number() }),
  ledger: z.object({ used: z.number(), held: z.number() }),
});

/** Upkeep, by the operator. */
export const operationsRouter = router({
  sweep: adminProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/operations/sweep',
        tags: ['Operations'],
        summary: 'Release the holds that are past their end, now',
      },
    })
    .input(input(agencyShape))
    .output(z.object({ expired: z.number() }))
    .mutation(({ ctx, input: { agencyWorkspaceId } }) =>
      ctx.services.upkeep.sweep({ agencyId: agencyWorkspaceId, now: ctx.now }),
    ),

  reports: adminProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/operations/reports',
        tags: ['Operations'],
        summary: 'Make and mail the reports that are due, now',
      },
    })
    .input(input(agencyShape))
    .output(z.object({ takenUp: z.number(), failed: z.number() }))
    .mutation(({ ctx, input: { agencyWorkspaceId } }) =>
      ctx.services.upkeep.makeReports({ agencyId: agencyWorkspaceId, now: () => ctx.now }),
    ),

  drift: adminProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/operations/drift',
        tags: ['Operations'],
        summary: 'Compare every counter with its ledger; empty when all is well',
      },
    })
    .input(input(agencyShape))
    .output(z.object({ drift: z.array(driftOut) }))
    .query(async ({ ctx, input: { agencyWorkspaceId } }) => ({
      drift: await ctx.services.upkeep.drift(agencyWorkspaceId),
    })),
});
