import { HookError } from '../calls/hook-error.ts';
import { jsonOf } from '../json.ts';
import { clientOf } from '../webhooks/endpoint.ts';
import type { HostPost } from '../webhooks/host-post.ts';
import type { GatewayAsk, GatewayReply, GatewayRequest } from './gateway-host.ts';
import type { HostGatewayOptions } from './gateway-options.ts';
import { note, verdictOn, type PostAsk, type Verdict } from './host-verdict.ts';

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

async function askAndSend(
  options: HostGatewayOptions,
  request: GatewayRequest,
  ask: PostAsk,
): Promise<GatewayReply> {
  const client = clientOf(options.endpoint, ask.account);
  const verdict = await verdictOn(options, { request, ask, client });
  if (verdict.type === 'no' || verdict.reservationId === undefined) {
    await giveBack(options, client, verdict.key);
  }
  if (verdict.type === 'no') return verdict.reply;
  let reply: GatewayReply | undefined;
  try {
    reply = await options.send(request);
    return reply;
  } finally {
    await afterwards(options, { ask, client, verdict, reply });
  }
}

async function afterwards(options: HostGatewayOptions, sent: Sent): Promise<void> {
  const { ask, verdict, reply } = sent;
  const isTaken = reply !== undefined && reply.status >= 200 && reply.status < 300;
  const made = isTaken
    ? options.host.made(jsonOf(new TextDecoder().decode(reply.body)))
    : undefined;
  if (made !== undefined) {
    await options.receiver.observe(options.endpoint, [madePost(options, { ask, verdict, made })]);
    return;
  }
  if (ask.type === 'change') {
    // It stays as it was, as far as anybody knows.
    if (!isTaken) await options.receiver.observe(options.endpoint, [told(ask.before, options)]);
    return;
  }
  const isRefused = reply !== undefined && reply.status >= 300 && reply.status < 500;
  if (isRefused) await giveBack(options, sent.client, verdict.key);
  else expectPost(options, sent);
}

interface Sent {
  readonly ask: PostAsk;
  readonly client: string | null;
  readonly verdict: Extract<Verdict, { readonly type: 'go' }>;
  readonly reply: GatewayReply | undefined;
}

/** A host that failed, or did not say what it made, may have made it all the same: the hold waits for the post. */
function expectPost(options: HostGatewayOptions, { ask, client, verdict }: Sent): void {
  const { reservationId, key } = verdict;
  if (client === null || reservationId === undefined || key === undefined) return;
  options.receiver.expect(options.endpoint, {
    clientWorkspaceId: client,
    reservationId,
    key,
    channels: ask.channels,
    scheduledAt: ask.when.type === 'at' ? ask.when.at : undefined,
  });
}

// A change was told to Retainer already: what is true now must be told again.
function told(post: HostPost, { now = Date.now }: HostGatewayOptions): HostPost {
  return { ...post, at: new Date(now()).toISOString() };
}

async function giveBack(
  options: HostGatewayOptions,
  clientWorkspaceId: string | null,
  key: string | undefined,
): Promise<void> {
  if (clientWorkspaceId === null || key === undefined) return;
  const { agencyWorkspaceId } = options.endpoint;
  const agency = agencyWorkspaceId === undefined ? {} : { agencyWorkspaceId };
  try {
    await options.hooks.release({ ...agency, clientWorkspaceId, key });
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
