import type { PostReader } from '../webhooks/endpoint.ts';
import type { HostPost } from '../webhooks/host-post.ts';
import type { EndpointAddress, WebhookReceiver } from '../webhooks/receiver.ts';

/** What a poll needs. */
export interface PostPoll {
  readonly receiver: Pick<WebhookReceiver, 'observe' | 'waitingPosts'>;
  readonly endpoint: EndpointAddress;
  /** Every post that the host lists. */
  readonly list: () => Promise<readonly HostPost[]>;
  /** Asked about a waiting post that the list lacks; without one, it is left alone until its hold ends. */
  readonly reader?: PostReader | undefined;
}

/** What a poll found. */
export interface PollResult {
  readonly listed: number;
  /** Posts that waited and are gone. */
  readonly gone: number;
}

/**
 * Tells what a host lists, and takes back what it no longer has: a post that waited, is missing from the list and is
 * gone when asked for by its id.
 */
export async function pollPosts(poll: PostPoll): Promise<PollResult> {
  const posts = await poll.list();
  await poll.receiver.observe(poll.endpoint, posts);
  const listed = new Set(posts.map(({ postId }) => postId));
  const gone: HostPost[] = [];
  for (const { postId, occurrence } of poll.receiver.waitingPosts(poll.endpoint)) {
    if (listed.has(postId) || poll.reader === undefined) continue;
    const named = occurrence === '0' ? {} : { occurrence };
    const post: HostPost = { postId, ...named, state: 'scheduled', channels: [] };
    // oxlint-disable-next-line no-await-in-loop -- a host's rate limit is not ours to spend at once
    const found = await poll.reader.readPost(post);
    gone.push(found === 'gone' ? { ...post, state: 'deleted', isGone: true } : found);
  }
  await poll.receiver.observe(poll.endpoint, gone);
  return { listed: posts.length, gone: gone.filter(({ state }) => state === 'deleted').length };
}
