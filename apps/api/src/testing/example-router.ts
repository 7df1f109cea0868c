import { ListAgenciesInput, Quantity } from '@retainer/core';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { tokensRouter } from '../routers/tokens.ts';
import { agencyInput, clientInput, input, instant, instantOut, workspaceId } from '../schemas.ts';
import {
  adminProcedure,
  agencyProcedure,
  hostProcedure,
  portalProcedure,
  registrarProcedure,
  router,
} from '../trpc.ts';

const call = z.object({ agencyId: z.string(), clientId: z.string().optional() });

/** What the `fails` procedure can be asked to go wrong with. */
const FAILURES: Readonly<Record<string, () => Error>> = {
  conflict: () => new DomainError('conflict', 'There is one already.'),
  period_inverted: () =>
    new DomainError('period_inverted', 'The period ends before it starts.', {
      issues: [{ path: 'endDate', message: 'must not be before startDate' }],
    }),
  unavailable: () => new DomainError('unavailable', 'The database is away.'),
  secret: () => new Error('password=hunter2 in "select * from retainer.api_key"'),
  nul: () => Object.assign(new Error('invalid byte sequence'), { code: '22021' }),
  refused: () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
};

/** One procedure of each kind, to try the edge with. */
export const exampleRouter = router({
  tokens: tokensRouter,
  examples: router({
    admin: adminProcedure.output(z.string()).query(() => 'admin'),
    registrar: registrarProcedure
      .meta({ openapi: { method: 'PUT', path: '/api/examples/registrar/{agencyWorkspaceId}' } })
      .input(input({ agencyWorkspaceId: workspaceId }))
      .output(call)
      .mutation(({ ctx }) => ({ agencyId: ctx.agencyId })),
    agency: agencyProcedure
      .input(agencyInput({}))
      .output(call)
      .query(({ ctx }) => ({ agencyId: ctx.agencyId })),
    host: hostProcedure
      .meta({ openapi: { method: 'POST', path: '/api/examples/host' } })
      .input(
        agencyInput({
          clientWorkspaceId: workspaceId,
          scheduledAt: instant.optional(),
          quantity: Quantity.optional(),
          note: z.string().max(200).optional(),
          channels: z.array(input({ id: workspaceId, platform: z.string() })).optional(),
        }),
      )
      .output(call.extend({ at: instantOut.optional(), now: instantOut }))
      .mutation(({ ctx, input: { clientWorkspaceId, scheduledAt } }) => ({
        agencyId: ctx.agencyId,
        clientId: clientWorkspaceId,
        now: ctx.now,
        at: scheduledAt,
      })),
    portal: portalProcedure
      .input(clientInput({}))
      .output(call)
      .query(({ ctx }) => ({ agencyId: ctx.agencyId, clientId: ctx.clientId })),
    echo: hostProcedure
      .meta({ openapi: { method: 'GET', path: '/api/examples/echo/{clientWorkspaceId}' } })
      .input(
        clientInput({
          flag: z.boolean().optional(),
          platforms: z.array(z.string()).optional(),
          ...ListAgenciesInput.shape,
        }),
      )
      .output(
        z.object({
          clientWorkspaceId: z.string(),
          flag: z.boolean().optional(),
          platforms: z.array(z.string()).optional(),
          limit: z.number(),
        }),
      )
      .query(({ input: { clientWorkspaceId, flag, platforms, limit } }) => ({
        clientWorkspaceId,
        flag,
        platforms,
        limit,
      })),
    fails: hostProcedure
      .meta({ openapi: { method: 'POST', path: '/api/examples/fails' } })
      .input(agencyInput({ how: z.string() }))
      .output(z.void())
      .mutation(({ input: { how } }) => {
        throw FAILURES[how]?.() ?? new Error(how);
      }),
    lies: hostProcedure
      .meta({ openapi: { method: 'POST', path: '/api/examples/lies' } })
      .input(agencyInput({}))
      .output(z.object({ count: z.number() }))
      // A row that does not have what the schema promises.
      .mutation(() => JSON.parse('{"secret":"s3cr3t"}') as { count: number }),
    bulk: hostProcedure
      .meta({ bulk: true, openapi: { method: 'POST', path: '/api/examples/bulk' } })
      .input(agencyInput({ rows: z.array(z.string()) }))
      .output(z.object({ count: z.number() }))
      .mutation(({ input: { rows } }) => ({ count: rows.length })),
  }),
});

/** The type of the example router, for a typed client in tests. */
export type ExampleRouter = typeof exampleRouter;
