import type { HostChannel, HostPost, PostState } from './host-post.ts';

/** One thing that a post's state says, about the channels it is true of; none named: all. */
export interface PostNews {
  readonly type: 'drafted' | 'scheduled' | 'published' | 'failed' | 'deleted';
  readonly channels: readonly HostChannel[];
}

const ORDER = ['drafted', 'scheduled', 'published', 'failed', 'deleted'] as const;

/**
 * What a post's state says, channel by channel: two of four that are live are published, the others failed. A channel
 * with a URL is live whatever its state says; drafts among channels that wait hold nothing.
 */
export function newsOf(post: HostPost): PostNews[] {
  const { state, channels } = post;
  if (state === 'deleted' || channels.length === 0) return [{ type: wholeNews(state), channels }];
  const byType = new Map<PostNews['type'], HostChannel[]>();
  for (const channel of channels) {
    const type = channelNews(channel, state);
    if (type !== undefined) byType.set(type, [...(byType.get(type) ?? []), channel]);
  }
  if (byType.size > 1) byType.delete('drafted');
  return ORDER.flatMap((type) => {
    const about = byType.get(type);
    return about === undefined ? [] : [{ type, channels: about }];
  });
}

function channelNews(channel: HostChannel, post: PostState): PostNews['type'] | undefined {
  const state = channel.state ?? post;
  if (channel.url !== undefined && (state === 'failed' || state === 'partial')) return 'published';
  // Of a post that is live in part, a channel that says nothing may be either.
  return state === 'partial' ? undefined : wholeNews(state);
}

function wholeNews(state: PostState): PostNews['type'] {
  switch (state) {
    case 'draft':
      return 'drafted';
    case 'scheduled':
    case 'publishing':
      return 'scheduled';
    case 'published':
    case 'partial':
      return 'published';
    case 'failed':
      return 'failed';
    case 'deleted':
      return 'deleted';
  }
}
