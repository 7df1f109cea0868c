import {
  ayrshareGateway,
  brightbeanState,
  createHostGateway,
  createMemoryLog,
  createPostReader,
  mixpostGateway,
  openReceiver,
  readBufferPosts,
  readMixpostPost,
  WEBHOOK_HOSTS,
  type Endpoint,
  type GatewayNote,
  type HostPost,
  type PostReader,
  type WebhookReceiver,
} from '@retainer/host/webhooks';

import { isFields, textOf, type Fields } from '../compare.ts';
import { recordHooks, type Recorder } from './recorder.ts';
import type { WebhookWorld } from './world.ts';

/** A case as it ran. */
export interface CaseRun {
  readonly recorder: Recorder;
  readonly receiver: WebhookReceiver;
  readonly notes: readonly GatewayNote[];
  /** The status of every request that was sent. */
  readonly statuses: readonly number[];
  /** How often a host was asked to confirm. */
  readonly reads: readonly string[];
  /** Words for states, as they came, and what they were taken for. */
  readonly states: ReadonlyMap<string, string>;
}

const TOKEN = 'token-of-the-case';
const GATEWAYS = { mixpost: mixpostGateway, ayrshare: ayrshareGateway };

/** Opens a receiver, and the gateway where the host has one, and does the steps of a case. */
export async function openRun(
  world: WebhookWorld,
  found: Fields,
  host: string,
): Promise<{ readonly run: CaseRun; readonly perform: (step: Fields) => Promise<void> }> {
  const recorder = recordHooks(world.hooks);
  const reads: string[] = [];
  const script: Script = { reply: undefined };
  const endpoints = endpointsOf(world, found, { host, reader: readerOf(host, reads, script) });
  const [endpoint] = endpoints;
  if (endpoint === undefined) throw new Error('a case must name its host');
  const receiver = await openReceiver({
    endpoints,
    hooks: recorder.hooks,
    log: createMemoryLog(),
    now: () => world.clock.now,
    answerWithinMs: 60_000,
  });
  const ran = { recorder, receiver, reads, notes: [], statuses: [], states: new Map() };
  const stage: Stage = { ...ran, world, host, endpoint, script };
  return { run: ran, perform: (step) => perform(stage, step) };
}

/** The answer to the next confirming read, where the case has one; else it confirms. */
interface Script {
  reply: Fields | undefined;
}

interface Stage {
  readonly world: WebhookWorld;
  readonly host: string;
  readonly endpoint: Endpoint;
  readonly script: Script;
  readonly recorder: Recorder;
  readonly receiver: WebhookReceiver;
  readonly notes: GatewayNote[];
  readonly statuses: number[];
  readonly states: Map<string, string>;
}

function readerOf(host: string, reads: string[], script: Script): PostReader {
  return {
    readPost: (post) => {
      reads.push(post.postId);
      const { reply } = script;
      return reply === undefined
        ? Promise.resolve(post)
        : scriptedReader(host, reply).readPost(post);
    },
  };
}

function endpointsOf(
  world: WebhookWorld,
  found: Fields,
  of: { readonly host: string; readonly reader: PostReader },
): Endpoint[] {
  const given = isFields(found['given']) ? found['given'] : {};
  const secrets = typeof given['secret'] === 'string' ? [given['secret']] : [];
  const names = new Set([of.host, ...hostsInPaths(found)]);
  const { reader } = of;
  return [...names].map((name) => ({
    host: name,
    token: TOKEN,
    owner: ownerIn(world),
    secrets,
    reader,
  }));
}

async function perform(stage: Stage, step: Fields): Promise<void> {
  if (Array.isArray(step['parallel'])) {
    await Promise.all(step['parallel'].filter(isFields).map((one) => perform(stage, one)));
    return;
  }
  const { world, receiver, endpoint, host, statuses } = stage;
  if (typeof step['at'] === 'string') world.clock.now = Date.parse(step['at']);
  switch (step['via']) {
    case 'webhook':
      stage.script.reply = isFields(step['then']) ? fieldsAt(step['then'], 'reply') : undefined;
      statuses.push(await deliver(receiver, fieldsAt(step, 'request')));
      return;
    case 'poll':
      await receiver.observe(endpoint, polled(host, fieldsAt(step, 'reply')['body'], stage.states));
      return;
    case 'statuses':
      await observeStatuses(receiver, endpoint, step['input']);
      return;
    case 'gateway':
      statuses.push(await throughGateway(stage, host, step));
      return;
    default:
      throw new Error(`no step goes via ${textOf(step['via'])}`);
  }
}

// A payload names its client by the host's own id; one that names none is the main client's.
function ownerIn({ main, clients }: WebhookWorld): Endpoint['owner'] {
  if (clients.length === 1) return { clientWorkspaceId: main.id };
  return { clients: { [main.id]: main.id }, isClientId: true };
}

function hostsInPaths(found: Fields): string[] {
  const paths = JSON.stringify(found['steps'] ?? []).matchAll(/\/hooks\/([^/"]+)\//gu);
  return [...paths]
    .flatMap(([, host]) => host ?? [])
    .filter((name) => WEBHOOK_HOSTS.some((known) => known.name === name));
}

async function deliver(receiver: WebhookReceiver, request: Fields): Promise<number> {
  const { headers, body, rawBody } = request;
  const text = typeof rawBody === 'string' ? rawBody : JSON.stringify(body);
  const path = textOf(request['path']).replace(/<[^>]*>/u, TOKEN);
  const texts = isFields(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textOf(value)]))
    : {};
  return (await receiver.receive({ path, headers: texts, body: Buffer.from(text) })).status;
}

function scriptedReader(host: string, reply: Fields): PostReader {
  const status = Number(reply['status'] ?? 200);
  return createPostReader(host, {
    url: 'http://host.test',
    headers: {},
    fetch: () => Promise.resolve(new Response(JSON.stringify(reply['body']), { status })),
  });
}

function polled(host: string, body: unknown, states: Map<string, string>): readonly HostPost[] {
  if (host === 'buffer') {
    const posts = readBufferPosts(body);
    const words = JSON.stringify(body).matchAll(/"id":"([^"]+)","status":"([^"]+)"/gu);
    for (const [, id, word = ''] of words) {
      const post = posts.find(({ postId }) => postId === id);
      if (post) states.set(word, post.state);
    }
    return posts;
  }
  const list: unknown = isFields(body) ? (body['data'] ?? body['posts']) : body;
  const items: readonly unknown[] = Array.isArray(list) ? list : [body];
  return items.flatMap((item) => readMixpostPost(item) ?? []);
}

async function observeStatuses(
  receiver: WebhookReceiver,
  endpoint: Endpoint,
  input: unknown,
): Promise<void> {
  for (const item of Array.isArray(input) ? input : []) {
    const [postId, word]: readonly unknown[] = Array.isArray(item) ? item : [];
    const state = brightbeanState(textOf(word));
    if (state === undefined) throw new Error(`no state is called ${textOf(word)}`);
    // oxlint-disable-next-line no-await-in-loop -- in order
    await receiver.observe(endpoint, [{ postId: textOf(postId), state, channels: [] }]);
  }
}

async function throughGateway(of: Stage, host: string, step: Fields): Promise<number> {
  if (host !== 'mixpost' && host !== 'ayrshare') throw new Error(`there is no gateway for ${host}`);
  const request = fieldsAt(step, 'request');
  const upstream = isFields(step['upstreamReply']) ? step['upstreamReply'] : {};
  const fresh =
    host === 'mixpost'
      ? { uuid: 'fresh', status: 'scheduled' }
      : { id: 'fresh', status: 'success' };
  const method = textOf(request['method']);
  const gateway = createHostGateway({
    host: GATEWAYS[host],
    endpoint: { ...of.endpoint, owner: { clientWorkspaceId: of.world.main.id } },
    receiver: of.receiver,
    hooks: of.recorder.hooks,
    now: () => of.world.clock.now,
    onNote: (note) => of.notes.push(note),
    send: (sent) => {
      const isLookup = sent.method === 'GET' && method !== 'GET';
      const status = isLookup ? 404 : Number(upstream['status'] ?? 201);
      const body = Buffer.from(JSON.stringify(upstream['body'] ?? fresh));
      return Promise.resolve({ status, headers: {}, body });
    },
  });
  const headers = isFields(request['headers']) ? request['headers'] : {};
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), textOf(value)]);
  const body = Buffer.from(JSON.stringify(request['body'] ?? {}));
  const sent = { method, path: textOf(request['path']), headers: Object.fromEntries(lower), body };
  return (await gateway(sent)).status;
}

function fieldsAt(value: Fields, name: string): Fields {
  const field = value[name];
  return isFields(field) ? field : {};
}
