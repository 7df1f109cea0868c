import type { ServerResponse } from 'node:http';

import type { OwnReply } from './deny.ts';
import { BodyError } from './read-body.ts';
import { UpstreamError } from './upstream.ts';
import type { Visit } from './visit.ts';

/** Answers with something of the gateway's own. */
export function answerOwn(response: ServerResponse, { status, body }: OwnReply): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

/** Answers a request that could not be served, as Postiz would say it. */
export function answerBroken({ desk, request, response }: Visit, cause: unknown): void {
  request.resume();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (cause instanceof BodyError) {
    const { status, message } = cause;
    return answerOwn(response, { status, body: { statusCode: status, message } });
  }
  if (cause instanceof UpstreamError) {
    const status = cause.isTimeout ? 504 : 502;
    return answerOwn(response, { status, body: { statusCode: status, message: cause.message } });
  }
  desk.log.warn(
    { cause: cause instanceof Error ? cause.stack : String(cause) },
    'a request broke the gateway',
  );
  answerOwn(response, { status: 500, body: { statusCode: 500, message: 'The gateway failed.' } });
}
