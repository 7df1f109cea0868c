import type {
  AskedTime,
  GatewayAsk,
  GatewayHost,
  GatewayLookup,
  GatewayRequest,
} from '../gateway/gateway-host.ts';
import { instantOfWall } from '../gateway/wall-time.ts';
import { fieldOf, idOf, jsonOf, listOf, textOf } from '../json.ts';
import type { HostChannel, HostPost } from '../webhooks/host-post.ts';
import { readMixpostPost } from './mixpost-post.ts';

/**
 * Mixpost Pro's API: `<core path>/api/<workspace>/posts` and what lies below it. Its create call names accounts by their
 * numbers, so the workspace's accounts are looked up for their networks.
 */
export const mixpostGateway: GatewayHost = {
  name: 'mixpost',
  read: readRequest,
  made: (reply) => readMixpostPost(fieldOf(reply, 'data') ?? reply),
  deny: (message) => ({ message, errors: { schedule: [message] } }),
};

// The workspace, and what follows `posts`.
const POSTS = /^(.*\/api\/([^/?#]+))\/posts(\/[^?#]*)?(?:[?#]|$)/u;

async function readRequest(
  request: GatewayRequest,
  lookup: GatewayLookup,
): Promise<GatewayAsk | undefined> {
  const [, root = '', account = '', rest = ''] = POSTS.exec(request.path) ?? [];
  if (root === '') return undefined;
  const workspace = { root, account: decodeURIComponent(account) };
  const body = jsonOf(new TextDecoder().decode(request.body));
  const parts = rest.split('/').filter((part) => part !== '');
  if (request.method === 'DELETE') return deletion(workspace, { parts, body });
  if (request.method === 'POST' && parts.length === 0) return creation(workspace, body, lookup);
  const change = changeOf(request.method, parts, body);
  return change && changed(workspace, change, lookup);
}

interface Workspace {
  readonly root: string;
  readonly account: string;
}

async function creation(
  { root, account }: Workspace,
  body: unknown,
  lookup: GatewayLookup,
): Promise<GatewayAsk> {
  const when = timeIn(body);
  const channels = await channelsIn(root, body, lookup);
  return { type: 'create', account, channels, when };
}

/** When a create call wants its post to go out; without a wish it is a draft. */
function timeIn(body: unknown): AskedTime {
  if (fieldOf(body, 'schedule_now') === true) return { type: 'now' };
  if (fieldOf(body, 'queue') === true) return { type: 'queue' };
  const at = dateIn(body);
  return fieldOf(body, 'schedule') === true && at !== undefined
    ? { type: 'at', at }
    : { type: 'draft' };
}

/** The date, time and zone of a call as an instant. */
function dateIn(body: unknown): string | undefined {
  const [date, time] = [textOf(body, 'date'), textOf(body, 'time')];
  if (date === undefined || time === undefined) return undefined;
  const at = instantOfWall(date, time, textOf(body, 'timezone') ?? 'UTC');
  return at === undefined ? undefined : new Date(at).toISOString();
}

async function channelsIn(
  root: string,
  body: unknown,
  lookup: GatewayLookup,
): Promise<HostChannel[]> {
  const ids = [...new Set(listOf(fieldOf(body, 'accounts')).flatMap((id) => idOf(id) ?? []))];
  if (ids.length === 0) return [];
  const reply = await lookup.get(`${root}/accounts`);
  const accounts = listOf(fieldOf(reply, 'data') ?? reply);
  return ids.map((id) => {
    const account = accounts.find((one) => idOf(one, 'id') === id || idOf(one, 'uuid') === id);
    return { id: idOf(account, 'id') ?? id, platform: textOf(account, 'provider') ?? 'unnamed' };
  });
}

interface Change {
  readonly postId: string;
  readonly when: AskedTime | 'as it is';
  /** What a full update says of the post's accounts and time. */
  readonly body?: unknown;
}

/** The calls that can put a post that is there into the schedule. */
function changeOf(method: string, parts: readonly string[], body: unknown): Change | undefined {
  const [first, second] = parts;
  if (method === 'PUT' && first !== undefined && second === undefined) {
    return { postId: first, when: 'as it is', body };
  }
  if (method !== 'POST' || first === undefined || second === undefined) return undefined;
  const when = CHANGES.get(first)?.(body);
  return when && { postId: second, when };
}

type TimeOfCall = (body: unknown) => Change['when'];

const CHANGES: ReadonlyMap<string, TimeOfCall> = new Map<string, TimeOfCall>([
  ['schedule', (body) => (fieldOf(body, 'postNow') === true ? { type: 'now' } : 'as it is')],
  ['add-to-queue', () => ({ type: 'queue' })],
  ['approve', () => 'as it is'],
]);

async function changed(
  { root, account }: Workspace,
  { postId, when, body }: Change,
  lookup: GatewayLookup,
): Promise<GatewayAsk | undefined> {
  const reply = await lookup.get(`${root}/posts/${encodeURIComponent(postId)}`);
  const before = readMixpostPost(fieldOf(reply, 'data') ?? reply);
  // The host says that it has no such post.
  if (before === undefined || isOut(before)) return undefined;
  const named = body === undefined ? [] : await channelsIn(root, body, lookup);
  const channels = named.length > 0 ? named : before.channels;
  const time = when === 'as it is' ? timeOfChange(before, body) : when;
  return { type: 'change', account, before, channels, when: time };
}

// An edit of a draft leaves it a draft; to schedule or approve it takes the date it has.
function timeOfChange(before: HostPost, body: unknown): AskedTime {
  const at = dateIn(body) ?? before.scheduledAt;
  const isEdit = body !== undefined;
  if (at === undefined || (isEdit && before.state === 'draft')) return { type: 'draft' };
  return { type: 'at', at };
}

function isOut({ state }: HostPost): boolean {
  return state === 'published' || state === 'partial' || state === 'publishing';
}

function deletion(
  { account }: Workspace,
  { parts, body }: { readonly parts: readonly string[]; readonly body: unknown },
): GatewayAsk | undefined {
  const listed = listOf(fieldOf(body, 'posts')).flatMap((id) => idOf(id) ?? []);
  const postIds = parts[0] === undefined ? listed : [decodeURIComponent(parts[0])];
  const isGone = fieldOf(body, 'trash') !== true;
  return postIds.length === 0 ? undefined : { type: 'delete', account, postIds, isGone };
}
