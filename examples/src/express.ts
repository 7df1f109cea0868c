import { denialOf, type HostHooks, type PostBody } from '@retainer/host';
import express, { type Express, type Request, type RequestHandler } from 'express';

import type { PostStore } from './post-store.ts';

/** A scheduler on Express: a post is asked for before it is stored, and reported when it went out. */
export function createExpressHost(hooks: HostHooks, store: PostStore): Express {
  const app = express();
  app.use(express.json());
  app.post('/posts', withinTier(hooks), async (request, response) => {
    response.status(201).json(await store.add(postOf(request)));
  });
  app.post('/posts/:id/published', async (request, response) => {
    const post = await store.publish(request.params.id);
    await hooks.postPublished({ clientWorkspaceId: post.client, postId: post.id });
    response.sendStatus(204);
  });
  return app;
}

/** Lets a request through if its post fits the client's tier; else answers 402 with the reason. */
function withinTier(hooks: HostHooks): RequestHandler {
  return async (request, response, next) => {
    const denial = denialOf(await hooks.postCreated(askOf(request)));
    if (!denial) return next();
    response.status(denial.status).type('application/problem+json').json(denial);
  };
}

function askOf(request: Request): PostBody {
  const { id, client, scheduledAt, platforms } = postOf(request);
  return { clientWorkspaceId: client, postId: id, scheduledAt, platforms };
}

/** A real host would check its body here. */
function postOf(request: Request): Parameters<PostStore['add']>[0] {
  return request.body as Parameters<PostStore['add']>[0];
}
