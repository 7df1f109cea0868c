import { windowAt, type Instant, type Meter, type Unit } from '@retainer/domain';

import { NOTHING_ASKED, type Decision } from '../answer.ts';
import type { ClientState, MediaRow } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import { newId } from '../identity.ts';
import type { Needs } from '../needs.ts';
import type { OpenDenial } from '../open-denial.ts';
import { usageOf } from '../state-usage.ts';
import { judgeWishes, takeWishes, type Wish } from '../wish.ts';
import { usedWish } from './record-usage.ts';

/** A file was (or is about to be) uploaded. A library item is a distinct media id. */
export interface UploadCreated {
  readonly type: 'uploadCreated';
  readonly now: Instant;
  readonly mediaId: string;
  readonly bytes: number;
  readonly observed: boolean;
}

/** A file is gone: its bytes and its place in the library come back. */
export interface UploadDeleted {
  readonly type: 'uploadDeleted';
  readonly now: Instant;
  readonly mediaId: string;
}

const LEVELS = ['storage_bytes', 'library_items'] as const;

/** An upload reads its media id and both levels. */
export function mediaNeeds(op: UploadCreated | UploadDeleted): Needs {
  return { mediaIds: [op.mediaId], windows: LEVELS.map((meter) => ({ meter, at: op.now })) };
}

/** Counts an upload once: bytes and one library item, both or neither. A new size of a known id counts the difference. */
export function uploadCreated(
  state: ClientState,
  op: UploadCreated,
  denied: OpenDenial[],
): Decision {
  const known = state.media.get(op.mediaId);
  if (known && !known.deleted && known.bytes === op.bytes) {
    return { ...levelsNow(state, op.now), replayed: true, reservationId: known.seriesId };
  }
  const seriesId = known?.seriesId ?? newId(op.now);
  const wishes = LEVELS.map((meter) => levelWish(state, { ...op, meter, seriesId }));
  const asking = { now: op.now, wishes, observed: op.observed };
  const series = { seriesId, key: undefined, payloadHash: undefined };
  const reasons = judgeWishes(state, state.policy, asking);
  const taken = takeWishes(state, asking, series);
  if (taken.decision.decision !== 'deny') {
    saveMedia(state, { ...op, seriesId, deleted: false, createdAt: known?.createdAt ?? op.now });
    return taken.decision;
  }
  denied.push({
    state,
    decision: taken.decision,
    refusals: taken.refusals,
    meter: 'storage_bytes',
    from: op.now,
    isMovable: false,
    retry: (policy) => (policy === state.policy ? reasons : judgeWishes(state, policy, asking)),
  });
  return taken.decision;
}

/** Gives back what an upload counted; a second deletion changes nothing. */
export function uploadDeleted(state: ClientState, op: UploadDeleted): Decision {
  const known = state.media.get(op.mediaId);
  if (!known || known.deleted) return { ...levelsNow(state, op.now), replayed: true };
  for (const hold of state.series.get(known.seriesId)?.values() ?? []) {
    const units = hold.units.map((unit): Unit => ({ ...unit, state: 'gone', gone: 'released' }));
    changeHold(state, hold, { units, at: op.now, kind: 'delete' });
  }
  saveMedia(state, { ...known, deleted: true });
  return levelsNow(state, op.now);
}

/** Media that a post names and no upload told of are library items too; their size is not known. */
export function adoptMedia(state: ClientState, mediaIds: readonly string[], now: Instant): void {
  for (const mediaId of new Set(mediaIds)) {
    if (state.media.get(mediaId)?.deleted === false) continue;
    const op = { type: 'uploadCreated', now, mediaId, bytes: 0, observed: true } as const;
    uploadCreated(state, op, []);
  }
}

function levelWish(
  state: ClientState,
  op: UploadCreated & { readonly meter: Meter; readonly seriesId: string },
): Wish {
  const quantity = op.meter === 'storage_bytes' ? op.bytes : 1;
  const wish = usedWish(state, { ...op, quantity, usedAt: op.now });
  const hold = state.series.get(op.seriesId)?.get(op.meter);
  return { ...wish, occurrence: op.meter, hold };
}

function levelsNow(state: ClientState, at: Instant): Decision {
  const usage = LEVELS.flatMap((meter) =>
    usageOf(state, { meter, platforms: [], window: windowAt(state.policy, meter, at) }, at),
  );
  return { ...NOTHING_ASKED, usage };
}

function saveMedia(state: ClientState, media: MediaRow): void {
  const { mediaId, seriesId, bytes, deleted, createdAt } = media;
  const row = { mediaId, seriesId, bytes, deleted, createdAt };
  state.media.set(mediaId, row);
  state.changes.media.set(mediaId, row);
}
