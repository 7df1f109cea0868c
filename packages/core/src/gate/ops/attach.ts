import { DomainError, GRACE_MS, type Instant, type Unit } from '@retainer/domain';

import { savePost, type ClientState, type HoldRow, type PostRow } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import type { Needs } from '../needs.ts';
import { newPost } from './post-row.ts';
import { gone } from './settle.ts';

/** Tells which posts the host made from a hold. */
export interface Attach {
  readonly type: 'attach';
  readonly now: Instant;
  readonly reservationId: string;
  readonly posts: readonly { readonly channelId: string; readonly postId: string }[];
}

/** What became of each post. */
export interface Attachment {
  readonly reservationId: string;
  readonly attached: readonly string[];
  /** Posts that were counted on their own before: the hold's part for them was given back. */
  readonly alreadyCounted: readonly string[];
}

/** Attaching reads the hold's series and the posts. */
export function attachNeeds(op: Attach): Needs {
  return { seriesIds: [op.reservationId], postIds: op.posts.map((post) => post.postId) };
}

/** Binds posts to their hold; from now on the post's events settle it. Doing it twice changes nothing. */
export function attach(state: ClientState, op: Attach): Attachment {
  const series = state.series.get(op.reservationId);
  const known = series && [...series.values()].filter((hold) => !hold.flags.includes('memo'));
  if (!known || known.length === 0) {
    throw new DomainError(
      'not_found',
      `No reservation ${op.reservationId} is known for this client.`,
    );
  }
  const attached: string[] = [];
  const alreadyCounted: string[] = [];
  for (const { channelId, postId } of op.posts) {
    const other = state.posts.get(postId);
    const isOther = other?.seriesId !== undefined && other.seriesId !== op.reservationId;
    if (isOther && isCounted(state, other.seriesId)) {
      alreadyCounted.push(postId);
      giveUp(state, op, channelId);
      continue;
    }
    attached.push(postId);
    bind(state, op, { channelId, postId });
  }
  return { reservationId: op.reservationId, attached, alreadyCounted };
}

function isCounted(state: ClientState, seriesId: string | undefined): boolean {
  const holds = state.series.get(seriesId ?? '')?.values() ?? [];
  return [...holds].some((hold) => hold.receipt.lines.length > 0);
}

function giveUp(state: ClientState, op: Attach, channelId: string): void {
  for (const hold of state.series.get(op.reservationId)?.values() ?? []) {
    const isMeant = (unit: Unit): boolean =>
      unit.state === 'held' && isUnitOf(hold, unit, channelId);
    if (!hold.units.some(isMeant)) continue;
    const units = hold.units.map((unit) => (isMeant(unit) ? gone(unit, op.now) : unit));
    changeHold(state, hold, { units, at: op.now, kind: 'release' });
  }
}

function bind(
  state: ClientState,
  op: Attach,
  post: { readonly channelId: string; readonly postId: string },
): void {
  const holds = [...(state.series.get(op.reservationId)?.values() ?? [])];
  for (const hold of holds.filter((one) => !one.flags.includes('memo'))) {
    changeHold(state, hold, { units: boundUnits(hold, post), at: op.now, kind: 'attach' });
  }
  const known = state.posts.get(post.postId) ?? boundPost(holds[0], post, op.now);
  savePost(state, { ...known, seriesId: op.reservationId });
}

function boundPost(
  hold: HoldRow | undefined,
  post: { readonly channelId: string; readonly postId: string },
  now: Instant,
): PostRow {
  const unit = hold?.units.find((one) => one.channel === post.channelId);
  return {
    ...newPost(post.postId, now),
    state: hold?.status === 'denied' ? 'denied' : 'scheduled',
    scheduledAt: hold?.scheduledAt,
    channels: [{ id: post.channelId, platform: unit?.platform ?? '' }],
  };
}

function boundUnits(
  hold: HoldRow,
  { channelId, postId }: { readonly channelId: string; readonly postId: string },
): Unit[] {
  const bound = { postId, expiresAt: hold.scheduledAt + GRACE_MS };
  const isShared = hold.countBy === 'post' && hold.units.every((unit) => unit.channel === '');
  const [first] = hold.units;
  if (!isShared || !first) {
    return hold.units.map((unit) =>
      isUnitOf(hold, unit, channelId) ? { ...unit, ...bound } : unit,
    );
  }
  // Posts of a hold without channels share it: each has a part, and together they count once.
  const own =
    hold.units.find((unit) => unit.postId === postId) ??
    hold.units.find((unit) => unit.postId === undefined);
  if (own) return hold.units.map((unit) => (unit === own ? { ...unit, ...bound } : unit));
  const state = first.state === 'gone' ? 'gone' : 'held';
  return [...hold.units, { ...first, ...bound, state, at: undefined, publishedAs: undefined }];
}

// A hold that names no channels has one unit for all of them.
function isUnitOf(hold: HoldRow, unit: Unit, channelId: string): boolean {
  return unit.channel === channelId || (hold.units.length === 1 && unit.channel === '');
}
