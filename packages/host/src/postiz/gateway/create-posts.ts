import { randomUUID } from 'node:crypto';

import type { Desk } from '../desk.ts';
import type { Placed, RequestRecord } from '../state/records.ts';
import { askFor, type KeyedCall } from './ask-create.ts';
import { denyUnavailable, type OwnReply } from './deny.ts';
import type { CreateCall } from './plan-create.ts';
import { bind, takeBack } from './settle-create.ts';
import { ChannelsUnreadError, stepsOf, type Step } from './steps.ts';
import type { SendOn, UpstreamReply } from './upstream.ts';

/** What the caller gets: Postiz's own answer, or one of the gateway's. */
export type Outcome =
  | { readonly kind: 'passed'; readonly reply: UpstreamReply }
  | { readonly kind: 'own'; readonly reply: OwnReply };

/** Answers that Postiz gives before it has touched anything. */
const UNTOUCHED: ReadonlySet<number> = new Set([401, 402, 403, 413, 415, 429]);

/** Holds what a create call would take, sends it on if it may, and binds what Postiz made to the hold. */
export async function createPosts(desk: Desk, call: KeyedCall, send: SendOn): Promise<Outcome> {
  const steps = await stepsOf(desk, call).catch(whenUnread);
  if (!steps) return { kind: 'own', reply: denyUnavailable(desk.settings) };
  const asked = await askFor(desk, { call, steps });
  if ('reply' in asked) return { kind: 'own', reply: asked.reply };
  const request = requestOf(desk, call, asked.steps);
  if (request.placed.length > 0) {
    await desk.memory.put([{ kind: 'request', id: request.id, value: request }]);
  }
  let reply: UpstreamReply;
  try {
    reply = await send();
  } catch (cause) {
    await takeBack(desk, { request, steps: asked.steps, isUntouched: false });
    throw cause;
  }
  const isMade = reply.status >= 200 && reply.status < 300;
  if (isMade) await bind(desk, { call, request, steps: asked.steps, reply });
  else
    await takeBack(desk, { request, steps: asked.steps, isUntouched: UNTOUCHED.has(reply.status) });
  return { kind: 'passed', reply };
}

function whenUnread(cause: unknown): undefined {
  if (cause instanceof ChannelsUnreadError) return undefined;
  throw cause;
}

function requestOf(desk: Desk, call: CreateCall, steps: readonly Step[]): RequestRecord {
  const placed = steps
    .filter((step) => step.kind === 'new')
    .map((step): Placed => ({
      clientId: step.clientId,
      channelId: step.channelId,
      platform: step.platform,
      at: call.at,
      contentKey: step.item.contentKey,
      key: step.key ?? '',
      reservationId: step.reservationId,
      everyDays: call.everyDays,
      isAsked: step.isAsked,
      postId: undefined,
    }));
  return { id: randomUUID(), phase: 'sent', since: desk.now(), placed };
}
