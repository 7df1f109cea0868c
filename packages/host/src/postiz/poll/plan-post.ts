import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import { againName, channelOf, hasClient, iso, type ClientPost } from '../post-events.ts';
import { isLive, seenOf } from '../row-record.ts';
import type { PostRecord } from '../state/records.ts';
import { planRecurring } from './plan-recurring.ts';
import {
  draftOf,
  flag,
  releaseOf,
  RETRY_MS,
  urlOf,
  type Found,
  type Plan,
  type PlanDraft,
} from './plan.ts';

const MINUTE_MS = 60_000;

/** What one poll means for one post: compared with what Retainer was told of it last. */
export function planPost(found: Found): Plan {
  const draft = draftOf(found);
  if (!hasClient(draft.record)) return withoutClient(found, draft);
  if (found.rows[0].everyDays !== undefined) planRecurring(found, draft);
  else planSingle(found, draft);
  draft.record = { ...draft.record, seen: seenOf(found.rows[0]) };
  return draft;
}

function withoutClient(found: Found, draft: PlanDraft): Plan {
  const { channel, now, rows } = found;
  const [name, detail] = channel
    ? (['channel_unassigned', `The channel ${channel.name} has no client.`] as const)
    : (['unknown_channel', `Postiz does not list the channel ${draft.record.channelId}.`] as const);
  flag(draft, name, { at: now, detail });
  draft.record = { ...draft.record, told: 'nothing', seen: seenOf(rows[0]) };
  return draft;
}

function planSingle(found: Found, draft: PlanDraft): void {
  const [row] = found.rows;
  switch (row.state) {
    case 'DRAFT':
      if (isCountable(draft.record, row)) publish(found, draft);
      return toDraft(draft);
    case 'QUEUE':
      if (isCountable(draft.record, row)) publish(found, draft);
      return queued(found, draft);
    case 'PUBLISHED':
      return wentOut(found, draft);
    case 'ERROR':
      if (isLive(row) && !isCounted(draft.record, row)) {
        const detail = 'It is live, but part of its thread failed.';
        flag(draft, 'partial_thread', { at: found.now, detail });
        return wentOut(found, draft);
      }
      if (isLive(row) && draft.record.waiting.length === 0) return;
      return failed(found, draft);
  }
}

/** It may have moved and gone out between two polls: where it waited, its hold moves first. */
function wentOut(found: Found, draft: PlanDraft): void {
  const { record } = draft;
  if (isHeard(record)) {
    if (hasClient(record)) followTime(found, draft, record);
  } else if (record.counted.length === 0) {
    draft.record = { ...record, scheduledAt: found.rows[0].publishDate };
  }
  publish(found, draft);
}

/** A release that no poll has seen, on a post that went on since. */
function isCountable(record: PostRecord, row: PostizPost): boolean {
  return row.releaseURL !== undefined && !isCounted(record, row);
}

function isCounted(record: PostRecord, row: PostizPost): boolean {
  if (record.counted.includes(releaseOf(row))) return true;
  // An id that replaces `missing` names the run that was counted already.
  return (
    record.counted.length > 0 && record.seen?.releaseId === 'missing' && record.waiting.length === 0
  );
}

function toDraft(draft: PlanDraft): void {
  const { record } = draft;
  if (record.told === 'draft' || record.told === 'published') return;
  if (!hasClient(record)) return;
  const { clientId: clientWorkspaceId, postId } = record;
  const isKnown = record.told !== 'nothing' && record.told !== 'deleted';
  if (isKnown)
    draft.events.push({ type: 'postUpdated', clientWorkspaceId, postId, status: 'draft' });
  draft.record = { ...record, told: 'draft', waiting: [] };
}

function queued(found: Found, draft: PlanDraft): void {
  const [row] = found.rows;
  const { now } = found;
  const { record } = draft;
  if (!hasClient(record)) return;
  if (record.told === 'published') {
    if (record.waiting.length === 0) waitAgain(draft, record, row);
    else followTime(found, draft, record);
  } else if (record.told !== 'scheduled') adopt(draft, record, row);
  else followTime(found, draft, record);
  if (now - row.publishDate > RETRY_MS) {
    flag(draft, 'overdue', {
      at: now,
      detail: `It was due at ${iso(row.publishDate)} and still waits.`,
    });
  }
}

/** Made behind the gateway, or put back into the queue there: held without asking. */
function adopt(draft: PlanDraft, record: ClientPost, row: PostizPost): void {
  draft.events.push(observed(record, row.publishDate));
  draft.record = { ...record, told: 'scheduled', scheduledAt: row.publishDate, isAsked: false };
}

/** A counted post that is queued once more holds one more run. */
function waitAgain(draft: PlanDraft, record: ClientPost, row: PostizPost): void {
  const occurrence = againName(record, row.publishDate);
  draft.events.push({ ...observed(record, row.publishDate), occurrence });
  draft.record = { ...record, scheduledAt: row.publishDate, waiting: [occurrence] };
}

function followTime(found: Found, draft: PlanDraft, record: ClientPost): void {
  const [row] = found.rows;
  const at = row.publishDate;
  if (at === record.scheduledAt) return;
  // What drifted when it was asked for keeps its week.
  if (record.isAsked && record.seen?.publishDate === at) return;
  if (record.seen === undefined && record.isAsked) return noteDrift(found, draft, record);
  if (found.isShared && record.waiting.length === 0) return leaveHold(draft, record, at);
  const [occurrence] = record.waiting;
  draft.events.push({ ...observed(record, at), ...(occurrence !== undefined && { occurrence }) });
  draft.record = { ...record, scheduledAt: at };
}

/** The other channels of its content stay where they are. */
function leaveHold(draft: PlanDraft, record: ClientPost, at: number): void {
  const { clientId: clientWorkspaceId, postId } = record;
  const occurrence = `alone:${postId}`;
  draft.events.push(
    { type: 'postDeleted', clientWorkspaceId, postId, occurrence: '0' },
    { ...observed(record, at), occurrence },
  );
  draft.record = { ...record, scheduledAt: at, waiting: [occurrence] };
}

/** What Postiz stored first is another time than was asked for: the week that was asked for keeps it. */
function noteDrift(found: Found, draft: PlanDraft, record: ClientPost): void {
  const [row] = found.rows;
  const drift = Math.abs(row.publishDate - record.scheduledAt);
  // What goes out at once has the minute, or a time that had passed.
  const isAtOnce = record.scheduledAt <= record.createdAt && row.publishDate <= record.createdAt;
  if (drift < MINUTE_MS || isAtOnce) return;
  const detail = `${iso(record.scheduledAt)} was asked for, and Postiz stored ${iso(row.publishDate)}.`;
  flag(draft, 'schedule_drift', { at: found.now, detail });
}

function observed(record: ClientPost, at: number): HookEvent & { readonly type: 'postUpdated' } {
  return {
    type: 'postUpdated',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    status: 'scheduled',
    observed: true,
    scheduledAt: iso(at),
    channels: [channelOf(record)],
  };
}

function publish(found: Found, draft: PlanDraft): void {
  const [row] = found.rows;
  const { record } = draft;
  if (!hasClient(record)) return;
  if (row.releaseId === 'missing') {
    const detail =
      'It is published, but its network told no id: there are no figures until the release is set.';
    flag(draft, 'release_missing', { at: found.now, detail });
  }
  const isRun = record.waiting.length > 0 && row.state === 'PUBLISHED';
  const isNew = isRun || !isCounted(record, row);
  if (isNew) draft.events.push(publication(found, record));
  const counted = withRelease(record, { release: releaseOf(row), isNew });
  const waiting = isNew ? [] : record.waiting;
  draft.record = { ...draft.record, told: 'published', counted, waiting };
}

function publication(found: Found, record: ClientPost): HookEvent {
  const [row] = found.rows;
  const [name] = record.waiting;
  const isFirst = record.counted.length === 0;
  const isAsTold = isFirst || name !== undefined;
  return {
    type: 'postPublished',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    occurrence: name ?? (found.isShared && isFirst ? '0' : releaseOf(row)),
    scheduledAt: iso(isAsTold ? record.scheduledAt : row.publishDate),
    channels: [{ ...channelOf(record), ...urlOf(row) }],
  };
}

const MOST_RELEASES = 20;

function withRelease(
  { counted }: PostRecord,
  of: { readonly release: string; readonly isNew: boolean },
): readonly string[] {
  const { release, isNew } = of;
  const isKnown = counted.includes(release);
  if (isKnown && !isNew) return counted;
  // A network that tells no id gives every run the same address.
  const name = isKnown ? `${release} ${counted.length}` : release;
  return [...counted, name].slice(-MOST_RELEASES);
}

function failed(found: Found, draft: PlanDraft): void {
  const [row] = found.rows;
  if (hasClient(draft.record) && isHeard(draft.record)) followTime(found, draft, draft.record);
  const { record } = draft;
  if (!hasClient(record) || isOver(record)) return;
  if (found.channel?.disabled) {
    const detail = `The channel ${found.channel.name} is disabled.`;
    flag(draft, 'channel_disabled', { at: found.now, detail });
  }
  tellFailure(draft, record, {
    row,
    isFinal: found.now >= row.publishDate + RETRY_MS,
    at: found.now,
  });
}

function tellFailure(
  draft: PlanDraft,
  record: ClientPost,
  of: { readonly row: PostizPost; readonly isFinal: boolean; readonly at: number },
): void {
  const { row, isFinal, at } = of;
  if (isFinal) flag(draft, 'failed', { at, detail: 'It could not be published.' });
  const told = isFinal ? 'failed' : 'failing';
  if (record.told === told) return;
  if (!isFinal || isHeard(record)) draft.events.push(failure(record, row, isFinal));
  const isCountedOnce = record.counted.length > 0;
  draft.record = {
    ...draft.record,
    told: isCountedOnce ? 'published' : told,
    scheduledAt: isHeard(record) ? record.scheduledAt : row.publishDate,
    waiting: isFinal ? [] : record.waiting,
  };
}

/** A run that was counted is never lowered; one more that waits may fail. */
function isOver({ told, waiting }: PostRecord): boolean {
  return told === 'published' && waiting.length === 0;
}

function isHeard(record: PostRecord): boolean {
  return record.told === 'scheduled' || record.told === 'failing' || record.waiting.length > 0;
}

function failure(record: ClientPost, row: PostizPost, isFinal: boolean): HookEvent {
  const [name] = record.waiting;
  return {
    type: 'postFailed',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    scheduledAt: iso(row.publishDate),
    channels: [channelOf(record)],
    ...(name !== undefined && { occurrence: name }),
    ...(isFinal && { final: true }),
  };
}
