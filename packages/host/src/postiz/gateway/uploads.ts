import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';

import type { HookEvent } from '../../calls/hook-bodies.ts';
import { isFields, textOf } from '../api/postiz-rows.ts';
import type { Desk } from '../desk.ts';
import { iso } from '../post-events.ts';
import type { Change } from '../state/memory.ts';
import { denyUnavailable, denyUpload, type OwnReply } from './deny.ts';
import type { UpstreamReply } from './upstream.ts';

/** Room for an upload, or why there is none. */
export type Room =
  | { readonly kind: 'open'; readonly clientId: string | null; readonly keys: readonly string[] }
  | { readonly kind: 'own'; readonly reply: OwnReply };

/** How long room is kept for an upload that never ends. */
const UPLOAD_MS = 3_600_000;

/** The client that an upload says it is for. Postiz's library has none. */
export function clientOfUpload({ settings }: Desk, request: IncomingMessage): string | null {
  const named = request.headers['x-client-id'];
  return typeof named === 'string' && named !== '' ? (settings.clientIdOf(named) ?? named) : null;
}

/**
 * Holds room for a file and its place in the library before a byte is sent on. Without a client nothing is held: the
 * file is counted for whoever uses it in a post.
 */
export async function makeRoom(
  desk: Desk,
  of: { readonly clientId: string | null; readonly bytes: number },
): Promise<Room> {
  const { clientId, bytes } = of;
  if (clientId === null) return { kind: 'open', clientId, keys: [] };
  const id = randomUUID();
  const expiresAt = iso(desk.now() + UPLOAD_MS);
  const about = { type: 'reserve', clientWorkspaceId: clientId, expiresAt } as const;
  const events: HookEvent[] = [
    ...(bytes > 0
      ? [{ ...about, key: `upload:${id}:bytes`, meter: 'storage_bytes', quantity: bytes } as const]
      : []),
    { ...about, key: `upload:${id}:item`, meter: 'library_items', quantity: 1 },
  ];
  const verdict = await desk.asks.ask(events);
  switch (verdict.kind) {
    case 'allowed':
      return {
        kind: 'open',
        clientId,
        keys: events.flatMap((one) => ('key' in one ? [one.key] : [])),
      };
    case 'denied':
      desk.tally.add('uploads_denied');
      return { kind: 'own', reply: denyUpload(desk.settings, verdict.decision, clientId) };
    case 'unavailable':
    case 'refused':
      desk.log.warn({ code: verdict.error.code }, 'room for an upload could not be asked for');
      if (desk.settings.onUnavailable === 'deny') {
        return { kind: 'own', reply: { ...denyUnavailable(desk.settings), status: 413 } };
      }
      return { kind: 'open', clientId, keys: [] };
  }
}

/** Turns the room that was held into the file that Postiz now has, or gives it back. */
export async function settleUpload(
  desk: Desk,
  of: {
    readonly room: Room & { readonly kind: 'open' };
    readonly reply: UpstreamReply | undefined;
    /** What was counted on the way; asked of the file's address where nothing was. */
    readonly bytes: number | undefined;
  },
): Promise<void> {
  const { room, reply } = of;
  const { clientId } = room;
  const release = room.keys.map((key): HookEvent => ({
    type: 'release',
    clientWorkspaceId: clientId ?? '',
    key,
  }));
  const made = madeBy(reply);
  if (!made) return tell(desk, release);
  const { mediaId } = made;
  const bytes = of.bytes ?? (await sizeAt(desk, made.path));
  const media: Change = {
    kind: 'media',
    id: mediaId,
    value: { mediaId, bytes, clientIds: clientId === null ? [] : [clientId], at: desk.now() },
  };
  if (clientId === null) return tell(desk, release, [media]);
  const about = { clientWorkspaceId: clientId, mediaId, bytes };
  await tell(desk, [...release, { type: 'uploadCreated', ...about, observed: true }], [media]);
}

/** The file that Postiz says it has now. */
function madeBy(
  reply: UpstreamReply | undefined,
): { readonly mediaId: string; readonly path: string | undefined } | undefined {
  if (!reply || reply.status < 200 || reply.status >= 300) return undefined;
  const made = reply.json();
  const mediaId = isFields(made) ? textOf(made['id']) : undefined;
  if (!isFields(made) || mediaId === undefined) return undefined;
  return { mediaId, path: textOf(made['path']) };
}

/** Tells that a file is gone, for every client that it was counted for. */
export async function dropMedia(desk: Desk, mediaId: string, reply: UpstreamReply): Promise<void> {
  const media = desk.memory.media.get(mediaId);
  if (!media || reply.status < 200 || reply.status >= 300) return;
  const events = media.clientIds.map((clientWorkspaceId): HookEvent => ({
    type: 'uploadDeleted',
    clientWorkspaceId,
    mediaId,
  }));
  await tell(desk, events, [{ kind: 'media', id: mediaId, value: undefined }]);
}

/** Counts what passes, without the frame of the multipart body around the one file in it. */
export function countFile(
  boundary: string | undefined,
): Transform & { readonly bytes: () => number } {
  let total = 0;
  let head = Buffer.alloc(0);
  let headLength = -1;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (headLength < 0 && head.length < 16_384) {
        head = Buffer.concat([head, chunk.subarray(0, 16_384)]);
        const end = head.indexOf('\r\n\r\n');
        if (end >= 0) headLength = end + 4;
      }
      done(null, chunk);
    },
  });
  const tail = boundary === undefined ? 0 : Buffer.byteLength(`\r\n--${boundary}--\r\n`);
  return Object.assign(counter, {
    bytes: () => Math.max(0, headLength < 0 ? total : total - headLength - tail),
  });
}

/** What stands between the parts of a multipart body. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/iu.exec(contentType ?? '');
  return match?.[1] ?? match?.[2];
}

/** The size of a file by its address; 0 where nobody says. */
async function sizeAt(desk: Desk, path: string | undefined): Promise<number> {
  if (path === undefined) return 0;
  try {
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(path, { method: 'HEAD', signal });
    const length = Number(response.headers.get('content-length') ?? 0);
    return response.ok && Number.isSafeInteger(length) ? length : 0;
  } catch (cause) {
    desk.log.warn({ path, cause }, 'the size of a file cannot be asked');
    return 0;
  }
}

async function tell(
  desk: Desk,
  events: readonly HookEvent[],
  changes: readonly Change[] = [],
): Promise<void> {
  await desk.memory.put([...changes, ...(events.length > 0 ? [desk.errands.of(events)] : [])]);
  desk.errands.wake();
}
