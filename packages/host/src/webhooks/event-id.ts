import { createHash } from 'node:crypto';

import type { HostPost } from './host-post.ts';

/**
 * The name under which an event is known to have come: the host's own id, else a digest of what it says of which post
 * when. Undefined where a repeat cannot be told from a change back: a schedule that names no time of its own.
 */
export function eventIdOfPost(host: string, post: HostPost): string | undefined {
  const { postId, occurrence = '0', state } = post;
  // One delivery may tell of several posts under one id.
  if (post.eventId !== undefined) return digest([host, post.eventId, postId]);
  const isOutcome = state === 'published' || state === 'partial' || post.isGone === true;
  if (post.at === undefined && !isOutcome) return undefined;
  const channels = post.channels
    .map(({ id, state: own, externalId }) => [id, own, externalId].join(' '))
    .toSorted();
  return digest([host, state, postId, occurrence, post.at ?? '', ...channels]);
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
