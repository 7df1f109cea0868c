import { randomUUID } from 'node:crypto';

import type { HookEvent } from '../../calls/hook-bodies.ts';
import { createdIn } from '../api/postiz-rows.ts';
import type { Verdict } from '../asks.ts';
import type { Desk } from '../desk.ts';
import { channelOf, hasClient, iso, timeOf, undoMove, type MoveAsk } from '../post-events.ts';
import { findingOf, type Change } from '../state/memory.ts';
import type { Placed, PostRecord, RequestRecord } from '../state/records.ts';
import { denyPost, denyUnavailable, type OwnReply } from './deny.ts';
import type { CreateCall } from './plan-create.ts';
import { stepsOf, type Step } from './steps.ts';
import type { SendOn, UpstreamReply } from './upstream.ts';

/** What the caller gets: Postiz's own answer, or one of the gateway's. */
export type Outcome =
  | { readonly kind: 'passed'; readonly reply: UpstreamReply }
  | { readonly kind: 'own'; readonly reply: OwnReply };

/** Answers that Postiz gives before it has touched anything. */
const UNTOUCHED: ReadonlySet<number> = new Set([401, 402, 403, 413, 415, 429]);

/** One part of the ask and the steps it is for. */
interface Part {
  readonly event: HookEvent;
  readonly steps: readonly Step[];
  readonly clientId: string | null;
}

/** Holds what a create call would take, sends it on if it may, and binds what Postiz made to the hold. */
export async function createPosts(
  desk: Desk,
  call: CreateCall & { readonly key: string | undefined },
  send: SendOn,
): Promise<Outcome> {
  const steps = await stepsOf(desk, call);
  const asked = await askFor(desk, { call, steps });
  if ('reply' in asked) return { kind: 'own', reply: asked.reply };
  const request = requestOf(desk, call, asked.steps);
  if (request.placed.length > 0) {
    await desk.memory.put([{ kind: 'request', id: request.id, value: request }]);
  }
  let reply: UpstreamReply;
  try {
    reply = await send();
  } catch (cause) {
    await takeBack(desk, { request, steps: asked.steps, isUntouched: false });
    throw cause;
  }
  const isMade = reply.status >= 200 && reply.status < 300;
  if (isMade) await bind(desk, { call, request, steps: asked.steps, reply });
  else
    await takeBack(desk, { request, steps: asked.steps, isUntouched: UNTOUCHED.has(reply.status) });
  return { kind: 'passed', reply };
}

interface Asked {
  /** The steps with the holds they were given. */
  readonly steps: readonly Step[];
}

async function askFor(
  desk: Desk,
  of: {
    readonly call: CreateCall & { readonly key: string | undefined };
    readonly steps: readonly Step[];
  },
): Promise<Asked | { readonly reply: OwnReply }> {
  const key = of.call.key ?? randomUUID();
  let steps = of.steps;
  for (;;) {
    const parts = partsOf(steps, of.call, key);
    const verdict = await desk.asks.ask(parts.map(({ event }) => event));
    const isStranger = verdict.kind === 'refused' && verdict.error.code === 'not_found';
    const stranger = isStranger ? parts[verdict.index] : undefined;
    if (!stranger) return answered(desk, { ...of, verdict, parts, steps });
    // A customer that nobody registered in Retainer is no client of it.
    desk.log.warn({ clientId: stranger.clientId }, 'Retainer does not know this client');
    if (desk.settings.unassignedChannels === 'deny') return { reply: denyStranger(desk) };
    steps = steps.map((step) => (stranger.steps.includes(step) ? asStranger(step) : step));
  }
}

function answered(
  desk: Desk,
  of: {
    readonly call: CreateCall & { readonly key: string | undefined };
    readonly verdict: Verdict;
    readonly parts: readonly Part[];
    readonly steps: readonly Step[];
  },
): Asked | { readonly reply: OwnReply } {
  const { verdict, parts } = of;
  switch (verdict.kind) {
    case 'allowed': {
      const isRepeat = verdict.decisions.some(({ replayed }) => replayed);
      if (of.call.key !== undefined && isRepeat) return { reply: usedKey() };
      desk.tally.add('allowed');
      return {
        steps: withHolds(
          of.steps,
          parts,
          verdict.decisions.map((one) => one.reservationId),
        ),
      };
    }
    case 'denied': {
      desk.tally.add('denied');
      const clientId = parts[verdict.index]?.clientId ?? null;
      return { reply: denyPost(desk.settings, verdict.decision, clientId) };
    }
    case 'refused':
      if (verdict.error.code === 'idempotency_conflict') return { reply: usedKey() };
      desk.log.warn(
        { code: verdict.error.code, detail: verdict.error.message },
        'an ask was refused',
      );
      return unanswered(desk, of.steps);
    case 'unavailable':
      desk.log.warn({ code: verdict.error.code }, 'Retainer could not be asked');
      return unanswered(desk, of.steps);
  }
}

function unanswered(desk: Desk, steps: readonly Step[]): Asked | { readonly reply: OwnReply } {
  desk.tally.add('unavailable');
  if (desk.settings.onUnavailable === 'deny') return { reply: denyUnavailable(desk.settings) };
  return { steps: steps.map((step) => ({ ...step, isAsked: false })) };
}

function usedKey(): OwnReply {
  const message = 'This Idempotency-Key was used before. Take a new one for a new post.';
  return { status: 409, body: { statusCode: 409, message } };
}

function denyStranger({ settings }: Desk): OwnReply {
  const message =
    'Nothing was scheduled. The customer of this channel is not registered with the agency’s plans.';
  return { status: 402, body: { statusCode: 402, message, url: settings.billingUrl } };
}

function asStranger(step: Step): Step {
  return { ...step, clientId: null, ask: undefined, isStranger: true };
}

/** A part for each client's new posts (a channel named twice makes a second one), and one for each post that moves. */
function partsOf(steps: readonly Step[], call: CreateCall, key: string): Part[] {
  const parts: Part[] = [];
  for (const group of groupsOf(steps.filter((step) => step.kind === 'new' && !step.isStranger))) {
    const [first] = group;
    if (!first) continue;
    const mediaIds = [...new Set(group.flatMap((step) => step.item.mediaIds))].slice(0, 100);
    const event: HookEvent = {
      type: 'postCreated',
      clientWorkspaceId: first.clientId,
      idempotencyKey: parts.length === 0 ? key : `${key}:${parts.length}`,
      channels: group.map((step) => channelOf(step)),
      ...timeOf(call),
      ...(mediaIds.length > 0 && { mediaIds }),
    };
    parts.push({ event, steps: group, clientId: first.clientId });
  }
  for (const step of steps) {
    for (const event of step.ask?.events ?? [])
      parts.push({ event, steps: [step], clientId: step.clientId });
  }
  return parts;
}

function groupsOf(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = groups.find(
      (one) =>
        one[0]?.clientId === step.clientId &&
        !one.some((other) => other.channelId === step.channelId),
    );
    if (group) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function withHolds(
  steps: readonly Step[],
  parts: readonly Part[],
  holds: readonly (string | null)[],
): Step[] {
  return steps.map((step) => {
    const index = parts.findIndex((part) => part.steps.includes(step));
    const part = parts[index];
    if (!part) return step;
    const key = part.event.type === 'postCreated' ? part.event.idempotencyKey : undefined;
    return { ...step, key, reservationId: holds[index] ?? step.reservationId };
  });
}

function requestOf(desk: Desk, call: CreateCall, steps: readonly Step[]): RequestRecord {
  const placed = steps
    .filter((step) => step.kind === 'new')
    .map((step): Placed => ({
      clientId: step.clientId,
      channelId: step.channelId,
      platform: step.platform,
      at: call.at,
      contentKey: step.item.contentKey,
      key: step.key ?? '',
      reservationId: step.reservationId,
      everyDays: call.everyDays,
      isAsked: step.isAsked,
      postId: undefined,
    }));
  return { id: randomUUID(), phase: 'sent', since: desk.now(), placed };
}

interface Sent {
  readonly request: RequestRecord;
  readonly steps: readonly Step[];
}

/** Gives back what was held for a call that Postiz refused or never answered; its rows may turn up all the same. */
async function takeBack(desk: Desk, sent: Sent & { readonly isUntouched: boolean }): Promise<void> {
  const { request, steps, isUntouched } = sent;
  const keys = new Map<string, HookEvent>();
  for (const { clientId, key, reservationId } of steps.filter(({ kind }) => kind === 'new')) {
    if (clientId === null || key === undefined || reservationId === undefined) continue;
    keys.set(key, { type: 'release', clientWorkspaceId: clientId, key });
  }
  const undone = steps.flatMap((step) => undone_(step));
  const value =
    isUntouched || request.placed.length === 0
      ? undefined
      : ({ ...request, phase: 'failed', since: desk.now() } as const);
  desk.tally.add('host_refused');
  await desk.memory.put([
    { kind: 'request', id: request.id, value },
    ...errandsOf(desk, [...keys.values(), ...undone]),
  ]);
  desk.errands.wake();
}

function undone_(step: Step): HookEvent[] {
  const { record, ask } = step;
  return record && ask && step.isAsked && hasClient(record) ? undoMove(record, ask) : [];
}

async function bind(
  desk: Desk,
  made: Sent & { readonly call: CreateCall; readonly reply: UpstreamReply },
): Promise<void> {
  const rows = createdIn(made.reply.json());
  const bound: { readonly step: Step; readonly postId: string }[] = [];
  for (const step of made.steps) {
    const index = rows.findIndex(({ channelId }) => channelId === step.channelId);
    const [row] = index < 0 ? [] : rows.splice(index, 1);
    if (row) bound.push({ step, postId: row.postId });
  }
  const changes = bound.flatMap(({ step, postId }) =>
    recorded(desk, { call: made.call, step, postId }),
  );
  const events = [
    ...attachments(bound),
    ...bound.flatMap(({ step, postId }) => tidings(made.call, step, postId)),
    ...leftovers(made.steps.filter((step) => !bound.some((one) => one.step === step))),
    ...mediaOf(
      desk,
      bound.map(({ step }) => step),
    ),
  ];
  await desk.memory.put([
    { kind: 'request', id: made.request.id, value: undefined },
    ...changes,
    ...errandsOf(desk, events),
  ]);
  desk.errands.wake();
}

function errandsOf(desk: Desk, events: readonly HookEvent[]): Change[] {
  return events.length === 0 ? [] : [desk.errands.of(events)];
}

/** What is known of a post from now on. */
function recorded(
  desk: Desk,
  of: { readonly call: CreateCall; readonly step: Step; readonly postId: string },
): Change[] {
  const { call, step, postId } = of;
  const known = desk.memory.posts.get(postId);
  if (step.kind === 'none') return [];
  const isSettled = known?.told === 'published';
  const value: PostRecord = {
    postId,
    clientId: step.clientId,
    channelId: step.channelId,
    platform: step.platform,
    reservationId: step.reservationId ?? known?.reservationId,
    scheduledAt: call.isNow ? desk.now() : call.at,
    everyDays: call.everyDays,
    isAsked: step.isAsked,
    told: step.kind === 'draft' ? 'draft' : isSettled && !step.ask ? 'published' : 'scheduled',
    counted: known?.counted ?? [],
    waiting: step.ask?.waiting ?? known?.waiting ?? [],
    seen: known?.seen,
    flags: known?.flags ?? [],
    createdAt: known?.createdAt ?? desk.now(),
  };
  const about = { postId, channelId: step.channelId, clientId: step.clientId, at: desk.now() };
  const finding: Change[] =
    step.clientId === null
      ? [
          findingOf({
            ...about,
            flag: 'channel_unassigned',
            detail: `The channel ${step.channelId} has no client.`,
          }),
        ]
      : [];
  return [{ kind: 'post', id: postId, value }, ...finding];
}

function attachments(
  bound: readonly { readonly step: Step; readonly postId: string }[],
): HookEvent[] {
  const holds = new Map<
    string,
    { readonly clientId: string; readonly posts: { channelId: string; postId: string }[] }
  >();
  for (const { step, postId } of bound) {
    const { clientId, reservationId, channelId } = step;
    if (step.kind !== 'new' || clientId === null || reservationId === undefined) continue;
    const hold = holds.get(reservationId) ?? { clientId, posts: [] };
    hold.posts.push({ channelId, postId });
    holds.set(reservationId, hold);
  }
  return [...holds].map(([reservationId, { clientId, posts }]) => ({
    type: 'attach',
    clientWorkspaceId: clientId,
    reservationId,
    posts,
  }));
}

/** What Retainer was not asked and has to hear: drafts, and what went through while it was away. */
function tidings(call: CreateCall, step: Step, postId: string): HookEvent[] {
  if (step.clientId === null) return [];
  const about = {
    clientWorkspaceId: step.clientId,
    postId,
    channels: [channelOf(step)],
  };
  if (step.kind === 'draft') {
    const { mediaIds } = step.item;
    const media = mediaIds.length > 0 && { mediaIds: mediaIds.slice(0, 100) };
    return [
      { type: 'postUpdated', ...about, status: 'draft', scheduledAt: iso(call.at), ...media },
    ];
  }
  if (step.isAsked || step.kind === 'none') return [];
  return [{ type: 'postUpdated', ...about, status: 'scheduled', observed: true, ...timeOf(call) }];
}

/** Postiz made fewer posts than were held: what is left over comes back. */
function leftovers(steps: readonly Step[]): HookEvent[] {
  return steps.flatMap((step): HookEvent[] => {
    const { clientId, reservationId, channelId, key } = step;
    if (step.kind !== 'new' || clientId === null || reservationId === undefined) return [];
    const postId = `unmade:${key ?? reservationId}:${channelId}`.slice(0, 200);
    const posts = [{ channelId, postId }];
    return [
      { type: 'attach', clientWorkspaceId: clientId, reservationId, posts },
      { type: 'postDeleted', clientWorkspaceId: clientId, postId },
    ];
  });
}

/** Files that nobody was charged for become those of the client that uses them. */
function mediaOf(desk: Desk, steps: readonly Step[]): HookEvent[] {
  return steps.flatMap(({ clientId, item }) => {
    if (clientId === null) return [];
    return item.mediaIds.flatMap((mediaId): HookEvent[] => {
      const media = desk.memory.media.get(mediaId);
      if (!media || media.clientIds.includes(clientId)) return [];
      const { bytes } = media;
      return [
        { type: 'uploadCreated', clientWorkspaceId: clientId, mediaId, bytes, observed: true },
      ];
    });
  });
}

export type { MoveAsk };
