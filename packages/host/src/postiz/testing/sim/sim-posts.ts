import { badRequest, crash, iso, jsonOf, ok, type Call, type SimReply } from './sim-call.ts';
import {
  createOrUpdate,
  deleteGroup,
  naiveUtc,
  startWorkflow,
  type SimCreate,
  type SimPost,
  type SimPostBody,
  type SimState,
} from './sim-state.ts';

/** `GET /posts`: roots alone, of all states, in a window; recurring ones whatever the window. */
export function listPosts({ state, request }: Call): SimReply {
  const from = naiveUtc(request.query.get('startDate') ?? '');
  const to = naiveUtc(request.query.get('endDate') ?? '');
  if (Number.isNaN(from) || Number.isNaN(to)) {
    const message = ['startDate must be a valid ISO 8601 date string'];
    return { status: 400, body: { message, error: 'Bad Request', statusCode: 400 } };
  }
  const customer = request.query.get('customer');
  const rows = [...state.posts.values()]
    .filter((post) => isListed(state, post, customer))
    .flatMap((post) => rowsOf(state, post, { from, to }));
  return ok({ posts: rows });
}

function isListed(state: SimState, post: SimPost, customer: string | null): boolean {
  const channel = state.channels.get(post.channelId);
  if (post.deleted || post.parentPostId !== undefined || !channel) return false;
  return customer === null || channel.customerId === customer;
}

function rowsOf(
  state: SimState,
  post: SimPost,
  { from, to }: { readonly from: number; readonly to: number },
): unknown[] {
  if (post.intervalInDays !== null) return occurrencesOf(state, post, to);
  return post.publishDate >= from && post.publishDate <= to ? [rowOf(state, post)] : [];
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

export function createPosts({ state, request, isPublic }: Call): SimReply {
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
  if (posts.length === 0) return badRequest('posts must contain at least 1 elements');
  const isAgain = (body.type === 'schedule' || body.type === 'now') && body.republish !== true;
  for (const post of posts) {
    const refused =
      refusedPost(state, post) ?? (isAgain ? refusedRepublish(state, post) : undefined);
    if (refused) return refused;
  }
  return undefined;
}

function refusedPost(state: SimState, { integration, value }: SimPostBody): SimReply | undefined {
  const channel = state.channels.get(integration.id);
  if (!channel) return badRequest(`Integration with id ${integration.id} not found`);
  if (!value.every(({ content, image }) => content === '' && !image?.length)) return undefined;
  const message = 'Your post should have at least one character or one image.';
  const { identifier: provider, name } = channel;
  return { status: 400, body: { statusCode: 400, provider, name, message } };
}

function refusedRepublish(state: SimState, { value }: SimPostBody): SimReply | undefined {
  const known = state.posts.get(value[0]?.id ?? '');
  return known?.state === 'PUBLISHED' ? republished(known) : undefined;
}

export function changeDate({ state, request, at: [id = ''] }: Call): SimReply {
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

export function changeStatus({ state, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (!post) return badRequest('Post not found');
  post.state = jsonOf(request)['status'] === 'draft' ? 'DRAFT' : 'QUEUE';
  startWorkflow(state, post);
  return ok({ id, state: post.state });
}

export function changeReleaseId({ state, request, at: [id = ''] }: Call): SimReply {
  const post = state.posts.get(id);
  if (post?.releaseId !== 'missing') return crash();
  post.releaseId = String(jsonOf(request)['releaseId']);
  return ok({ id, releaseId: post.releaseId });
}

export function deletePost({ state, isPublic, at: [id = ''] }: Call): SimReply {
  // The dashboard deletes by group, the public API by post.
  if (!isPublic) return gone(state, id);
  const post = state.posts.get(id);
  return post === undefined || post.deleted ? crash() : gone(state, post.group);
}

export function gone(state: SimState, group: string): SimReply {
  deleteGroup(state, group);
  return ok({ error: true });
}

function republished(post: SimPost): SimReply {
  const when = iso(post.publishDate).slice(0, 16).replace('T', ' ');
  return badRequest(
    `This post was already published on ${when} UTC. To intentionally publish again, pass republish: true.`,
  );
}
