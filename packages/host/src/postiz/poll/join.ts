import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import { contentKeyOf } from '../content-key.ts';
import { channelOf, hasClient, iso } from '../post-events.ts';
import type { Memory } from '../state/memory.ts';
import type { Placed, PostRecord, RequestRecord } from '../state/records.ts';

/** How long a call that Postiz refused or never answered is remembered: its rows may be there all the same. */
const REMEMBERED_MS = 900_000;

/** A row that turned out to belong to something known. */
export interface Joined {
  readonly record: PostRecord;
  readonly events: readonly HookEvent[];
  /** What is asked may be told as observed where it no longer fits. */
  readonly orObserved?: true;
}

/** A row of a call that is still under way, or that was remembered. */
export function joinRequest(
  memory: Memory,
  row: PostizPost,
  untold: PostRecord,
): (Joined & { readonly request: RequestRecord }) | undefined {
  const contentKey = contentKeyOf(row.content);
  for (const request of memory.requests.all()) {
    const index = request.placed.findIndex((one) => isSame(one, row, contentKey));
    const placed = request.placed[index];
    if (!placed) continue;
    const claimed = { ...placed, postId: row.id };
    const next = { ...request, placed: request.placed.with(index, claimed) };
    return { request: next, ...joined(next, claimed, untold) };
  }
  return undefined;
}

/** A row that took the place of one that is gone: the same channel at the same time is one edit. */
export function joinReplaced(gone: PostRecord, row: PostizPost): Joined | undefined {
  if (!hasClient(gone) || gone.reservationId === undefined) return undefined;
  if (gone.channelId !== row.channelId || row.state !== 'QUEUE') return undefined;
  if ((gone.seen?.publishDate ?? gone.scheduledAt) !== row.publishDate) return undefined;
  const attach = attachment(gone.clientId, gone.reservationId, {
    channelId: row.channelId,
    postId: row.id,
  });
  return { record: { ...gone, postId: row.id, seen: undefined }, events: [attach] };
}

function isSame(placed: Placed, row: PostizPost, contentKey: string): boolean {
  return (
    placed.postId === undefined &&
    placed.channelId === row.channelId &&
    // Postiz stores whole minutes of what goes out now.
    Math.abs(placed.at - (row.actualDate ?? row.publishDate)) < 60_000 &&
    placed.contentKey === contentKey
  );
}

function joined(request: RequestRecord, placed: Placed, untold: PostRecord): Joined {
  const record: PostRecord = {
    ...untold,
    clientId: placed.clientId,
    reservationId: placed.reservationId,
    scheduledAt: placed.at,
    everyDays: placed.everyDays,
    isAsked: placed.isAsked,
    told: placed.reservationId === undefined ? 'nothing' : 'scheduled',
  };
  const { reservationId } = placed;
  if (!hasClient(record) || reservationId === undefined) return { record, events: [] };
  const { clientId: clientWorkspaceId, postId, channelId } = record;
  const attach = attachment(clientWorkspaceId, reservationId, { channelId, postId });
  if (request.phase === 'sent') return { record, events: [attach] };
  // The hold was given back: its part of it is asked for again.
  const again: HookEvent = {
    type: 'postUpdated',
    clientWorkspaceId,
    postId,
    status: 'scheduled',
    scheduledAt: iso(placed.at),
    channels: [channelOf(record)],
    ...(placed.everyDays !== undefined && { recurrence: { everyDays: placed.everyDays } }),
  };
  return { record, events: [attach, again], orObserved: true };
}

function attachment(
  clientWorkspaceId: string,
  reservationId: string,
  post: { readonly channelId: string; readonly postId: string },
): HookEvent {
  return { type: 'attach', clientWorkspaceId, reservationId, posts: [post] };
}

/** Calls that need not be remembered any longer, and what they may still hold. */
export function staleRequests(
  memory: Memory,
  of: { readonly now: number; readonly answerMs: number },
): { readonly request: RequestRecord; readonly events: readonly HookEvent[] }[] {
  return [...memory.requests.all()].flatMap((request) => {
    const age = of.now - request.since;
    if (request.phase === 'failed') return age > REMEMBERED_MS ? [{ request, events: [] }] : [];
    // It was under way when this process, or the one before it, ended.
    if (age <= of.answerMs + REMEMBERED_MS) return [];
    return [{ request, events: unclaimed(request) }];
  });
}

function unclaimed(request: RequestRecord): HookEvent[] {
  const holds = new Map<string, Placed>();
  for (const placed of request.placed) {
    if (placed.clientId !== null && placed.reservationId !== undefined)
      holds.set(placed.key, placed);
  }
  return [...holds.values()].flatMap((placed): HookEvent[] => {
    const { clientId, key, reservationId } = placed;
    if (clientId === null || reservationId === undefined) return [];
    const all = request.placed.filter((one) => one.key === key);
    if (all.every((one) => one.postId === undefined)) {
      return [{ type: 'release', clientWorkspaceId: clientId, key }];
    }
    return all
      .filter((one) => one.postId === undefined)
      .flatMap(({ channelId }): HookEvent[] => {
        const postId = `unmade:${key}:${channelId}`.slice(0, 200);
        return [
          attachment(clientId, reservationId, { channelId, postId }),
          { type: 'postDeleted', clientWorkspaceId: clientId, postId },
        ];
      });
  });
}
