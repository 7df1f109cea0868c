import { getClient, GetClientInput } from '@retainer/core';
import { DomainError } from '@retainer/domain';

import { CLIENT_TOKEN_SECONDS } from '../auth/tokens.ts';
import { clientInput } from '../schemas.ts';
import { hostProcedure, router, serviceOf } from '../trpc.ts';
import { mintedTokenOut } from './outputs/access.ts';

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
});
