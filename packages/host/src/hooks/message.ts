import type { HookEvent } from '../calls/hook-bodies.ts';
import type { Message, NewEntry } from '../outbox/outbox.ts';

/** A message as one of many. Metrics have a call of their own. */
export type EventMessage = Exclude<Message, { readonly hook: 'metrics' }>;

/** A message as an outbox takes it, in the lane it keeps its order in: its post's, its upload's, its key's. */
export function entryFor(message: Message): NewEntry {
  return { lane: laneOf(message), message };
}

/** What must be told in order is in one lane. */
export function laneOf(message: Message): string {
  return JSON.stringify([message.body.agencyWorkspaceId ?? '', ...subjectOf(message)]);
}

/** The message as an event of a batch, whose agency stands beside it. */
export function eventOf({ hook, body }: EventMessage): HookEvent {
  const { agencyWorkspaceId: _shared, ...rest } = body;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fields go with the hook, as they did before
  return { type: hook, ...rest } as HookEvent;
}

function subjectOf({ hook, body }: Message): readonly string[] {
  switch (hook) {
    case 'postCreated':
    case 'postUpdated':
      return body.postId === undefined
        ? ['key', body.clientWorkspaceId ?? '', body.idempotencyKey ?? '']
        : ['post', body.postId];
    case 'postPublished':
    case 'postFailed':
    case 'postDeleted':
      return ['post', body.postId];
    case 'uploadCreated':
    case 'uploadDeleted':
      return ['upload', body.clientWorkspaceId, body.mediaId];
    case 'reserve':
    case 'commit':
    case 'release':
    case 'move':
      return ['key', body.clientWorkspaceId, body.key];
    case 'attach':
      return ['post', body.posts[0]?.postId ?? ''];
    case 'metrics':
      return ['metrics', body.clientWorkspaceId];
  }
}
