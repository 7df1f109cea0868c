import {
  createOrUpdate,
  deleteGroup,
  naiveUtc,
  nextId,
  startWorkflow,
  type SimCreate,
  type SimPost,
  type SimPostBody,
  type SimState,
} from './sim-state.ts';

/** A request as the sim sees it, with what the path and the body say. */
export interface SimRequest {
  readonly method: string;
  /** Without `/api`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What the sim answers; `body` is sent as JSON. */
export interface SimReply {
  readonly status: number;
  readonly body: unknown;
}

/** How strict the sim's host is. */
export interface SimRules {
  readonly apiKey: string;
  /** `API_LIMIT`: posts of the public API an hour. */
  readonly postsPerHour: number;
  /** Where files are served, so that their size can be asked. */
  readonly mediaUrl: () => string;
  readonly analytics: (id: string, days: number) => unknown;
}

interface Call {
  readonly state: SimState;
  readonly rules: SimRules;
  readonly request: SimRequest;
  readonly isPublic: boolean;
  /** The parts of the path that its pattern leaves open. */
  readonly at: readonly string[];
}

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

function listPosts({ state, request }: Call): SimReply {
  const from = naiveUtc(request.query.get('startDate') ?? '');
  const to = naiveUtc(request.query.get('endDate') ?? '');
  if (Number.isNaN(from) || Number.isNaN(to)) {
    const message = ['startDate must be a valid ISO 8601 date string'];
    return { status: 400, body: { message, error: 'Bad Request', statusCode: 400 } };
  }
  const customer = request.query.get('customer');
  const rows: unknown[] = [];
  for (const post of state.posts.values()) {
    const channel = state.channels.get(post.channelId);
    if (post.deleted || post.parentPostId !== undefined || !channel) continue;
    if (customer !== null && channel.customerId !== customer) continue;
    if (post.intervalInDays !== null) rows.push(...occurrencesOf(state, post, to));
    else if (post.publishDate >= from && post.publishDate <= to) rows.push(rowOf(state, post));
  }
  return ok({ posts: rows });
}

/** A recurring post is listed for every slot from its first to the end of the window, wherever that begins. */
function occurrencesOf(state: SimState, post: SimPost, to: number): unknown[] {
  const rows: unknown[] = [];
  const step = (post.intervalInDays ?? 1) * 86_400_000;
  for (let slot = post.publishDate; slot <= to; slot += step) {
    const actualDate = iso(post.publishDate);
    rows.push({ ...rowOf(state, post), publishDate: iso(slot), actualDate });
  }
  return rows;
}

function rowOf(state: SimState, post: SimPost): object {
  const channel = state.channels.get(post.channelId);
  return {
    id: post.id,
    content: post.content,
    publishDate: iso(post.publishDate),
    releaseURL: post.releaseURL,
    releaseId: post.releaseId,
    state: post.state,
    intervalInDays: post.intervalInDays,
    group: post.group,
    creationMethod: post.creationMethod,
    settings: JSON.stringify(post.settings),
    tags: [],
    integration: {
      id: post.channelId,
      providerIdentifier: channel?.identifier,
      name: channel?.name,
      picture: 'https://uploads.postiz.com/a.jpg',
    },
  };
}

interface CreateBody {
  readonly type?: unknown;
  readonly date?: unknown;
  readonly inter?: unknown;
  readonly republish?: unknown;
  readonly creationMethod?: unknown;
  readonly posts?: unknown;
}

function createPosts({ state, request, isPublic }: Call): SimReply {
  const body: CreateBody = jsonOf(request);
  // The shape is what Postiz's DTO checks; the tests send nothing else.
  const posts = (Array.isArray(body.posts) ? body.posts : []) as readonly SimPostBody[];
  const type = body.type as SimCreate['type'];
  const refused = refusalOf(state, body, posts);
  if (refused) return refused;
  const method = isPublic ? (body.creationMethod === 'CLI' ? 'CLI' : 'API') : 'WEB';
  const create: SimCreate = {
    type,
    date: String(body.date),
    creationMethod: method,
    ...(typeof body.inter === 'number' && { inter: body.inter }),
  };
  const made = posts.map((one) => ({
    postId: createOrUpdate(state, one, create).id,
    integration: one.integration.id,
  }));
  return { status: 201, body: made };
}

function refusalOf(
  state: SimState,
  body: CreateBody,
  posts: readonly SimPostBody[],
): SimReply | undefined {
  for (const { integration, value } of posts) {
    const channel = state.channels.get(integration.id);
    if (!channel) return badRequest(`Integration with id ${integration.id} not found`);
    if (value.every(({ content, image }) => content === '' && !image?.length)) {
      const message = 'Your post should have at least one character or one image.';
      const { identifier: provider, name } = channel;
      return { status: 400, body: { statusCode: 400, provider, name, message } };
    }
    const known = state.posts.get(value[0]?.id ?? '');
    const again = body.type === 'schedule' || body.type === 'now';
    if (again && body.republish !== true && known?.state === 'PUBLISHED') return republished(known);
  }
  return posts.length === 0 ? badRequest('posts must contain at least 1 elements') : undefined;
}

function changeDate({ state, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (!post) return crash();
  const { date, action = 'update', republish } = jsonOf(request);
  if (action === 'schedule' && republish !== true && post.state === 'PUBLISHED') {
    return republished(post);
  }
  post.publishDate = naiveUtc(String(date));
  if (action === 'schedule') {
    post.state = post.state === 'DRAFT' ? 'DRAFT' : 'QUEUE';
    post.releaseId = null;
    post.releaseURL = null;
    startWorkflow(state, post);
  }
  return ok({ id, publishDate: iso(post.publishDate), state: post.state });
}

function changeStatus({ state, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (!post) return badRequest('Post not found');
  post.state = jsonOf(request)['status'] === 'draft' ? 'DRAFT' : 'QUEUE';
  startWorkflow(state, post);
  return ok({ id, state: post.state });
}

function changeReleaseId({ state, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (post?.releaseId !== 'missing') return crash();
  post.releaseId = String(jsonOf(request)['releaseId']);
  return ok({ id, releaseId: post.releaseId });
}

function deletePost({ state, isPublic, at: [id = ''] }: Call): SimReply {
  // The dashboard deletes by group, the public API by post.
  if (!isPublic) return gone(state, id);
  const post = state.posts.get(id);
  return post === undefined || post.deleted ? crash() : gone(state, post.group);
}

function gone(state: SimState, group: string): SimReply {
  deleteGroup(state, group);
  return ok({ error: true });
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

function republished(post: SimPost): SimReply {
  const when = iso(post.publishDate).slice(0, 16).replace('T', ' ');
  return badRequest(
    `This post was already published on ${when} UTC. To intentionally publish again, pass republish: true.`,
  );
}

function jsonOf({ body }: SimRequest): Readonly<Record<string, unknown>> {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

function ok(body: unknown): SimReply {
  return { status: 200, body };
}

function badRequest(message: string): SimReply {
  return { status: 400, body: { message, error: 'Bad Request', statusCode: 400 } };
}

function crash(): SimReply {
  return { status: 500, body: { statusCode: 500, message: 'Internal server error' } };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
