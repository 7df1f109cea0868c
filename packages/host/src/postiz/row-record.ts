import { tierPlatform } from '../vocabulary/platforms.ts';
import type { PostizPost } from './api/postiz-rows.ts';
import type { KnownChannel } from './channels.ts';
import type { PostRecord, SeenPost } from './state/records.ts';

/** A post that Retainer was told nothing of. */
export function untoldRecord(
  row: PostizPost,
  channel: KnownChannel | undefined,
  now: number,
): PostRecord {
  return { ...recordOfRow(row, channel, now), told: 'nothing' };
}

/** A post that is not remembered, as what its row says it is. */
export function recordOfRow(
  row: PostizPost,
  channel: KnownChannel | undefined,
  now: number,
): PostRecord {
  return {
    postId: row.id,
    clientId: channel?.clientId ?? null,
    channelId: row.channelId,
    platform: channel?.platform ?? tierPlatform(row.identifier || 'unknown', { host: 'postiz' }),
    reservationId: undefined,
    scheduledAt: row.publishDate,
    everyDays: row.everyDays,
    isAsked: false,
    told: toldBy(row),
    counted: [],
    waiting: [],
    seen: undefined,
    flags: [],
    createdAt: now,
  };
}

/** A row as it is compared with the next poll's. */
export function seenOf(row: PostizPost): SeenPost {
  return {
    state: row.state,
    publishDate: row.actualDate ?? row.publishDate,
    release: row.releaseURL,
    releaseId: row.releaseId,
    everyDays: row.everyDays,
    group: row.group,
  };
}

/** Whether a row is live: an address says so even where Postiz calls it an error. */
export function isLive(row: Pick<PostizPost, 'state' | 'releaseURL'>): boolean {
  return row.state === 'PUBLISHED' || row.releaseURL !== undefined;
}

function toldBy(row: PostizPost): PostRecord['told'] {
  if (row.state === 'DRAFT') return 'draft';
  return isLive(row) ? 'published' : row.state === 'ERROR' ? 'failed' : 'scheduled';
}
