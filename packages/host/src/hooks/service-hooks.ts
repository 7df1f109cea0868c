import type { Decision } from '../calls/hook-answers.ts';
import type { AgencyBody, Moment, Observation } from '../calls/hook-bodies.ts';
import { createHookCalls, type HookCalls } from '../calls/hook-calls.ts';
import { HookError, isUndecided } from '../calls/hook-error.ts';
import { createTransport, type TransportOptions } from '../calls/transport.ts';
import type { Message } from '../outbox/outbox.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import { createStamp, SYSTEM_CLOCK } from './clock.ts';
import { createCourier, type Courier } from './courier.ts';
import type { HostHooks, HostHooksOptions, MadePosts, Reports } from './host-hooks.ts';
import { entryFor, laneOf } from './message.ts';
import { limitOf, type Within } from './time-limit.ts';
import {
  decisionWithout,
  messagesFor,
  observedPost,
  type Ask,
  type OnUnavailable,
  type Question,
} from './unanswered.ts';

/** A delivery carries many messages and nobody waits for it. */
const DELIVERY_LIMIT_MS = 15_000;
const MOST_OBSERVATIONS = 10_000;

/** The hooks of a host that calls a Retainer over HTTP. */
export function createServiceHooks(
  service: TransportOptions,
  options: HostHooksOptions,
): HostHooks {
  const { outbox, agencyWorkspaceId, clock = SYSTEM_CLOCK, onUnavailable = 'allow' } = options;
  const stamp = createStamp(clock);
  const breaker = createBreaker(clock, options.breaker);
  const patient = createTransport({ ...service, timeLimitMs: DELIVERY_LIMIT_MS });
  const deliveries = createHookCalls(patient);
  const courier = createCourier({
    outbox,
    calls: deliveries,
    clock,
    onDelivered: breaker.reset,
    onProblem: options.onProblem ?? (() => undefined),
  });
  const queue = async (messages: readonly Message[]): Promise<void> => {
    for (const message of messages) {
      // oxlint-disable-next-line no-await-in-loop -- in their order
      await outbox.append(entryFor(message));
    }
    if (messages.length > 0) courier.wake();
  };
  const whose = <TBody extends AgencyBody>(body: TBody): TBody =>
    agencyWorkspaceId === undefined ? body : { agencyWorkspaceId, ...body };
  const told = <TBody extends AgencyBody & { readonly at?: Moment }>(body: TBody): TBody =>
    whose({ at: stamp(), ...body });
  const asking: Asking = {
    calls: createHookCalls(createTransport(service)),
    breaker,
    courier,
    onUnavailable,
    queue,
    within: limitOf(clock, service.timeLimitMs),
  };
  courier.wake();
  return {
    beforePublish: (body) => decide(asking, { hook: 'check', body: told(body) }),
    postCreated: (body) => decide(asking, { hook: 'postCreated', body: told(body) }),
    postUpdated: (body) => decide(asking, { hook: 'postUpdated', body: told(body) }),
    uploadCreated: (body) => decide(asking, { hook: 'uploadCreated', body: whose(body) }),
    ...reportsTo(queue, { whose, told, stamp }),
    drain: courier.drain,
    reconcile: async (known) => {
      const startedAt = stamp();
      await outbox.readmit();
      const drained = await courier.drain();
      const reconciling = { calls: deliveries, send: patient, agencyWorkspaceId, startedAt };
      return reconcile(reconciling, known, { drained, refused: await outbox.refused() });
    },
    close: courier.close,
  };
}

type Queue = (messages: readonly Message[]) => Promise<void>;

interface Stamping {
  readonly whose: <TBody extends AgencyBody>(body: TBody) => TBody;
  readonly told: <TBody extends AgencyBody & { readonly at?: Moment }>(body: TBody) => TBody;
  readonly stamp: () => string;
}

function reportsTo(queue: Queue, { whose, told, stamp }: Stamping): Reports {
  const dated = (seen: Observation): Observation =>
    seen.at === undefined && seen.date === undefined ? { ...seen, at: stamp() } : seen;
  return {
    postPublished: (body) => queue([{ hook: 'postPublished', body: told(body) }]),
    postFailed: (body) => queue([{ hook: 'postFailed', body: told(body) }]),
    postDeleted: (body) => queue([{ hook: 'postDeleted', body: told(body) }]),
    uploadDeleted: (body) => queue([{ hook: 'uploadDeleted', body: whose(body) }]),
    recordMetrics: (body) =>
      queue(
        partsOf(body.observations.map(dated), MOST_OBSERVATIONS).map((observations) => ({
          hook: 'metrics',
          body: whose({ ...body, observations }),
        })),
      ),
    attach: (made) => queue(attached(whose({ ...made.body, at: stamp() }), made)),
  };
}

function attached(body: MadePosts['body'], { decision, posts }: MadePosts): readonly Message[] {
  const { clientWorkspaceId, agencyWorkspaceId } = body;
  const { reservationId } = decision;
  if (clientWorkspaceId !== null && reservationId !== null) {
    const agency = agencyWorkspaceId === undefined ? {} : { agencyWorkspaceId };
    return [{ hook: 'attach', body: { ...agency, clientWorkspaceId, reservationId, posts } }];
  }
  // Nothing is held for them: each is told by itself, as one that was made without asking.
  return posts.map(({ channelId, postId }) => {
    const channels = body.channels?.filter((channel) => channel.id === channelId);
    const where = channels && channels.length > 0 ? { channels } : {};
    return { hook: 'postCreated', body: observedPost({ ...body, ...where, postId }) };
  });
}

interface Asking {
  readonly calls: HookCalls;
  readonly breaker: Breaker;
  readonly courier: Courier;
  readonly onUnavailable: OnUnavailable;
  readonly queue: Queue;
  readonly within: Within;
}

/** Asks Retainer or, where it cannot judge, the host's own rule. */
async function decide(asking: Asking, question: Question): Promise<Decision> {
  try {
    return await asking.breaker.run(() => asking.within(put(asking, question)));
  } catch (error) {
    if (!isUndecided(error)) throw error;
    const { onUnavailable } = asking;
    const decision =
      typeof onUnavailable === 'function' ? await onUnavailable(question, error) : onUnavailable;
    if (question.hook !== 'check') await asking.queue(messagesFor(question, decision));
    return decisionWithout(decision);
  }
}

/** What still waits of the same post or file goes first: later news must not overtake it. */
async function put({ calls, courier }: Asking, question: Question): Promise<Decision> {
  if (question.hook === 'check') return calls.check(question.body);
  await courier.clear(laneOf(question));
  try {
    return await ask(calls, question);
  } catch (error) {
    // A connection that the service closed meanwhile. An ask that is put twice is taken once.
    if (!(error instanceof HookError) || error.code !== 'unreachable') throw error;
    return ask(calls, question);
  }
}

function ask(calls: HookCalls, question: Ask): Promise<Decision> {
  switch (question.hook) {
    case 'postCreated':
      return calls.postCreated(question.body);
    case 'postUpdated':
      return calls.postUpdated(question.body);
    case 'uploadCreated':
      return calls.uploadCreated(question.body);
  }
}

function partsOf<T>(all: readonly T[], size: number): readonly T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}
