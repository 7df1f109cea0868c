import {
  getClient,
  GetClientInput,
  getPortalLogo,
  GetPortalLogoInput,
  getPortalSummary,
  GetPortalSummaryInput,
} from '@retainer/core';
import { DomainError } from '@retainer/domain';

import { CLIENT_TOKEN_SECONDS } from '../auth/tokens.ts';
import { accentOf } from '../exports/brand/accent.ts';
import { fileOut } from '../exports/files/file-answer.ts';
import { eventsOf } from '../live/events-of.ts';
import { LIVE_FIELDS, openStream } from '../live/open-stream.ts';
import { clientInput, withoutAgency } from '../schemas.ts';
import { hostProcedure, portalProcedure, router, serviceOf } from '../trpc.ts';
import { mintedTokenOut } from './outputs/access.ts';
import { clientEventOut } from './outputs/live.ts';
import { portalSummaryOut } from './outputs/portal.ts';

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
  summary: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/portal/summary',
        tags: ['Portal'],
        summary: 'Read all that a client sees of itself, in one answer',
      },
    })
    .input(clientInput(GetPortalSummaryInput.shape))
    .output(portalSummaryOut)
    .query(async ({ ctx, input }) => {
      const { gate, live } = ctx.services;
      // Before anything is read: what changes from here on is heard.
      const version = live.version();
      const { brand, ...summary } = await getPortalSummary(
        serviceOf(ctx),
        gate,
        withoutAgency(input),
      );
      return {
        ...summary,
        version,
        brand: brand && { accent: accentOf(brand.primaryColor), logo: brand.logo },
      };
    }),
  logo: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/clients/{clientWorkspaceId}/portal/logo',
        tags: ['Portal'],
        summary: 'Fetch the agency’s logo, where the client’s tier grants it',
      },
      file: ['image/png', 'image/jpeg'],
    })
    .input(clientInput(GetPortalLogoInput.shape))
    .output(fileOut)
    .query(async ({ ctx, input }) => {
      const { type, bytes } = await getPortalLogo(serviceOf(ctx), withoutAgency(input));
      const fileName = type === 'image/png' ? 'logo.png' : 'logo.jpg';
      return { fileName, mediaType: type, base64: Buffer.from(bytes).toString('base64') };
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
