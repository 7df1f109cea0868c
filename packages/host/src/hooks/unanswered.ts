import type { Decision } from '../calls/hook-answers.ts';
import type { EventBodies, PostBody } from '../calls/hook-bodies.ts';
import type { HookError } from '../calls/hook-error.ts';
import type { Message } from '../outbox/outbox.ts';

/** An ask of a host, with its body. */
export type Ask = {
  readonly [THook in 'postCreated' | 'postUpdated' | 'uploadCreated']: {
    readonly hook: THook;
    readonly body: EventBodies[THook];
  };
}['postCreated' | 'postUpdated' | 'uploadCreated'];

/** A question of a host, which is `check`, or an ask. */
export type Question = Ask | { readonly hook: 'check'; readonly body: PostBody };

/** What a host does with an ask that Retainer could not judge: for all alike, or by the ask and what went wrong. */
export type OnUnavailable =
  | 'allow'
  | 'deny'
  | ((question: Question, error: HookError) => 'allow' | 'deny' | Promise<'allow' | 'deny'>);

/** The flag of a decision that is the host's own, because Retainer could not be asked. */
const UNAVAILABLE = 'unavailable';

/** The decision in Retainer's place. */
export function decisionWithout(decision: 'allow' | 'deny'): Decision {
  return {
    decision,
    reservationId: null,
    replayed: false,
    reasons: [],
    nextFitAt: null,
    suggestedTier: null,
    usage: [],
    flags: [UNAVAILABLE],
  };
}

/**
 * What to tell Retainer later of an ask that brought no answer. It may have been taken all the same, so the message
 * also settles that: allowed, it happened and cannot be refused any more; denied, what may be held comes back.
 */
export function messagesFor(ask: Ask, decision: 'allow' | 'deny'): readonly Message[] {
  return decision === 'allow' ? happened(ask) : calledOff(ask);
}

function happened({ hook, body }: Ask): readonly Message[] {
  if (hook === 'uploadCreated') return [{ hook, body: { ...body, observed: true } }];
  if (body.postId !== undefined) return [{ hook, body: observedPost(body) }];
  // Without an id it cannot be told yet; `attach` tells the posts. What the key may hold comes back.
  return released(body);
}

/** The post as one that the host made without asking. */
export function observedPost(body: PostBody): PostBody {
  const { idempotencyKey: _ofTheAsk, publishNow, ...rest } = body;
  // Published now meant then: it must not count in the week in which it is told.
  const when = publishNow === true && rest.at !== undefined ? { scheduledAt: rest.at } : {};
  return { ...rest, ...when, observed: true };
}

function calledOff(ask: Ask): readonly Message[] {
  if (ask.hook === 'uploadCreated') {
    const { observed: _o, bytes: _b, ...upload } = ask.body;
    return [{ hook: 'uploadDeleted', body: upload }];
  }
  // A post that was there before stays as it was; `reconcile` tells its time again.
  if (ask.hook === 'postUpdated') return [];
  const { postId, clientWorkspaceId, agencyWorkspaceId, at } = ask.body;
  if (postId === undefined) return released(ask.body);
  const whose = {
    clientWorkspaceId,
    ...(agencyWorkspaceId !== undefined && { agencyWorkspaceId }),
  };
  return [{ hook: 'postDeleted', body: { ...whose, postId, ...(at !== undefined && { at }) } }];
}

function released(body: PostBody): readonly Message[] {
  const { clientWorkspaceId, agencyWorkspaceId, idempotencyKey: key } = body;
  if (clientWorkspaceId === null || key === undefined) return [];
  const whose = {
    clientWorkspaceId,
    ...(agencyWorkspaceId !== undefined && { agencyWorkspaceId }),
  };
  return [{ hook: 'release', body: { ...whose, key } }];
}
