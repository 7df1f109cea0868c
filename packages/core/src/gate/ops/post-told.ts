import { DomainError, windowAt, type Instant, type Unit } from '@retainer/domain';

import { NOTHING_ASKED, type Decision } from '../answer.ts';
import { savePost, type ClientState, type PostRow, type PostState } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import { findReplay, newId, payloadHash } from '../identity.ts';
import type { Needs } from '../needs.ts';
import type { OpenDenial } from '../open-denial.ts';
import { usageOf } from '../state-usage.ts';
import { rememberKey, wishFor } from '../wish.ts';
import { adoptMedia } from './media.ts';
import { askForPost, isOthers, RECURRING_MS, slotsOf, type PostFacts } from './post-ask.ts';
import { newPost, withSaid } from './post-row.ts';
import { refusePast, times } from './reserve.ts';
import { gone } from './settle.ts';

/** The host has a new post, or tells one again: it asks, we answer. */
export interface PostTold extends PostFacts {
  readonly type: 'postCreated' | 'postUpdated';
}

/** What telling a post reads: the post, its holds, and every window it asks in. */
export function postToldNeeds(op: PostTold): Needs {
  const base = {
    ...(op.key === undefined ? {} : { keys: [op.key] }),
    ...(op.postId === undefined ? {} : { postIds: [op.postId] }),
    mediaIds: op.mediaIds ?? [],
  };
  const at = times(op.publishNow ? undefined : op.scheduledAt, op.now);
  const windows = slotsOf(op, at).map((slot) => ({ meter: 'posts' as const, at: slot.judgedAt }));
  const levels = op.mediaIds?.length ? LEVELS.map((meter) => ({ meter, at: op.now })) : [];
  const queue = op.queue ? { future: { meter: 'posts' as const, from: op.now } } : {};
  const slots = { start: op.now, end: op.now + RECURRING_MS };
  return { ...base, windows: [...windows, ...levels], slots, ...queue };
}

const LEVELS = ['storage_bytes', 'library_items'] as const;

/** Takes what the host says of a post: a draft holds nothing, a schedule asks, an older event changes nothing. */
export function tellPost(state: ClientState, op: PostTold, denied: OpenDenial[]): Decision {
  const hash = payloadHash(op);
  const replay = op.key === undefined ? undefined : findReplay(state, op.key, hash);
  if (replay) return replay;
  const post = op.postId === undefined ? undefined : state.posts.get(op.postId);
  if (post && op.at !== undefined && op.at < post.eventAt) return unchanged(state, post, op.now);

  if (isDraft(op, post)) return toDraft(state, op, { post, hash });
  if (post && isDone(state, post, op)) return unchanged(state, post, op.now);
  return toSchedule(state, op, { post, hash, denied });
}

// An update that says nothing of it leaves a draft a draft; a new post is scheduled.
function isDraft(op: PostTold, post: PostRow | undefined): boolean {
  if (op.status !== undefined) return op.status === 'draft';
  return op.type === 'postUpdated' && post?.state === 'draft';
}

interface Telling {
  readonly post: PostRow | undefined;
  readonly hash: string;
}

function toDraft(state: ClientState, op: PostTold, told: Telling): Decision {
  const { post } = told;
  const seriesId = post?.seriesId ?? newId(op.now);
  if (post?.seriesId) releaseParts(state, post, op.at ?? op.now);
  rememberDraft(state, op, { ...told, seriesId });
  saveTold(state, op, { post, seriesId, state: 'draft' });
  adoptMedia(state, op.mediaIds ?? [], op.now);
  return { ...allowed(state, op.scheduledAt ?? post?.scheduledAt ?? op.now), reservationId: null };
}

function toSchedule(
  state: ClientState,
  op: PostTold,
  told: Telling & { readonly denied: OpenDenial[] },
): Decision {
  const { post } = told;
  const facts = timed(op, post);
  if (asksForTime(state, facts, post)) refusePast(facts.scheduledAt, facts.now);
  const decision = askForPost(state, facts, {
    post,
    channels: facts.channels ?? [],
    payloadHash: told.hash,
    denied: told.denied,
  });
  const seriesId = decision.reservationId ?? undefined;
  if (decision.decision === 'deny') {
    const keeps = post !== undefined && holdsAny(state, post);
    if (!keeps) saveTold(state, op, { post, seriesId, state: 'denied' });
    return decision;
  }
  const scheduledAt = facts.scheduledAt ?? firstTime(state, seriesId);
  saveTold(state, { ...op, scheduledAt }, { post, seriesId, state: 'scheduled' });
  adoptMedia(state, op.mediaIds ?? [], op.now);
  return decision;
}

// A queued or published-now post has the time that its hold was given.
function firstTime(state: ClientState, seriesId: string | undefined): Instant | undefined {
  const holds = state.series.get(seriesId ?? '')?.values() ?? [];
  return [...holds].at(0)?.scheduledAt;
}

// A post told again without a time, a rhythm or channels keeps those it has.
function timed(op: PostTold, post: PostRow | undefined): PostTold {
  const known = withSaid(post ?? newPost('', op.now), op);
  const facts = { ...op, everyDays: known.everyDays, channels: known.channels };
  if (op.publishNow || op.queue) return facts;
  if (known.scheduledAt !== undefined) return { ...facts, scheduledAt: known.scheduledAt };
  const message = 'one of scheduledAt, publishNow or queue is needed';
  throw new DomainError('invalid_input', 'Give scheduledAt, publishNow or queue.', {
    issues: [{ path: 'scheduledAt', message }],
  });
}

// Published is never lowered; only an occurrence that is not known yet asks for more.
function isDone(state: ClientState, post: PostRow, op: PostTold): boolean {
  if (post.state !== 'published' || post.everyDays !== undefined) return false;
  const series = state.series.get(post.seriesId ?? '');
  const holds = [...(series?.values() ?? [])];
  if (holds.some((hold) => hold.status === 'held')) return false;
  if (op.occurrence === undefined) return true;
  return holds.some(
    (hold) =>
      hold.occurrence === op.occurrence ||
      hold.units.some((unit) => unit.publishedAs === op.occurrence),
  );
}

function unchanged(state: ClientState, post: PostRow, now: Instant): Decision {
  const decision = allowed(state, post.scheduledAt ?? now);
  return { ...decision, replayed: true, reservationId: post.seriesId ?? null };
}

function allowed(state: ClientState, at: Instant): Decision {
  const window = windowAt(state.policy, 'posts', at);
  return { ...NOTHING_ASKED, usage: usageOf(state, { meter: 'posts', platforms: [], window }, at) };
}

/** Gives back what waits of a post in every occurrence of its series; other posts of it keep their parts. */
function releaseParts(state: ClientState, { seriesId, postId }: PostRow, at: Instant): void {
  for (const hold of state.series.get(seriesId ?? '')?.values() ?? []) {
    const isMeant = (unit: Unit): boolean => unit.state === 'held' && !isOthers(unit, postId);
    if (hold.status !== 'held' || !hold.units.some(isMeant)) continue;
    const units = hold.units.map((unit): Unit => (isMeant(unit) ? gone(unit, at) : unit));
    changeHold(state, hold, { units, at, kind: 'release' });
  }
}

// A draft takes nothing; under a key its answer is remembered all the same.
function rememberDraft(
  state: ClientState,
  op: PostTold,
  told: Telling & { readonly seriesId: string },
): void {
  const wish = wishFor(state.policy, {
    ...times(op.scheduledAt, op.now),
    occurrence: '0',
    meter: 'posts',
    quantity: 1,
    channels: op.channels ?? [],
    expiresAt: undefined,
    hold: undefined,
  });
  const { seriesId, hash } = told;
  rememberKey(state, wish, { seriesId, key: op.key, payloadHash: hash, now: op.now });
}

function saveTold(
  state: ClientState,
  op: PostTold,
  told: {
    readonly post: PostRow | undefined;
    readonly seriesId: string | undefined;
    readonly state: PostState;
  },
): void {
  if (op.postId === undefined) return;
  const { post = newPost(op.postId, op.now) } = told;
  const isPublished = post.state === 'published' && !post.everyDays;
  savePost(state, {
    ...withSaid(post, op),
    seriesId: told.seriesId,
    state: isPublished ? 'published' : told.state,
    eventAt: Math.max(op.at ?? op.now, told.post?.eventAt ?? -Infinity),
  });
}

// What still waits may keep a time that has passed; what was given up asks anew.
function asksForTime(state: ClientState, facts: PostTold, post: PostRow | undefined): boolean {
  if (facts.observed || facts.publishNow) return false;
  return post?.scheduledAt !== facts.scheduledAt || !waits(state, post, facts);
}

function waits(state: ClientState, post: PostRow | undefined, { occurrence }: PostTold): boolean {
  const holds = [...(state.series.get(post?.seriesId ?? '')?.values() ?? [])];
  return holds.some(
    (hold) =>
      hold.status === 'held' && (occurrence === undefined || hold.occurrence === occurrence),
  );
}

function holdsAny(state: ClientState, post: PostRow): boolean {
  const holds = state.series.get(post.seriesId ?? '')?.values() ?? [];
  return [...holds].some((hold) => hold.status === 'held' || hold.status === 'committed');
}
