import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerOwn } from './answers.ts';
import type { OwnReply } from './deny.ts';
import { readBody } from './read-body.ts';
import { boundaryOf, clientOfUpload, countFile, makeRoom, settleUpload } from './uploads.ts';
import { answerWith, type UpstreamReply } from './upstream.ts';
import type { Visit } from './visit.ts';

/** A file: room for it is held before a byte is sent on, and what was really sent is counted. */
export async function visitUpload({ desk, upstream, request, response }: Visit): Promise<void> {
  const { 'content-length': length, 'content-type': type } = request.headers;
  const clientId = clientOfUpload(desk, request);
  // More than the file by the frame around it, so that what is let through fits.
  const announced = Number(length ?? 0);
  const room = await makeRoom(desk, {
    clientId,
    bytes: Number.isSafeInteger(announced) ? announced : 0,
  });
  if (room.kind === 'own') return refuseUpload(request, response, room.reply);
  if (request.headers.expect !== undefined) response.writeContinue();
  const counter = countFile(boundaryOf(type));
  let reply: UpstreamReply | undefined;
  try {
    request.on('aborted', () => counter.destroy(new Error('the upload was given up')));
    reply = await upstream.send(request, request.pipe(counter));
  } finally {
    await settleUpload(desk, { room, reply, bytes: counter.bytes() });
  }
  answerWith(response, reply);
}

// The rest of the file is not wanted: the connection ends with the answer.
function refuseUpload(request: IncomingMessage, response: ServerResponse, reply: OwnReply): void {
  response.setHeader('connection', 'close');
  answerOwn(response, reply);
  request.resume();
}

/** A file that Postiz fetches or has already: its size is asked of its address. */
export async function visitSavedMedia({ desk, upstream, request, response }: Visit): Promise<void> {
  const bytes = await readBody(request);
  const clientId = clientOfUpload(desk, request);
  const room = await makeRoom(desk, { clientId, bytes: 0 });
  if (room.kind === 'own') return answerOwn(response, room.reply);
  let reply: UpstreamReply | undefined;
  try {
    reply = await upstream.send(request, bytes);
  } finally {
    await settleUpload(desk, { room, reply, bytes: undefined });
  }
  answerWith(response, reply);
}
