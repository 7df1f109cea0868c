import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import { parsed, type HostPost, type PostState } from '../host-post.ts';
import { instantOf } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { urlOf } from './post-fields.ts';

/** Buffer's word for a state as ours: what needs approval is a draft, what is being sent waits. */
export function bufferState(word: string | undefined): PostState | undefined {
  return stateOfWord(word);
}

/**
 * The posts in a reply of Buffer's GraphQL API: it tells nothing by itself, so it is asked. One post is on one channel.
 */
export function readBufferPosts(reply: unknown): HostPost[] {
  const posts = fieldOf(reply, 'data', 'posts');
  const nodes = listOf(fieldOf(posts, 'edges')).map((edge) => fieldOf(edge, 'node'));
  const one = fieldOf(reply, 'data', 'post');
  return [...nodes, one].flatMap((node) => readBufferPost(node) ?? []);
}

function readBufferPost(node: unknown): HostPost | undefined {
  const postId = idOf(node, 'id');
  const state = bufferState(textOf(node, 'status'));
  if (postId === undefined || state === undefined) return undefined;
  const channelId = idOf(node, 'channelId') ?? idOf(node, 'channel', 'id');
  const platform =
    textOf(node, 'channelService') ?? textOf(node, 'channel', 'service') ?? 'unnamed';
  const url = urlOf(textOf(node, 'externalLink'));
  return {
    postId,
    state,
    channels: channelId === undefined ? [] : [{ id: channelId, platform, url }],
    scheduledAt: instantOf(fieldOf(node, 'dueAt')),
    publishedAt: instantOf(fieldOf(node, 'sentAt')),
    at: instantOf(fieldOf(node, 'updatedAt')),
    isFinal: true,
  };
}

/** Buffer has no webhook for posts: what comes to its address says at most that something changed. */
export const bufferHost: WebhookHost = {
  name: 'buffer',
  schemes: [],
  isThin: true,
  okStatus: 200,
  parse: () => parsed({ pollHint: true }),
};
