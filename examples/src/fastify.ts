import { denialOf, type HostHooks } from '@retainer/host';
import Fastify, { type FastifyInstance, type preHandlerAsyncHookHandler } from 'fastify';

import type { PostStore, StoredPost } from './post-store.ts';

/** A scheduler on Fastify: a post is asked for before it is stored, and reported when it went out. */
export function createFastifyHost(hooks: HostHooks, store: PostStore): FastifyInstance {
  const app = Fastify();
  app.post<{ Body: StoredPost }>(
    '/posts',
    { preHandler: withinTier(hooks), schema: { body: POST } },
    async (request, reply) => reply.code(201).send(await store.add(request.body)),
  );
  app.post<{ Params: { id: string } }>('/posts/:id/published', async (request, reply) => {
    const post = await store.publish(request.params.id);
    await hooks.postPublished({ clientWorkspaceId: post.client, postId: post.id });
    return reply.code(204).send();
  });
  return app;
}

/** Lets a request through if its post fits the client's tier; else answers 402 with the reason. */
function withinTier(hooks: HostHooks): preHandlerAsyncHookHandler {
  return async (request, reply) => {
    // The route's schema has checked the body.
    const { id, client, scheduledAt, platforms } = request.body as StoredPost;
    const ask = { clientWorkspaceId: client, postId: id, scheduledAt, platforms };
    const denial = denialOf(await hooks.postCreated(ask));
    if (denial) return reply.code(denial.status).type('application/problem+json').send(denial);
  };
}

const POST = {
  type: 'object',
  required: ['id', 'client', 'scheduledAt', 'platforms'],
  properties: {
    id: { type: 'string' },
    client: { type: 'string' },
    scheduledAt: { type: 'string' },
    platforms: { type: 'array', items: { type: 'string' } },
  },
} as const;
