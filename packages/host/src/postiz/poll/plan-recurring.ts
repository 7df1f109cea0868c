import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import { channelOf, hasClient, iso, timeOf, type ClientPost } from '../post-events.ts';
import { isLive } from '../row-record.ts';
import { flag, releaseOf, RETRY_MS, urlOf, type Found, type PlanDraft } from './plan.ts';

const MOST_COUNTED = 60;

/**
 * A recurring post is one row that goes out again and again: a release that was not seen before is one more run, and
 * the latest slot that is due is the one it was for. What the gateway asked for, Retainer holds by itself; of others,
 * the slots that Postiz lists are held.
 */
export function planRecurring(found: Found, draft: PlanDraft): void {
  const [row] = found.rows;
  const { record } = draft;
  if (!hasClient(record)) return;
  if (row.state === 'DRAFT') return stop(draft, record);
  follow(found, draft, record);
  const isNewRun = isLive(row) && !record.counted.includes(releaseOf(row));
  if (isNewRun) countRun(found, draft, record);
  else if (row.state === 'ERROR') failRun(found, draft, record);
  const late = dueSlot(found, draft)?.publishDate;
  if (late !== undefined && row.state !== 'ERROR' && found.now - late > RETRY_MS) {
    flag(draft, 'overdue', { at: found.now, detail: `A run was due at ${iso(late)}.` });
  }
}

function stop(draft: PlanDraft, record: ClientPost): void {
  if (record.told === 'draft') return;
  const { clientId: clientWorkspaceId, postId } = record;
  if (record.told !== 'nothing') {
    draft.events.push({ type: 'postUpdated', clientWorkspaceId, postId, status: 'draft' });
  }
  draft.record = { ...record, told: 'draft', waiting: [] };
}

/** Holds the slots that are listed and to come, and gives up those that are listed no more. */
function follow(found: Found, draft: PlanDraft, record: ClientPost): void {
  const [row] = found.rows;
  const first = row.actualDate ?? row.publishDate;
  const isMoved = hasMoved(record, row);
  if (record.isAsked && record.told !== 'draft') {
    const isTold = first === record.scheduledAt && row.everyDays === record.everyDays;
    if (isMoved && !isTold) retell(found, draft, record);
    return;
  }
  const left = isMoved ? unlisted(found, record) : [];
  const isNew = record.waiting.length === 0 && record.counted.length === 0;
  const fresh = [...(isNew ? firstDue(found) : []), ...unheld(found, record)];
  draft.events.push(...left.map((name) => release(record, name)));
  draft.events.push(...fresh.map((slot) => hold(record, slot)));
  const kept = record.waiting.filter((name) => !left.includes(name));
  draft.record = {
    ...draft.record,
    told: 'scheduled',
    isAsked: false,
    scheduledAt: first,
    everyDays: row.everyDays,
    waiting: [...kept, ...fresh.map((slot) => iso(slot.publishDate))],
  };
}

/** Whether its first slot or its rhythm is another than the last poll saw. */
function hasMoved({ seen }: ClientPost, row: PostizPost): boolean {
  if (seen === undefined) return false;
  return (
    seen.publishDate !== (row.actualDate ?? row.publishDate) || seen.everyDays !== row.everyDays
  );
}

function toCome(found: Found): PostizPost[] {
  return found.rows.filter((slot) => slot.publishDate > found.now);
}

function unheld(found: Found, record: ClientPost): PostizPost[] {
  const known = new Set([...record.waiting, ...record.counted]);
  return toCome(found).filter((slot) => !known.has(iso(slot.publishDate)));
}

/** Slots that were held and are no more: within what was read, for beyond it nothing is listed. */
function unlisted(found: Found, record: ClientPost): string[] {
  const listed = new Set(toCome(found).map((slot) => iso(slot.publishDate)));
  const last = Math.max(found.now, ...toCome(found).map((slot) => slot.publishDate));
  return record.waiting.filter((name) => {
    const at = Date.parse(name);
    return at > found.now && at <= last && !listed.has(name);
  });
}

/** A first run that is due but not out yet holds its slot as well. */
function firstDue(found: Found): PostizPost[] {
  const [row] = found.rows;
  if (isLive(row)) return [];
  const due = found.rows.filter((slot) => slot.publishDate <= found.now).at(-1);
  return due ? [due] : [];
}

function retell(found: Found, draft: PlanDraft, record: ClientPost): void {
  const [row] = found.rows;
  const next = found.rows.find((slot) => slot.publishDate > found.now) ?? row;
  draft.events.push({
    type: 'postUpdated',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    status: 'scheduled',
    observed: true,
    channels: [channelOf(record)],
    ...timeOf({ at: next.publishDate, isNow: false, everyDays: row.everyDays }),
  });
  draft.record = {
    ...draft.record,
    scheduledAt: row.actualDate ?? row.publishDate,
    everyDays: row.everyDays,
  };
}

function hold(record: ClientPost, slot: PostizPost): HookEvent {
  return {
    type: 'postUpdated',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    occurrence: iso(slot.publishDate),
    status: 'scheduled',
    observed: true,
    scheduledAt: iso(slot.publishDate),
    channels: [channelOf(record)],
  };
}

function release(record: ClientPost, occurrence: string): HookEvent {
  const { clientId: clientWorkspaceId, postId } = record;
  return { type: 'postDeleted', clientWorkspaceId, postId, occurrence };
}

/** The latest slot that is due and was not counted; the first of all where none is due yet. */
function dueSlot(found: Found, draft: PlanDraft): PostizPost | undefined {
  const { counted } = draft.record;
  const due = found.rows.filter((slot) => slot.publishDate <= found.now).at(-1);
  return due && !counted.includes(iso(due.publishDate)) ? due : undefined;
}

function countRun(found: Found, draft: PlanDraft, record: ClientPost): void {
  const [row] = found.rows;
  const slot = dueSlot(found, draft) ?? (record.counted.length === 0 ? row : undefined);
  const at = slot?.publishDate ?? found.now;
  const occurrence = slot ? iso(slot.publishDate) : releaseOf(row);
  draft.events.push({
    type: 'postPublished',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    occurrence,
    scheduledAt: iso(at),
    channels: [{ ...channelOf(record), ...urlOf(row) }],
  });
  draft.record = {
    ...draft.record,
    told: draft.record.told === 'draft' ? 'draft' : 'scheduled',
    counted: [...record.counted, occurrence, releaseOf(row)].slice(-MOST_COUNTED),
    waiting: draft.record.waiting.filter((name) => name !== occurrence),
  };
}

function failRun(found: Found, draft: PlanDraft, record: ClientPost): void {
  const slot = dueSlot(found, draft);
  if (!slot) return;
  const occurrence = iso(slot.publishDate);
  const isFinal = found.now >= slot.publishDate + RETRY_MS;
  const said = `${isFinal ? 'failed' : 'failing'}:${occurrence}`;
  if (record.counted.includes(said)) return;
  if (isFinal) flag(draft, 'failed', { at: found.now, detail: `The run of ${occurrence} failed.` });
  draft.events.push({
    type: 'postFailed',
    clientWorkspaceId: record.clientId,
    postId: record.postId,
    occurrence,
    scheduledAt: occurrence,
    channels: [channelOf(record)],
    ...(isFinal && { final: true }),
  });
  draft.record = {
    ...draft.record,
    counted: [...draft.record.counted, said].slice(-MOST_COUNTED),
    waiting: isFinal
      ? draft.record.waiting.filter((name) => name !== occurrence)
      : draft.record.waiting,
  };
}
