import {
  createApiKey,
  CreateApiKeyInput,
  listApiKeys,
  revokeApiKey,
  RevokeApiKeyInput,
} from '@retainer/core';

import { assertUnscoped } from '../auth/scopes.ts';
import { inAgency, listOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { apiKeyOut, createdApiKeyOut } from './outputs/access.ts';

const ALL = '/api/agency/{agencyWorkspaceId}/api-keys';
const TAGS = ['API keys'];

/** Keys for an agency's own tools and for its host. */
export const apiKeysRouter = router({
  create: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: ALL,
        tags: TAGS,
        summary: 'Make a key; its secret is shown this once',
      },
    })
    .input(inAgency(CreateApiKeyInput.shape))
    .output(createdApiKeyOut)
    .mutation(({ ctx, input }) => {
      assertUnscoped(ctx.actor);
      return createApiKey(serviceOf(ctx), withoutAgency(input));
    }),

  list: agencyProcedure
    .meta({
      openapi: { method: 'GET', path: ALL, tags: TAGS, summary: 'List the keys, the latest first' },
    })
    .input(inAgency({}))
    .output(listOf(apiKeyOut))
    .query(async ({ ctx }) => ({ items: await listApiKeys(serviceOf(ctx)) })),

  revoke: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ALL}/{keyId}/revoke`,
        tags: TAGS,
        summary: 'End a key from now on',
      },
    })
    .input(inAgency(RevokeApiKeyInput.shape))
    .output(apiKeyOut)
    .mutation(({ ctx, input }) => revokeApiKey(serviceOf(ctx), withoutAgency(input))),
});
