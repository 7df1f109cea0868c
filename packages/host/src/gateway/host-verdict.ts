import { randomUUID } from 'node:crypto';

import type { Decision } from '../calls/hook-answers.ts';
import type { PostBody } from '../calls/hook-bodies.ts';
import { HookError, isUndecided } from '../calls/hook-error.ts';
import { tierPlatform } from '../vocabulary/platforms.ts';
import type { HostChannel } from '../webhooks/host-post.ts';
import { callerKey } from './caller-key.ts';
import type { AskedTime, GatewayAsk, GatewayReply, GatewayRequest } from './gateway-host.ts';
import type { GatewayNote, HostGatewayOptions } from './gateway-options.ts';

/** An ask that may take room. */
export type PostAsk = Extract<GatewayAsk, { readonly type: 'create' | 'change' }>;

/** What asking came to. */
export type Verdict =
  /** With a key alone it was not answered: the ask may have been taken all the same. */
  | { readonly type: 'go'; readonly reservationId?: string; readonly key?: string }
  | {
      readonly type: 'no';
      readonly reply: GatewayReply;
      /** Of an ask that was not answered: it may have been taken all the same. */
      readonly key?: string;
    };

/** Asks Retainer for what a request would take. */
export async function verdictOn(
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
  const key = callerKey(request.headers['idempotency-key']) ?? randomUUID();
  const body = askBody(options, ask, client);
  try {
    return await put(options, { ask, body, key });
  } catch (error) {
    return unanswered(options, error, ask.type === 'create' ? key : undefined);
  }
}

async function put(
  options: HostGatewayOptions,
  of: { readonly ask: PostAsk; readonly body: PostBody; readonly key: string },
): Promise<Verdict> {
  const { ask, body, key } = of;
  const { hooks } = options;
  try {
    if (ask.type === 'change') {
      const decision = await hooks.postUpdated({ ...body, postId: ask.before.postId });
      return verdictOf(options, decision, undefined);
    }
    return verdictOf(options, await hooks.postCreated({ ...body, idempotencyKey: key }), key);
  } catch (error) {
    const isPast = error instanceof HookError && error.code === 'scheduled_in_past';
    if (!isPast || body.scheduledAt === undefined) throw error;
    // Whether the host publishes it at once or refuses it is the host's to say: it has to fit now.
    const { scheduledAt: _past, ...now } = body;
    return put(options, { ...of, body: { ...now, publishNow: true } });
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

function unanswered(options: HostGatewayOptions, error: unknown, key: string | undefined): Verdict {
  if (!(error instanceof HookError)) throw error;
  const named = key !== undefined && { key };
  const isAway: boolean = isUndecided(error);
  if (!isAway) {
    note(options, { flag: 'unasked', detail: `${error.code}: ${error.message}` });
    // A client that nobody registered has no plan.
    if (error.code === 'not_found') return { type: 'go' };
    const message = `Nothing was scheduled. It cannot be checked against the plan: ${error.message}`;
    return { type: 'no', reply: jsonReply(400, options.host.deny(message, undefined)) };
  }
  note(options, { flag: 'unavailable', detail: error.code });
  if (options.onUnavailable !== 'deny') return { type: 'go', ...named };
  const message =
    'Nothing was scheduled: the plan of this client cannot be checked now. Try again.';
  return { type: 'no', ...named, reply: jsonReply(503, options.host.deny(message, undefined)) };
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

/** Tells whoever watches the gateway. */
export function note(options: HostGatewayOptions, what: Omit<GatewayNote, 'host'>): void {
  options.onNote?.({ host: options.host.name, ...what });
}
