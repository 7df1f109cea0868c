import type { HookCalls } from '@retainer/host';
import { WEBHOOK_HOSTS, type HostPost } from '@retainer/host/webhooks';

import { isFields, textOf, type Fields } from '../compare.ts';

/** The posts that the webhooks of a case are about, as our parsers read them. */
export function postsIn(found: Fields): readonly HostPost[] {
  const steps = Array.isArray(found['steps']) ? found['steps'].filter(isFields) : [];
  return steps.flatMap((step) => {
    const request = isFields(step['request']) ? step['request'] : {};
    const host = /\/hooks\/([^/]+)\//u.exec(textOf(request['path']))?.[1];
    const known = WEBHOOK_HOSTS.find(({ name }) => name === host);
    if (known === undefined || step['via'] !== 'webhook') return [];
    const { rawBody, body } = request;
    const json: unknown = typeof rawBody === 'string' ? JSON.parse(rawBody) : body;
    return known.parse({ body: json, headers: {} }).posts;
  });
}

/**
 * Holds what the case takes for held: the last so many posts of those that it expects to be released. Posts beside them
 * that only a deletion names were published before.
 */
export async function holdGiven(
  hooks: HookCalls,
  of: {
    readonly found: Fields;
    readonly expected: Fields;
    readonly clientId: (post: HostPost) => string;
  },
): Promise<void> {
  const posts = postsIn(of.found);
  const ending = distinctPosts(posts).filter(
    ({ state }) => state !== 'published' && state !== 'scheduled',
  );
  const released = releasedIn(of.expected, ending.length);
  const given = isFields(of.found['given']) ? of.found['given'] : {};
  const held = released === 0 ? [] : ending.slice(-released);
  const used = released === 0 ? [] : ending.slice(0, -released);
  for (const post of used.filter(({ state }) => state === 'deleted')) {
    // oxlint-disable-next-line no-await-in-loop -- few, and in order
    await hooks.postPublished({ clientWorkspaceId: of.clientId(post), postId: post.postId });
  }
  for (const post of [...held, ...knownHold(given['knownHold'], posts)]) {
    const scheduledAt = post.scheduledAt ?? '2026-03-04T10:00:00Z';
    const channels = post.channels.map(({ id, platform }) => ({ id, platform }));
    // oxlint-disable-next-line no-await-in-loop -- few, and in order
    await hooks.postCreated({
      clientWorkspaceId: of.clientId(post),
      postId: post.postId,
      scheduledAt,
      ...(channels.length > 0 && { channels: channels.map(asSent) }),
    });
  }
}

// A host that names networks alone is told of by the networks.
function asSent({ id, platform }: { readonly id: string; readonly platform: string }) {
  const name = platform === 'twitter' ? 'x' : platform;
  return { id: id === platform ? name : id, platform: name };
}

function releasedIn(expected: Fields, most: number): number {
  const { released, holdsDelta } = expected;
  if (Array.isArray(released)) return most;
  if (typeof released === 'number') return Math.min(released, most);
  return typeof holdsDelta === 'number' && holdsDelta < 0 ? Math.min(-holdsDelta, most) : 0;
}

function knownHold(hold: unknown, posts: readonly HostPost[]): HostPost[] {
  const id = isFields(hold) ? hold['id'] : hold;
  if (typeof id !== 'string') return [];
  const post = posts.find(({ postId }) => postId === id);
  return [post ?? { postId: id, state: 'scheduled', channels: [] }];
}

function distinctPosts(posts: readonly HostPost[]): HostPost[] {
  return [...new Map(posts.map((post) => [post.postId, post])).values()];
}
