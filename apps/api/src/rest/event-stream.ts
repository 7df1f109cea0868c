import { Readable } from 'node:stream';

import { isTrackedEnvelope } from '@trpc/server';

/** Headers of a stream of events: nothing on the way may keep it or hold it back. */
export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** How soon a client should come back when the connection breaks. */
const RETRY_MS = 2_000;
/** A longer silence looks like a broken connection to what is on the way. */
const KEEP_ALIVE_MS = 15_000;

/**
 * The text of a subscription's events, with comments that keep the connection alive. Whoever reads slowly holds back
 * the subscription, and at most one comment.
 */
export function eventStream(
  events: AsyncIterator<unknown>,
  keepAliveMs: number = KEEP_ALIVE_MS,
): Readable {
  let isPulling = false;
  const stream = new Readable({
    read() {
      if (isPulling) return;
      isPulling = true;
      events
        .next()
        .then(({ done, value }) => {
          isPulling = false;
          if (done === true) end();
          else stream.push(textOf(value));
        })
        .catch(fail);
    },
    destroy(error, done) {
      clearInterval(timer);
      // One that nobody pulls any more would never get to its end.
      events.return?.().catch(() => undefined);
      done(error);
    },
  });
  const timer = setInterval(() => {
    if (stream.readableLength === 0) stream.push(': keep-alive\n\n');
  }, keepAliveMs);
  stream.push(`retry: ${RETRY_MS}\n\n`);
  return stream;

  function end(): void {
    clearInterval(timer);
    stream.push(null);
  }

  function fail(error: unknown): void {
    // How a subscription says that the connection is to end, and may be made again.
    const isEnd = error instanceof Error && error.name === 'AbortError';
    if (isEnd) end();
    else stream.destroy(error instanceof Error ? error : new Error('the events failed'));
  }
}

function textOf(event: unknown): string {
  if (!isTrackedEnvelope(event)) throw new Error('an event has no id');
  const [id, value] = event;
  return `id: ${id}\nevent: changed\ndata: ${JSON.stringify(value)}\n\n`;
}
