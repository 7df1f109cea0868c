import type { ServerResponse } from 'node:http';

import { callerKey } from '../../gateway/caller-key.ts';
import { answerOwn } from './answers.ts';
import { changeDate, changeStatus } from './change-post.ts';
import { createPosts, type Outcome } from './create-posts.ts';
import { deletePosts } from './delete-posts.ts';
import { readCreate } from './plan-create.ts';
import { jsonBody, readBody } from './read-body.ts';
import type { Route } from './routes.ts';
import { dropMedia } from './uploads.ts';
import { answerWith, type UpstreamReply } from './upstream.ts';
import type { Visit } from './visit.ts';

/** What can schedule a post: read whole, judged, and only then sent on. */
export async function visitJudged(
  { desk, upstream, request }: Visit,
  route: Route & { readonly kind: 'create' | 'status' | 'date' },
): Promise<Outcome> {
  const bytes = await readBody(request);
  const body = await jsonBody(request, bytes);
  const send = (): Promise<UpstreamReply> => upstream.send(request, bytes);
  switch (route.kind) {
    case 'create': {
      const own = callerKey(request.headers['idempotency-key']);
      const key = own === undefined ? undefined : `pz:${own}`;
      return createPosts(desk, { ...readCreate(body, desk.now()), key }, send);
    }
    case 'status':
      return changeStatus(desk, { postId: route.postId, body }, send);
    case 'date':
      return changeDate(desk, { postId: route.postId, body }, send);
  }
}

/** Answers with Postiz's own answer, or one of the gateway's. */
export function answerOutcome(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === 'passed') answerWith(response, outcome.reply);
  else answerOwn(response, outcome.reply);
}

/** A deletion: it passes, and gives back what waits. */
export async function visitDeletion(
  { desk, options, upstream, request, response }: Visit,
  route: Route & { readonly kind: 'delete-post' | 'delete-group' | 'delete-media' },
): Promise<void> {
  const reply = await upstream.send(request, await readBody(request));
  if (route.kind === 'delete-media') await dropMedia(desk, route.mediaId, reply);
  else {
    await deletePosts(
      desk,
      route.kind === 'delete-post' ? { postId: route.postId } : { group: route.group },
      reply,
    );
    options.pollSoon();
  }
  answerWith(response, reply);
}

/** A request that passes, after which Postiz is read anew. */
export async function visitAfter(
  { desk, options, upstream, request, response }: Visit,
  route: Route & { readonly kind: 'poll-after' | 'channels' },
): Promise<void> {
  const reply = await upstream.send(request, await readBody(request));
  if (route.kind === 'channels') {
    await desk.channels.refresh().catch((cause: unknown) => {
      desk.log.warn({ cause: String(cause) }, 'the channels could not be read anew');
    });
  }
  options.pollSoon();
  answerWith(response, reply);
}
