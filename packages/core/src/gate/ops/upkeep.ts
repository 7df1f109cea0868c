import { spanOf, windowAt, type Instant, type Unit } from '@retainer/domain';

import type { ClientState, PostState } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import { holdsOf, type Needs } from '../needs.ts';
import { takeWishes, wishFor } from '../wish.ts';
import { RECURRING_MS, slotName, slotsOf } from './post-ask.ts';

/** Releases what was held past its end. */
export interface Expire {
  readonly type: 'expire';
  readonly now: Instant;
}

/** The sweep reads every hold that is due. */
export function expireNeeds(op: Expire): Needs {
  return { dueBy: op.now };
}

/** Expires each due hold once; answers how many. */
export function expire(state: ClientState, op: Expire): number {
  let expired = 0;
  for (const hold of [...holdsOf(state)]) {
    const isDue = (unit: Unit): boolean => unit.state === 'held' && unit.expiresAt <= op.now;
    if (!hold.units.some(isDue)) continue;
    const units = hold.units.map((unit): Unit =>
      isDue(unit) ? { ...unit, state: 'gone', gone: 'expired', at: op.now } : unit,
    );
    changeHold(state, hold, { units, at: op.now, kind: 'expire' });
    expired += 1;
  }
  return expired;
}

/** Puts holds into the windows that a changed calendar or anchor gives them. */
export interface Rebucket {
  readonly type: 'rebucket';
  readonly now: Instant;
}

/** Re-bucketing reads every hold scheduled from now on. */
export function rebucketNeeds(op: Rebucket): Needs {
  return { scheduledFrom: op.now };
}

/** Moves what lies in a window that is no more; nothing is judged and nothing is lost. Answers how many moved. */
export function rebucket(state: ClientState, op: Rebucket): number {
  let moved = 0;
  for (const hold of [...holdsOf(state)]) {
    if (spanOf(hold.meter) === 'level' || hold.receipt.lines.length === 0) continue;
    const window = windowAt(state.policy, hold.meter, hold.scheduledAt);
    const { start, end } = hold.receipt.window;
    if (window.start === start && window.end === end) continue;
    changeHold(state, hold, { window, at: op.now, kind: 'move' });
    moved += 1;
  }
  return moved;
}

/** Holds the occurrences of recurring posts that came into the next 28 days. */
export interface Extend {
  readonly type: 'extend';
  readonly now: Instant;
  readonly postIds: readonly string[];
}

/** Extending reads the posts, their holds and the windows of the next 28 days. */
export function extendNeeds(op: Extend): Needs {
  const slots = { start: op.now, end: op.now + RECURRING_MS };
  return { postIds: op.postIds, slots };
}

const RESTING: ReadonlySet<PostState> = new Set(['draft', 'deleted', 'denied']);

/** The host will publish these whether or not they fit: they are held, and flagged where they do not. */
export function extend(state: ClientState, op: Extend): number {
  let added = 0;
  for (const postId of op.postIds) {
    const post = state.posts.get(postId);
    if (!post?.everyDays || post.scheduledAt === undefined || !post.seriesId) continue;
    // What the sweep found may be gone by now.
    if (RESTING.has(post.state)) continue;
    const { everyDays, scheduledAt, channels, seriesId } = post;
    const known = [...(state.series.get(seriesId)?.values() ?? [])];
    const slots = known.filter((hold) => !hold.flags.includes('memo'));
    const last = Math.max(...slots.map((hold) => hold.scheduledAt));
    const at = { scheduledAt, judgedAt: scheduledAt };
    const wishes = slotsOf({ occurrence: undefined, everyDays, now: op.now }, at)
      .filter((slot) => slot.scheduledAt > Math.max(last, op.now))
      .map((slot) =>
        wishFor(state.policy, {
          ...slot,
          occurrence: slotName(slot.scheduledAt),
          meter: 'posts',
          quantity: 1,
          channels,
          expiresAt: undefined,
          hold: undefined,
        }),
      );
    if (wishes.length === 0) continue;
    const series = { seriesId, key: undefined, payloadHash: undefined };
    takeWishes(state, { now: op.now, wishes, observed: true }, series);
    added += wishes.length;
  }
  return added;
}
