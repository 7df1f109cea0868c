import { RETRY_MS, type Instant, type Unit } from '@retainer/domain';

import type { Settlement } from '../answer.ts';
import type { ClientState, HoldRow, PostRow } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import { newId } from '../identity.ts';
import {
  flagOver,
  heldFor,
  isStale,
  postPublished,
  saveReported,
  uncheckedHold,
  unitsFor,
  type PostReport,
} from './post-settled.ts';
import { gone, settled, settlement } from './settle.ts';

/** Publishing failed, on all channels or on those named. */
export interface PostFailed extends PostReport {
  readonly type: 'postFailed';
  /** The host will not try again. */
  readonly final: boolean;
}

/** The host took the post away. */
export interface PostDeleted extends PostReport {
  readonly type: 'postDeleted';
}

/** A final failure gives back at once; another keeps (or takes) its hold for two hours. A live URL is a publish. */
export function postFailed(state: ClientState, op: PostFailed): Settlement {
  const live = op.channels.filter((channel) => channel.url !== undefined);
  if (live.length > 0) {
    const published = postPublished(state, { ...op, type: 'postPublished', channels: live });
    const failed = op.channels.filter((channel) => channel.url === undefined);
    if (failed.length > 0) failPost(state, { ...op, channels: failed });
    return published;
  }
  return failPost(state, op);
}

function failPost(state: ClientState, op: PostFailed): Settlement {
  const post = state.posts.get(op.postId);
  const hold = post && heldFor(state, post, op);
  if (!hold) return failUnknown(state, op, post);
  const until = retryUntil(op, hold.scheduledAt);
  const addressed = new Set(
    unitsFor(hold, op).filter((unit) => unit.state !== 'used' && !isStale(unit, op)),
  );
  const at = op.at ?? op.now;
  const units = hold.units.map((unit): Unit => {
    if (!addressed.has(unit)) return unit;
    if (op.final) return unit.state === 'held' ? gone(unit, at) : unit;
    if (unit.state === 'gone' && until <= op.now) return unit;
    return { ...unit, state: 'held', gone: undefined, expiresAt: until, at };
  });
  const isSame = units.every((unit, index) => unit === hold.units[index]);
  if (isSame) return answerFor(state, hold, true);
  const taken = hold.units.some(
    (unit, index) => unit.state === 'gone' && units[index]?.state === 'held',
  );
  const flags = taken ? ([...new Set([...hold.flags, 'unchecked' as const])] as const) : hold.flags;
  const kind = op.final ? 'release' : taken ? 'hold' : 'retry';
  const changed = changeHold(state, hold, { units, flags, at: op.now, kind });
  saveReported(state, op, { post, seriesId: hold.seriesId, state: 'failed' });
  return answerFor(state, taken ? flagOver(state, changed) : changed, false);
}

// A failure is the first we hear of this post: while it may be retried it takes a hold.
function failUnknown(state: ClientState, op: PostFailed, post: PostRow | undefined): Settlement {
  const { at = op.now } = op;
  const scheduledAt = op.scheduledAt ?? post?.scheduledAt ?? at;
  const until = retryUntil(op, scheduledAt);
  if (op.final || until <= op.now) {
    saveReported(state, op, { post, seriesId: post?.seriesId, state: 'failed' });
    return { ...settlement('not_found'), reason: 'not_held' };
  }
  const { occurrence = '0' } = op;
  const row = uncheckedHold(state, {
    scheduledAt,
    channels: channelsOf(op, post),
    occurrence,
    seriesId: seriesOf(op, post),
    now: op.now,
    unit: { expiresAt: until, at },
  });
  saveReported(state, op, { post, seriesId: row.seriesId, state: 'failed' });
  return settled(state, flagOver(state, row), 'held');
}

function seriesOf(op: PostFailed, post: PostRow | undefined): string {
  return post?.seriesId ?? newId(op.now);
}

function channelsOf(op: PostFailed, post: PostRow | undefined): PostRow['channels'] {
  return op.channels.length > 0 ? op.channels : (post?.channels ?? []);
}

/** Gives back what waits, in every occurrence; what was published stays counted. */
export function postDeleted(state: ClientState, op: PostDeleted): Settlement {
  const post = state.posts.get(op.postId);
  if (!post) return settlement('not_found');
  const holds = [...(state.series.get(post.seriesId ?? '')?.values() ?? [])]
    .filter((hold) => !hold.flags.includes('memo'))
    .filter((hold) => op.occurrence === undefined || hold.occurrence === op.occurrence);
  const released = holds.flatMap((hold) => {
    const addressed = new Set(
      unitsFor(hold, op).filter((unit) => unit.state === 'held' && !isStale(unit, op)),
    );
    if (addressed.size === 0) return [];
    const at = op.at ?? op.now;
    const units = hold.units.map((unit) => (addressed.has(unit) ? gone(unit, at) : unit));
    return [changeHold(state, hold, { units, at: op.now, kind: 'release' })];
  });
  if ((op.at === undefined || op.at >= post.eventAt) && !stillWaits(state, post)) {
    saveReported(state, op, { post, seriesId: post.seriesId, state: 'deleted' });
  }
  const [first] = released;
  if (first) return settled(state, first, 'released');
  const last = holds.at(-1);
  return last ? answerFor(state, last, true) : { ...settlement('not_found'), reason: 'not_held' };
}

// Of a post that keeps a channel or an occurrence, only a part was taken away.
function stillWaits(state: ClientState, post: PostRow): boolean {
  const holds = state.series.get(post.seriesId ?? '')?.values() ?? [];
  return [...holds].some((hold) => hold.status === 'held');
}

function retryUntil(op: PostReport, scheduledAt: Instant): Instant {
  return (op.at ?? scheduledAt) + RETRY_MS;
}

function answerFor(state: ClientState, hold: HoldRow, replayed: boolean): Settlement {
  switch (hold.status) {
    case 'held':
      return { ...settled(state, hold, 'held'), replayed };
    case 'committed':
      return { ...settled(state, hold, 'rejected'), reason: 'already_committed' };
    case 'denied':
      return { ...settled(state, hold, 'rejected'), reason: 'was_denied' };
    case 'released':
    case 'expired':
      return { ...settled(state, hold, 'released'), replayed };
  }
}
