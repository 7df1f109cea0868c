import { GRACE_MS, type HoldFlag, type Instant, type Unit } from '@retainer/domain';

import type { Settlement } from '../answer.ts';
import {
  savePost,
  type Channel,
  type ClientState,
  type HoldRow,
  type PostRow,
  type PostState,
} from '../client-state.ts';
import { addHold, changeHold } from '../hold-changes.ts';
import { newId } from '../identity.ts';
import type { Needs } from '../needs.ts';
import { isOverLimit } from '../state-usage.ts';
import { rowOf, wishFor } from '../wish.ts';
import { slotTime } from './post-ask.ts';
import { newPost, withSaid } from './post-row.ts';
import { settled } from './settle.ts';

/** What a host reports of a post that it tried to publish or took away. */
export interface PostReport {
  readonly now: Instant;
  readonly postId: string;
  readonly occurrence: string | undefined;
  readonly scheduledAt: Instant | undefined;
  /** The channels it is about; none named: all. */
  readonly channels: readonly Channel[];
  readonly contentType: string | undefined;
  readonly campaignId: string | undefined;
  readonly minutesSpent: number | undefined;
  /** The event's own time, where the host gives one. */
  readonly at: Instant | undefined;
}

/** The post went out. */
export interface PostPublished extends PostReport {
  readonly type: 'postPublished';
}

/** A report reads the post, its holds, and the windows it may be counted in if nothing held it. */
export function reportNeeds(op: PostReport): Needs {
  const times = [op.now, op.at, op.scheduledAt, slotTime(op.occurrence)];
  const windows = times
    .filter((at) => at !== undefined)
    .map((at) => ({ meter: 'posts' as const, at }));
  return { postIds: [op.postId], windows };
}

/** Counts a published post once for each occurrence, in the window that held it; never refused. */
export function postPublished(state: ClientState, op: PostPublished): Settlement {
  const post = state.posts.get(op.postId);
  const hold = post && heldFor(state, post, op);
  const at = op.at ?? op.now;
  const changed = hold ? publishUnits(state, hold, op) : addUnchecked(state, op, post);
  const { row, fresh } = changed;
  for (const unit of fresh) recordPlacement(state, op, { row, unit, at });
  saveReported(state, op, { post, seriesId: row.seriesId, state: 'published' });
  return { ...settled(state, row, 'committed'), replayed: fresh.length === 0 };
}

interface Published {
  readonly row: HoldRow;
  /** The units this event published; none when it was told before. */
  readonly fresh: readonly Unit[];
}

function publishUnits(state: ClientState, hold: HoldRow, op: PostPublished): Published {
  const at = op.at ?? op.now;
  const publishedAs = op.occurrence ?? hold.occurrence;
  const addressed = new Set(unitsFor(hold, op).filter((unit) => unit.state !== 'used'));
  const publish = (unit: Unit): Unit => ({
    ...unit,
    state: 'used',
    gone: undefined,
    at,
    publishedAs,
  });
  const extra = extraChannels(hold, op).map((channel) =>
    publish(unitOf(channel, hold.scheduledAt)),
  );
  const units = hold.units.map((unit) => (addressed.has(unit) ? publish(unit) : unit));
  const fresh = [...units.filter((unit, index) => unit !== hold.units[index]), ...extra];
  if (fresh.length === 0) return { row: hold, fresh };

  const isLate = [...addressed].some((unit) => unit.gone === 'expired');
  const wasAsked = [...addressed].every((unit) => unit.state === 'held' || unit.gone === 'expired');
  const flags = new Set<HoldFlag>(hold.flags);
  if (isLate) flags.add('late');
  if (!wasAsked || extra.length > 0) flags.add('unchecked');
  const kind = isLate ? 'late_commit' : 'commit';
  const row = changeHold(state, hold, {
    units: [...units, ...extra],
    flags: [...flags],
    at: op.now,
    kind,
  });
  return { row: flagOver(state, row), fresh };
}

// Nothing held it: it counts all the same, in the week of its scheduled time where that is known.
function addUnchecked(state: ClientState, op: PostPublished, post: PostRow | undefined): Published {
  const occurrence = op.occurrence ?? '0';
  const row = uncheckedHold(state, {
    ...whereOf(op, post),
    occurrence,
    seriesId: post?.seriesId ?? newId(op.now),
    now: op.now,
    unit: { state: 'used', at: op.at ?? op.now, publishedAs: occurrence },
  });
  return { row: flagOver(state, row), fresh: row.units };
}

// Its own time and channels, else those of the post, whose time counts for its first occurrence alone.
function whereOf(
  op: PostReport,
  post: PostRow | undefined,
): { scheduledAt: Instant; channels: readonly Channel[] } {
  const known = post?.seriesId === undefined ? post?.scheduledAt : undefined;
  const times = [op.scheduledAt, slotTime(op.occurrence), known, op.at];
  const scheduledAt = times.find((time) => time !== undefined) ?? op.now;
  return { scheduledAt, channels: op.channels.length > 0 ? op.channels : (post?.channels ?? []) };
}

/** A hold that the host never asked for, flagged so. */
export function uncheckedHold(
  state: ClientState,
  hold: {
    readonly scheduledAt: Instant;
    readonly channels: readonly Channel[];
    readonly occurrence: string;
    readonly seriesId: string;
    readonly now: Instant;
    readonly unit: Partial<Unit>;
  },
): HoldRow {
  const { scheduledAt, channels, occurrence, seriesId, now } = hold;
  const wish = wishFor(state.policy, {
    occurrence,
    meter: 'posts',
    quantity: 1,
    channels,
    scheduledAt,
    judgedAt: scheduledAt,
    expiresAt: undefined,
    hold: undefined,
  });
  const units = wish.units.map((unit): Unit => ({ ...unit, ...hold.unit }));
  const series = { seriesId, key: undefined, payloadHash: undefined };
  const row = rowOf({ ...wish, units }, series, { isFirst: true, now });
  const kind = units.some((unit) => unit.state === 'used') ? 'commit' : 'hold';
  const settledAt = kind === 'commit' ? now : undefined;
  return addHold(state, { ...row, flags: ['unchecked'], settledAt }, { at: now, kind });
}

/** Says of a hold that nobody asked for whether it passes the limit. */
export function flagOver(state: ClientState, row: HoldRow): HoldRow {
  const gate = { meter: row.meter, platform: '', window: row.receipt.window };
  const isOver = row.flags.includes('unchecked') && isOverLimit(state, gate, row.scheduledAt);
  if (!isOver || row.flags.includes('over_limit_unchecked')) return row;
  const flags: HoldFlag[] = [...row.flags, 'over_limit_unchecked'];
  return changeHold(state, row, { flags, at: row.createdAt, kind: 'flag' });
}

/** The units of a hold that a report is about. */
export function unitsFor(hold: HoldRow, op: Pick<PostReport, 'postId' | 'channels'>): Unit[] {
  const attached = hold.units.some((unit) => unit.postId !== undefined);
  const own = attached ? hold.units.filter((unit) => unit.postId === op.postId) : hold.units;
  if (op.channels.length === 0) return [...own];
  return own.filter((unit) => op.channels.some((channel) => isSameChannel(unit, channel)));
}

function extraChannels(hold: HoldRow, op: PostReport): Channel[] {
  return op.channels.filter((channel) => !hold.units.some((unit) => isSameChannel(unit, channel)));
}

// A hold may know the network alone (channel = platform), or nothing of its channels.
function isSameChannel(unit: Unit, channel: Channel): boolean {
  if (unit.channel === channel.id || unit.channel === '') return true;
  return unit.channel === unit.platform && unit.platform === channel.platform;
}

function unitOf(channel: Channel, scheduledAt: Instant): Unit {
  const { id, platform } = channel;
  return { channel: id, platform, state: 'held', expiresAt: scheduledAt + GRACE_MS };
}

/** The hold of the occurrence that a report is about; none when it is a new occurrence. */
export function heldFor(state: ClientState, post: PostRow, op: PostReport): HoldRow | undefined {
  const series = [...(state.series.get(post.seriesId ?? '')?.values() ?? [])]
    .filter((hold) => !hold.flags.includes('memo'))
    .toSorted((a, b) => a.scheduledAt - b.scheduledAt);
  if (op.occurrence === undefined) return unnamedHold(series, post, op);
  const { occurrence } = op;
  return (
    series.find((hold) => hold.occurrence === occurrence) ??
    series.find((hold) => hold.units.some((unit) => unit.publishedAs === occurrence)) ??
    (post.everyDays === undefined
      ? series.find((hold) => unitsFor(hold, op).every((unit) => unit.state !== 'used'))
      : series.find((hold) => hold.scheduledAt === slotTime(occurrence)))
  );
}

// Without a name a recurring post means the slot that was told at this very time, else the latest that is due.
function unnamedHold(
  series: readonly HoldRow[],
  post: PostRow,
  op: PostReport,
): HoldRow | undefined {
  if (post.everyDays === undefined)
    return series.find((hold) => hold.occurrence === '0') ?? series.at(-1);
  const isRepeat = (unit: Unit): boolean => unit.state === 'used' && unit.at === op.at;
  const time = op.at ?? op.now;
  const due = series.filter((hold) => hold.scheduledAt <= time);
  return (
    series.find((hold) => op.at !== undefined && unitsFor(hold, op).some(isRepeat)) ??
    due.findLast((hold) => hold.status === 'held') ??
    due.at(-1) ??
    series.find((hold) => hold.status === 'held') ??
    series.at(-1)
  );
}

function recordPlacement(
  state: ClientState,
  op: PostPublished,
  published: { readonly row: HoldRow; readonly unit: Unit; readonly at: Instant },
): void {
  const { row, unit, at } = published;
  const channel = op.channels.find((one) => isSameChannel(unit, one));
  state.changes.placements.push({
    postId: op.postId,
    channelId: channel?.id ?? unit.channel,
    occurrence: unit.publishedAs ?? row.occurrence,
    platform: channel?.platform ?? unit.platform,
    publishedAt: at,
    seriesId: row.seriesId,
    externalId: channel?.externalId,
    url: channel?.url,
  });
}

/** What a report makes of its post: published is never lowered, and an occurrence says nothing of those to come. */
function stateAfter(post: PostRow | undefined, told: PostState): PostState {
  const stays = post?.everyDays === undefined ? post?.state === 'published' : told !== 'deleted';
  return post && stays ? post.state : told;
}

/** Remembers what a report says of its post. */
export function saveReported(
  state: ClientState,
  op: PostReport,
  told: {
    readonly post: PostRow | undefined;
    readonly seriesId: string | undefined;
    readonly state: PostState;
  },
): void {
  const { post = newPost(op.postId, op.now) } = told;
  const { contentType, campaignId, minutesSpent } = op;
  const scheduledAt = post.scheduledAt ?? op.scheduledAt;
  const channels = post.channels.length > 0 ? post.channels : op.channels;
  savePost(state, {
    ...withSaid(post, { contentType, campaignId, minutesSpent, scheduledAt, channels }),
    seriesId: told.seriesId,
    state: stateAfter(told.post, told.state),
    eventAt: Math.max(op.at ?? op.now, told.post?.eventAt ?? -Infinity),
  });
}

/** Whether an event is older than what was last applied to a unit. */
export function isStale(unit: Unit, op: PostReport): boolean {
  return op.at !== undefined && unit.at !== undefined && op.at < unit.at;
}
