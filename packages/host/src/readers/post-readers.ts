import { fieldOf, idOf } from '../json.ts';
import { readMixpostPost } from '../mixpost/mixpost-post.ts';
import type { PostReader } from '../webhooks/endpoint.ts';
import type { HostPost } from '../webhooks/host-post.ts';
import { readAyrsharePost } from '../webhooks/hosts/ayrshare.ts';
import { readBrightbeanPost } from '../webhooks/hosts/brightbean.ts';
import { readBufferPosts } from '../webhooks/hosts/buffer.ts';
import { readGenericEvent } from '../webhooks/hosts/generic.ts';
import { readHootsuiteMessage } from '../webhooks/hosts/hootsuite.ts';
import { createHostApi, type HostApi, type HostApiOptions } from './host-api.ts';

/** How one post is read at a host. */
interface Reading {
  readonly ask: (api: HostApi, postId: string) => Promise<unknown>;
  readonly read: (reply: unknown, asked: HostPost) => HostPost | undefined;
}

const BUFFER_QUERY = `query ($id: PostId!) {
  post(input: { id: $id }) {
    id status dueAt sentAt updatedAt channelId channelService externalLink
  }
}`;

const READINGS: Readonly<Record<string, Reading>> = {
  mixpost: {
    ask: (api, id) => api.get(`/posts/${encodeURIComponent(id)}`),
    read: (reply) => readMixpostPost(fieldOf(reply, 'data') ?? reply),
  },
  zernio: {
    ask: (api, id) => api.get(`/v1/posts/${encodeURIComponent(id)}`),
    read: (reply) => readCommonPost(fieldOf(reply, 'post') ?? reply),
  },
  ayrshare: {
    ask: (api, id) => api.get(`/api/post/${encodeURIComponent(id)}`),
    read: readAyrsharePost,
  },
  hootsuite: {
    ask: (api, id) => api.get(`/v1/messages/${encodeURIComponent(id)}`),
    read: readHootsuiteMessage,
  },
  'bundle.social': {
    ask: (api, id) => api.get(`/api/v1/post/${encodeURIComponent(id)}`),
    read: readCommonPost,
  },
  buffer: {
    ask: (api, id) => api.post('/graphql', { query: BUFFER_QUERY, variables: { id } }),
    read: (reply) => readBufferPosts(reply)[0],
  },
  brightbean: {
    ask: (api, id) => api.get(`/api/v1/posts/${encodeURIComponent(id)}`),
    read: readBrightbeanPost,
  },
  generic: {
    ask: (api, id) => api.get(`/${encodeURIComponent(id)}`),
    read: (reply) => readCommonPost(fieldOf(reply, 'data') ?? fieldOf(reply, 'post') ?? reply),
  },
};

/** The hosts whose posts can be read. */
export const READABLE_HOSTS: readonly string[] = Object.keys(READINGS);

/**
 * Reads posts of a host over its API. For Mixpost the root ends in the workspace (`https://.../mixpost/api/<uuid>`); for
 * a generic host a post is at `<root>/<id>`.
 */
export function createPostReader(host: string, options: HostApiOptions): PostReader {
  const reading = Object.hasOwn(READINGS, host) ? READINGS[host] : undefined;
  if (reading === undefined) {
    throw new Error(`Posts of ${host} cannot be read. Use one of ${READABLE_HOSTS.join(', ')}.`);
  }
  const api = createHostApi(options);
  return {
    readPost: async (post) => {
      const reply = await reading.ask(api, post.postId);
      const found = reply === undefined ? undefined : reading.read(reply, post);
      // An answer about another post, or about none, is no proof of this one.
      return found?.postId === post.postId ? found : 'gone';
    },
  };
}

/** A post in the words that most hosts share: what an event of it would say. */
function readCommonPost(post: unknown): HostPost | undefined {
  const id = idOf(post, 'id') ?? idOf(post, '_id');
  if (id === undefined) return undefined;
  return readGenericEvent({ event: 'post.updated', data: post }, {}).posts[0];
}
