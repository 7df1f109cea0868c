import * as z from 'zod';

import { assertUnscoped } from '../auth/scopes.ts';
import { DEFAULT_TOKEN_SECONDS, MAX_TOKEN_SECONDS } from '../auth/tokens.ts';
import { input, instantOut, workspaceId } from '../schemas.ts';
import { adminProcedure, registrarProcedure, router } from '../trpc.ts';

const expiresInSeconds = z
  .int()
  .min(1, 'must be at least 1')
  .max(MAX_TOKEN_SECONDS, `must be at most ${MAX_TOKEN_SECONDS}`)
  .default(DEFAULT_TOKEN_SECONDS)
  .meta({ description: 'How long the token works; 30 days when left out.' });

const mintedToken = z.object({ token: z.string(), expiresAt: instantOut });

/** Tokens for agencies and their hosts. */
export const tokensRouter = router({
  mint: registrarProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/agency/{agencyWorkspaceId}/tokens',
        tags: ['Tokens'],
        summary: 'Mint a token for an agency or its host',
      },
    })
    .input(
      input({
        agencyWorkspaceId: workspaceId,
        role: z.enum(['agency', 'host']),
        expiresInSeconds,
      }),
    )
    .output(mintedToken)
    .mutation(({ ctx, input: { role, expiresInSeconds: seconds } }) => {
      assertUnscoped(ctx.actor);
      return ctx.mintToken({ role, agencyId: ctx.agencyId }, seconds);
    }),

  mintPlatformHost: adminProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api/tokens',
        tags: ['Tokens'],
        summary: 'Mint a host token that serves every agency',
      },
    })
    .input(input({ role: z.literal('host').default('host'), expiresInSeconds }))
    .output(mintedToken)
    .mutation(({ ctx, input: { expiresInSeconds: seconds } }) =>
      ctx.mintToken({ role: 'host', agencyId: undefined }, seconds),
    ),
});
