import { randomUUID } from 'node:crypto';

import type { Decision } from '../calls/hook-answers.ts';
import type { PostBody } from '../calls/hook-bodies.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { HookError } from '../calls/hook-error.ts';
import { jsonOf } from '../json.ts';
import { tierPlatform, type PlatformReading } from '../vocabulary/platforms.ts';
import { clientOf, type Endpoint } from '../webhooks/endpoint.ts';
import type { HostChannel, HostPost } from '../webhooks/host-post.ts';
import type { WebhookReceiver } from '../webhooks/receiver.ts';
import type {
  AskedTime,
  GatewayAsk,
  GatewayHost,
  GatewayReply,
  GatewayRequest,
} from './gateway-host.ts';

/** What a gateway stands on. */
export interface HostGatewayOptions {
  readonly host: GatewayHost;
  /** Whose posts pass here, and where what became of them is kept: an endpoint of the receiver. */
  readonly endpoint: Endpoint;
  readonly receiver: Pick<WebhookReceiver, 'observe'>;
  readonly hooks: Pick<HookCalls, 'postCreated' | 'postUpdated' | 'release'>;
  /** Sends a request on to the host. */
  readonly send: (request: GatewayRequest) => Promise<GatewayReply>;
  /** What happens while Retainer cannot be asked. Default `allow`: what was made is told later, as unchecked. */
  readonly onUnavailable?: 'allow' | 'deny' | undefined;
  readonly platforms?: Omit<PlatformReading, 'host'> | undefined;
  readonly onNote?: ((note: GatewayNote) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

/** Something that a gateway did, for whoever watches it. */
export interface GatewayNote {
  readonly flag:
    | 'allowed'
    | 'denied'
    | 'unavailable'
    | 'unasked'
    | 'channel_unassigned'
    | 'schedule_drift';
  readonly host: string;
  readonly postId?: string | undefined;
  readonly detail?: string | undefined;
}

/** Answers a request: as the host does, or with a denial. */
export type HostGateway = (request: GatewayRequest) => Promise<GatewayReply>;

/**
 * A gateway before a host's API: it holds what a request would schedule before it sends it on, tells what came of it
 * after, and denies in the host's own shape with 402. What schedules nothing passes untouched.
 */
export function createHostGateway(options: HostGatewayOptions): HostGateway {
  return async (request) => {
    const lookup = { get: (path: string) => lookUp(options, request, path) };
    const ask = await options.host.read(request, lookup);
    if (ask === undefined) return options.send(request);
    if (ask.type === 'delete') return passDeletion(options, request, ask);
    return askAndSend(options, request, ask);
  };
}

type PostAsk = Extract<GatewayAsk, { readonly type: 'create' | 'change' }>;

/** What asking came to. */
type Verdict =
  | { readonly type: 'go'; readonly reservationId?: string; readonly key?: string }
  | { readonly type: 'no'; readonly reply: GatewayReply };

async function askAndSend(
  options: HostGatewayOptions,
  request: GatewayRequest,
  ask: PostAsk,
): Promise<GatewayReply> {
  const client = clientOf(options.endpoint, ask.account);
  const verdict = await verdictOn(options, { request, ask, client });
  if (verdict.type === 'no') return verdict.reply;
  let reply: GatewayReply | undefined;
  try {
    reply = await options.send(request);
    return reply;
  } finally {
    await afterwards(options, { ask, client, verdict, reply });
  }
}

async function verdictOn(
  options: HostGatewayOptions,
  asked: {
    readonly request: GatewayRequest;
    readonly ask: PostAsk;
    readonly client: string | null;
  },
): Promise<Verdict> {
  const { ask, client, request } = asked;
  if (client === null) note(options, { flag: 'channel_unassigned' });
  if (client === null || ask.when.type === 'draft') return { type: 'go' };
  const key = request.headers['idempotency-key'] ?? randomUUID();
  const body = askBody(options, ask, client);
  const { hooks } = options;
  try {
    if (ask.type === 'change') {
      const decision = await hooks.postUpdated({ ...body, postId: ask.before.postId });
      return verdictOf(options, decision, undefined);
    }
    return verdictOf(options, await hooks.postCreated({ ...body, idempotencyKey: key }), key);
  } catch (error) {
    return unanswered(options, error);
  }
}

function askBody(options: HostGatewayOptions, ask: PostAsk, clientWorkspaceId: string): PostBody {
  const { agencyWorkspaceId } = options.endpoint;
  return {
    clientWorkspaceId,
    ...(agencyWorkspaceId !== undefined && { agencyWorkspaceId }),
    ...(ask.channels.length > 0 && { channels: channelBodies(options, ask.channels) }),
    ...timeBody(ask.when),
    status: 'scheduled',
  };
}

function verdictOf(
  options: HostGatewayOptions,
  decision: Decision,
  key: string | undefined,
): Verdict {
  if (decision.decision === 'deny') return denied(options, decision);
  note(options, { flag: 'allowed' });
  const { reservationId } = decision;
  return {
    type: 'go',
    ...(key !== undefined && { key }),
    ...(reservationId !== null && { reservationId }),
  };
}

function denied(options: HostGatewayOptions, decision: Decision): Verdict {
  const message = denialMessage(decision);
  note(options, { flag: 'denied', detail: message });
  return { type: 'no', reply: jsonReply(402, options.host.deny(message, decision)) };
}

/** Why nothing was scheduled, in sentences for the person who asked. */
export function denialMessage({ reasons, nextFitAt, suggestedTier }: Decision): string {
  const next = nextFitAt === null ? [] : [`It would fit from ${nextFitAt} on.`];
  const tier = suggestedTier === null ? [] : [`The tier ${suggestedTier.name} would allow it.`];
  const why = reasons.map((reason) => reason.message);
  return ['Nothing was scheduled.', ...why, ...next, ...tier].join(' ');
}

// A refusal means that the ask itself cannot be: the host judges such a request by its own rules.
function unanswered(options: HostGatewayOptions, error: unknown): Verdict {
  if (!(error instanceof HookError)) throw error;
  if (!error.isUnavailable) {
    note(options, { flag: 'unasked', detail: `${error.code}: ${error.message}` });
    return { type: 'go' };
  }
  note(options, { flag: 'unavailable', detail: error.code });
  if (options.onUnavailable !== 'deny') return { type: 'go' };
  const message =
    'Nothing was scheduled: the plan of this client cannot be checked now. Try again.';
  return { type: 'no', reply: jsonReply(503, options.host.deny(message, undefined)) };
}

async function afterwards(
  options: HostGatewayOptions,
  sent: {
    readonly ask: PostAsk;
    readonly client: string | null;
    readonly verdict: Extract<Verdict, { readonly type: 'go' }>;
    readonly reply: GatewayReply | undefined;
  },
): Promise<void> {
  const { ask, verdict, reply } = sent;
  const isTaken = reply !== undefined && reply.status >= 200 && reply.status < 300;
  const made = isTaken
    ? options.host.made(jsonOf(new TextDecoder().decode(reply.body)))
    : undefined;
  if (made !== undefined) {
    await options.receiver.observe(options.endpoint, [madePost(options, { ask, verdict, made })]);
    return;
  }
  if (isTaken) return;
  // The host took nothing: what was held for it comes back, and a post that was there stays as it was.
  if (ask.type === 'change')
    await options.receiver.observe(options.endpoint, [told(ask.before, options)]);
  if (verdict.key !== undefined && sent.client !== null)
    await giveBack(options, sent.client, verdict.key);
}

// A change was told to Retainer already: what is true now must be told again.
function told(post: HostPost, { now = Date.now }: HostGatewayOptions): HostPost {
  return { ...post, at: new Date(now()).toISOString() };
}

async function giveBack(
  options: HostGatewayOptions,
  clientWorkspaceId: string,
  key: string,
): Promise<void> {
  try {
    await options.hooks.release({ clientWorkspaceId, key });
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    // It ends by itself 72 hours after its time.
    note(options, { flag: 'unavailable', detail: error.code });
  }
}

/** The post that was made, bound to its hold. The week that was asked for stays, whatever time the host stored. */
function madePost(
  options: HostGatewayOptions,
  of: {
    readonly ask: PostAsk;
    readonly verdict: Extract<Verdict, { readonly type: 'go' }>;
    readonly made: HostPost;
  },
): HostPost {
  const { ask, verdict, made } = of;
  const { reservationId } = verdict;
  const channels = made.channels.length > 0 ? made.channels : ask.channels;
  const post: HostPost = {
    ...made,
    channels,
    account: made.account ?? ask.account,
    ...(ask.type === 'create' && reservationId !== undefined && { reservationId }),
  };
  const asked = ask.when.type === 'at' ? ask.when.at : undefined;
  const stored = made.scheduledAt;
  if (asked === undefined || stored === undefined || Date.parse(asked) === Date.parse(stored)) {
    return { ...post, scheduledAt: stored ?? asked };
  }
  note(options, { flag: 'schedule_drift', postId: made.postId, detail: `${asked} ${stored}` });
  return { ...post, scheduledAt: asked, storedAs: stored };
}

async function passDeletion(
  options: HostGatewayOptions,
  request: GatewayRequest,
  { account, postIds, isGone }: Extract<GatewayAsk, { readonly type: 'delete' }>,
): Promise<GatewayReply> {
  const reply = await options.send(request);
  if (reply.status >= 200 && reply.status < 300) {
    const gone = { state: 'deleted', channels: [], account, isGone } as const;
    await options.receiver.observe(
      options.endpoint,
      postIds.map((postId) => ({ ...gone, postId })),
    );
  }
  return reply;
}

async function lookUp(
  { send }: HostGatewayOptions,
  request: GatewayRequest,
  path: string,
): Promise<unknown> {
  const { authorization, 'profile-key': profile } = request.headers;
  const headers = {
    accept: 'application/json',
    ...(authorization !== undefined && { authorization }),
    ...(profile !== undefined && { 'profile-key': profile }),
  };
  const reply = await send({ method: 'GET', path, headers, body: new Uint8Array() });
  return reply.status === 200 ? jsonOf(new TextDecoder().decode(reply.body)) : undefined;
}

function channelBodies(options: HostGatewayOptions, channels: readonly HostChannel[]) {
  const reading = { ...options.platforms, host: options.host.name };
  return channels.map(({ id, platform }) => {
    const name = tierPlatform(platform, reading);
    return { id: id === platform ? name : id, platform: name };
  });
}

function timeBody(when: AskedTime): Partial<PostBody> {
  switch (when.type) {
    case 'at':
      return { scheduledAt: when.at };
    case 'now':
      return { publishNow: true };
    case 'queue':
      return { queue: true };
    case 'draft':
      return {};
  }
}

function jsonReply(status: number, body: object): GatewayReply {
  const text = Buffer.from(JSON.stringify(body));
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: text };
}

function note(options: HostGatewayOptions, what: Omit<GatewayNote, 'host'>): void {
  options.onNote?.({ host: options.host.name, ...what });
}
