import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { Desk } from '../desk.ts';
import { hasClient } from '../post-events.ts';
import type { Change } from '../state/memory.ts';
import type { PostRecord } from '../state/records.ts';
import type { UpstreamReply } from './upstream.ts';

/**
 * What a deletion comes to. Postiz answers `{ "error": true }` when it went well. By group, the posts are those that
 * the last poll saw in it; others are found missing by the next.
 */
export async function deletePosts(
  desk: Desk,
  of: { readonly postId: string } | { readonly group: string },
  reply: UpstreamReply,
): Promise<void> {
  if (reply.status < 200 || reply.status >= 300) return;
  const known = 'postId' in of ? desk.memory.posts.get(of.postId) : undefined;
  const group = 'group' in of ? of.group : known?.seen?.group;
  const gone = [...desk.memory.posts.all()].filter(
    (post) => post === known || (group !== undefined && post.seen?.group === group),
  );
  const events = gone.flatMap(deletion);
  await desk.memory.put([
    ...gone.map((post): Change => ({ kind: 'post', id: post.postId, value: deleted(post) })),
    ...(events.length > 0 ? [desk.errands.of(events)] : []),
  ]);
  desk.errands.wake();
}

/** Tells that a post is gone: what waits comes back, what was published stays counted. */
export function deletion(post: PostRecord): HookEvent[] {
  if (!hasClient(post) || post.told === 'nothing') return [];
  const { clientId: clientWorkspaceId, postId } = post;
  return [{ type: 'postDeleted', clientWorkspaceId, postId }];
}

/** A post that is gone; whoever was counted stays so. */
export function deleted(post: PostRecord): PostRecord {
  return { ...post, told: 'deleted', waiting: [] };
}
