import {
  crash,
  jsonOf,
  ok,
  type Call,
  type SimReply,
  type SimRequest,
  type SimRules,
} from './sim-call.ts';
import {
  changeDate,
  changeReleaseId,
  changeStatus,
  createPosts,
  deletePost,
  gone,
  listPosts,
} from './sim-posts.ts';
import { nextId, type SimState } from './sim-state.ts';

type Route = readonly [method: string, pattern: RegExp, answer: (call: Call) => SimReply];

const ROUTES: readonly Route[] = [
  ['GET', /^\/is-connected$/u, () => ok({ connected: true })],
  ['GET', /^\/groups$/u, ({ state }) => ok([...state.customers.values()])],
  ['GET', /^\/integrations(?:\/list)?$/u, listChannels],
  ['DELETE', /^\/integrations\/([^/]+)$/u, deleteChannel],
  ['PUT', /^\/integrations\/([^/]+)\/group$/u, moveChannel],
  ['GET', /^\/posts$/u, listPosts],
  ['POST', /^\/posts$/u, createPosts],
  ['PUT', /^\/posts\/([^/]+)\/date$/u, changeDate],
  ['PUT', /^\/posts\/([^/]+)\/status$/u, changeStatus],
  ['PUT', /^\/posts\/([^/]+)\/release-id$/u, changeReleaseId],
  ['DELETE', /^\/posts\/group\/([^/]+)$/u, ({ state, at: [group = ''] }) => gone(state, group)],
  ['DELETE', /^\/posts\/([^/]+)$/u, deletePost],
  ['GET', /^\/analytics\/post\/([^/]+)$/u, postAnalytics],
  ['GET', /^\/analytics\/([^/]+)$/u, analytics],
  ['POST', /^\/upload$/u, upload],
  ['POST', /^\/media\/(?:upload-server|upload-simple)$/u, upload],
  ['POST', /^\/upload-from-url$/u, uploadFromUrl],
  [
    'GET',
    /^\/notifications$/u,
    () => ok({ notifications: [], total: 0, page: 0, limit: 100, hasMore: false }),
  ],
];

const PUBLIC = '/public/v1';

/** Answers a request as Postiz does, quirks included. */
export function answerAs(state: SimState, rules: SimRules, request: SimRequest): SimReply {
  const isPublic = request.path.startsWith(`${PUBLIC}/`);
  const path = isPublic ? request.path.slice(PUBLIC.length) : request.path;
  if (isPublic && request.headers['authorization'] !== rules.apiKey) {
    return { status: 401, body: { msg: 'Invalid API key' } };
  }
  if (isPublic && isThrottled(state, rules, request)) {
    return {
      status: 429,
      body: { statusCode: 429, message: 'ThrottlerException: Too Many Requests' },
    };
  }
  for (const [method, pattern, answer] of ROUTES) {
    if (method !== request.method) continue;
    const match = pattern.exec(path);
    if (!match) continue;
    const at = match.slice(1).map(decodeURIComponent);
    return answer({ state, rules, request, isPublic, at });
  }
  return {
    status: 404,
    body: {
      message: `Cannot ${request.method} ${request.path}`,
      error: 'Not Found',
      statusCode: 404,
    },
  };
}

function isThrottled(state: SimState, rules: SimRules, { method, path }: SimRequest): boolean {
  if (method !== 'POST' || !path.includes('/public/v1/posts')) return false;
  const since = state.now - 3_600_000;
  while (state.throttled[0] !== undefined && state.throttled[0] <= since) state.throttled.shift();
  if (state.throttled.length >= rules.postsPerHour) return true;
  if (Number.isFinite(rules.postsPerHour)) state.throttled.push(state.now);
  return false;
}

function listChannels({ state, request }: Call): SimReply {
  const group = request.query.get('group');
  const rows = [...state.channels.values()].filter(
    ({ customerId }) => group === null || customerId === group,
  );
  return ok(
    rows.map(({ id, name, identifier, disabled, customerId }) => {
      const customer = customerId === undefined ? undefined : state.customers.get(customerId);
      const picture = 'https://uploads.postiz.com/a.jpg';
      return {
        id,
        name,
        identifier,
        picture,
        disabled,
        profile: name,
        ...(customer && { customer }),
      };
    }),
  );
}

function deleteChannel({ state, at: [id = ''] }: Call): SimReply {
  for (const post of state.posts.values()) {
    if (post.channelId !== id) continue;
    post.deleted = true;
    post.dueAt = undefined;
  }
  state.channels.delete(id);
  return ok({ id });
}

function moveChannel({ state, request, at: [id = ''] }: Call): SimReply {
  const channel = state.channels.get(id);
  const group = jsonOf(request)['group'];
  if (!channel) return crash();
  channel.customerId = typeof group === 'string' && group !== '' ? group : undefined;
  return ok({ id });
}

function analytics({ rules, request, at: [id = ''] }: Call): SimReply {
  return ok(rules.analytics(id, Number(request.query.get('date'))));
}

function postAnalytics({ state, rules, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (!post?.releaseId) return ok([]);
  if (post.releaseId === 'missing') return ok({ missing: true });
  return ok(rules.analytics(id, Number(request.query.get('date'))));
}

function upload({ state, rules, request }: Call): SimReply {
  return { status: 201, body: keepMedia(state, rules, fileBytes(request)) };
}

function uploadFromUrl({ state, rules, request }: Call): SimReply {
  const size = /[?&]bytes=(\d+)/u.exec(String(jsonOf(request)['url']))?.[1];
  return { status: 201, body: keepMedia(state, rules, Number(size ?? 1000)) };
}

function keepMedia(state: SimState, rules: SimRules, bytes: number): object {
  const id = nextId(state);
  const path = `${rules.mediaUrl()}/uploads/${id}.png`;
  const media = { id, name: `${id}.png`, originalName: 'upload.png', path, bytes };
  state.media.set(id, media);
  const { bytes: _unsaid, ...said } = media;
  return { ...said, thumbnail: null, alt: null };
}

/** The bytes of the only part of a multipart body. */
function fileBytes({ body, headers }: SimRequest): number {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/u.exec(String(headers['content-type']));
  const start = body.indexOf('\r\n\r\n');
  const end = body.lastIndexOf(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ''}--`);
  return start < 0 || end < start ? 0 : end - start - 4;
}
