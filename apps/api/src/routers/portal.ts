import { getClient, GetClientInput } from '@retainer/core';
import { DomainError } from '@retainer/domain';

import { CLIENT_TOKEN_SECONDS } from '../auth/tokens.ts';
import { eventsOf } from '../live/events-of.ts';
import { LIVE_FIELDS, openStream } from '../live/open-stream.ts';
import { clientInput } from '../schemas.ts';
import { hostProcedure, portalProcedure, router, serviceOf } from '../trpc.ts';
import { mintedTokenOut } from './outputs/access.ts';
import { clientEventOut } from './outputs/live.ts';

/** What a client sees of itself, and the tokens that let it in. */
export const portalRouter = router({
  createSession: hostProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/clients/{clientWorkspaceId}/portal-session',
        tags: ['Portal'],
        summary: 'Let a client in for 15 minutes',
      },
    })
    .input(clientInput(GetClientInput.shape))
    .output(mintedTokenOut)
    .mutation(async ({ ctx, input: { clientWorkspaceId: clientId } }) => {
      const { archivedAt } = await getClient(serviceOf(ctx), { clientWorkspaceId: clientId });
      if (archivedAt) {
        throw new DomainError('not_found', 'This client is archived. Register it again first.');
      }
      const actor = { role: 'client', agencyId: ctx.agencyId, clientId } as const;
      return ctx.mintToken(actor, CLIENT_TOKEN_SECONDS);
    }),
  live: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/portal/live',
        tags: ['Portal'],
        summary: 'Hear when anything of the client changes, to read it again',
      },
      event: clientEventOut,
    })
    .input(clientInput(LIVE_FIELDS))
    .output(eventsOf(clientEventOut))
    .subscription(async ({ ctx, input: { clientWorkspaceId: clientId, lastEventId }, signal }) => {
      await getClient(serviceOf(ctx), { clientWorkspaceId: clientId });
      return openStream(ctx, { scope: { agencyId: ctx.agencyId, clientId }, lastEventId, signal });
    }),
});
