import type { HookEvent } from '../../calls/hook-bodies.ts';
import { createdIn } from '../api/postiz-rows.ts';
import type { Desk } from '../desk.ts';
import { channelOf, iso, timeOf } from '../post-events.ts';
import { findingOf, type Change } from '../state/memory.ts';
import type { PostRecord, RequestRecord } from '../state/records.ts';
import { givenBack, releasesOf } from './give-back.ts';
import type { CreateCall } from './plan-create.ts';
import type { Step } from './steps.ts';
import type { UpstreamReply } from './upstream.ts';

/** A create call that was sent to Postiz. */
export interface Sent {
  readonly request: RequestRecord;
  readonly steps: readonly Step[];
}

/** Gives back what was held for a call that Postiz refused or never answered; its rows may turn up all the same. */
export async function takeBack(
  desk: Desk,
  sent: Sent & { readonly isUntouched: boolean },
): Promise<void> {
  const { request, steps, isUntouched } = sent;
  const value =
    isUntouched || request.placed.length === 0
      ? undefined
      : ({ ...request, phase: 'failed', since: desk.now() } as const);
  desk.tally.add('host_refused');
  await desk.memory.put([{ kind: 'request', id: request.id, value }, ...givenBack(desk, steps)]);
  desk.errands.wake();
}

/** Binds the posts that Postiz made to what was held for them. */
export async function bind(
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
    // They are told as what they are below, and must not be held twice.
    ...releasesOf(made.steps.filter(({ isAsked }) => !isAsked)),
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
  if (step.kind === 'none') return [];
  const now = desk.now();
  const known = desk.memory.posts.get(postId) ?? unheardOf(step, postId, now);
  const value: PostRecord = {
    ...known,
    clientId: step.clientId,
    reservationId: step.reservationId ?? known.reservationId,
    scheduledAt: call.isNow ? now : call.at,
    everyDays: call.everyDays,
    isAsked: step.isAsked,
    told: toldOf(step, known),
    waiting: step.ask ? step.ask.waiting : known.waiting,
  };
  return [{ kind: 'post', id: postId, value }, ...unassigned(step, postId, now)];
}

function unheardOf(step: Step, postId: string, createdAt: number): PostRecord {
  const { clientId, channelId, platform } = step;
  return {
    postId,
    clientId,
    channelId,
    platform,
    reservationId: undefined,
    scheduledAt: createdAt,
    everyDays: undefined,
    isAsked: true,
    told: 'nothing',
    counted: [],
    waiting: [],
    seen: undefined,
    flags: [],
    createdAt,
  };
}

// A poll may have seen it published before Postiz answered.
function toldOf(step: Step, known: PostRecord): PostRecord['told'] {
  if (step.kind === 'draft') return 'draft';
  return known.told === 'published' && !step.ask ? 'published' : 'scheduled';
}

function unassigned(step: Step, postId: string, at: number): Change[] {
  const { channelId, clientId } = step;
  if (clientId !== null) return [];
  const detail = `The channel ${channelId} has no client.`;
  return [findingOf({ flag: 'channel_unassigned', postId, channelId, clientId, at, detail })];
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
