import type { Socket } from 'node:net';

import { PROBLEM_TYPE, problemOf } from '../problem.ts';

const BY_CODE: Readonly<Record<string, readonly [number, string] | undefined>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** Answers what is not HTTP at all, so that no route ever sees it. */
export function answerBrokenRequest(error: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket.destroy();
    return;
  }
  const code = 'code' in error ? String(error.code) : '';
  const [status, detail] = BY_CODE[code] ?? [400, 'The request is not HTTP as it should be.'];
  const problem = problemOf({
    code: status === 408 ? 'timeout' : 'malformed_request',
    status,
    detail,
    issues: [],
    retryAfterSeconds: undefined,
  });
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${problem.title}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
