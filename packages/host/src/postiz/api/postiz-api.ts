import {
  channelsIn,
  customersIn,
  postsIn,
  type PostizChannel,
  type PostizCustomer,
  type PostizPost,
} from './postiz-rows.ts';

/** Where Postiz's backend is, and who reads. */
export interface PostizAddress {
  /** The root under which `/public/v1` is: `http://postiz:5000/api` of the bundled image. */
  readonly url: string;
  /** The organization's key, or an OAuth token (`pos_...`). */
  readonly apiKey: string;
  readonly timeLimitMs?: number;
  readonly fetch?: typeof fetch;
}

/** A span of time, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What can be read of Postiz over its public API. Every read rejects with a `PostizError` alone. */
export interface PostizApi {
  readonly isConnected: () => Promise<void>;
  readonly listCustomers: () => Promise<PostizCustomer[]>;
  readonly listChannels: () => Promise<PostizChannel[]>;
  readonly listPosts: (span: Span) => Promise<PostizPost[]>;
  /** What `GET /analytics/:channel` says, whatever its shape. */
  readonly readAnalytics: (channelId: string, days: number) => Promise<unknown>;
  readonly readPostAnalytics: (postId: string, days: number) => Promise<unknown>;
}

/** Why a read of Postiz brought nothing. */
export class PostizError extends Error {
  override readonly name = 'PostizError';
  readonly status: number | undefined;

  constructor(message: string, facts: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.status = facts.status;
  }
}

const TIME_LIMIT_MS = 30_000;

/** A reader of one Postiz organization. */
export function createPostizApi(address: PostizAddress): PostizApi {
  const read = (path: string) => readJson(address, path);
  return {
    async isConnected() {
      await read('/is-connected');
    },
    listCustomers: async () => customersIn(await read('/groups')),
    listChannels: async () => channelsIn(await read('/integrations')),
    async listPosts({ from, to }) {
      const span = new URLSearchParams({ startDate: iso(from), endDate: iso(to) });
      const posts = postsIn(await read(`/posts?${span.toString()}`));
      if (posts) return posts;
      throw new PostizError('Postiz did not answer GET /posts with a list of posts.');
    },
    readAnalytics: (channelId, days) =>
      read(`/analytics/${encodeURIComponent(channelId)}?date=${days}`),
    readPostAnalytics: (postId, days) =>
      read(`/analytics/post/${encodeURIComponent(postId)}?date=${days}`),
  };
}

async function readJson(address: PostizAddress, path: string): Promise<unknown> {
  const { url, apiKey, timeLimitMs = TIME_LIMIT_MS, fetch: send = fetch } = address;
  const target = `${url.replace(/\/+$/u, '')}/public/v1${path}`;
  let response: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(timeLimitMs);
    response = await send(target, { headers: { authorization: apiKey }, signal });
    text = await response.text();
  } catch (cause) {
    throw new PostizError(`Postiz cannot be reached at ${url}.`, { cause });
  }
  if (!response.ok) throw refusal(response.status, path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `What answers at ${target} is not Postiz's API: it sent no JSON. Check the address; the API of the bundled image is under /api.`;
    throw new PostizError(message, { status: response.status, cause });
  }
}

function refusal(status: number, path: string): PostizError {
  const message =
    status === 401
      ? 'Postiz refuses the API key. Take it from Settings > Developers > Public API.'
      : `Postiz answered ${status} to GET /public/v1${path.replace(/\?.*$/u, '')}.`;
  return new PostizError(message, { status });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
