import { EventSourceParserStream } from 'eventsource-parser/stream';

import { Failure, failureOf } from './failure.ts';

/** Opens a stream of events, from the one after `lastEventId`. */
export type OpenStream = (
  lastEventId: string | undefined,
  signal: AbortSignal,
) => Promise<ReadableStream<Uint8Array>>;

/** Who listens. */
export interface Listener {
  readonly onEvent: () => void;
  /** Hears when the connection is made and when it is lost. */
  readonly onState: (isOpen: boolean, failure: Failure | undefined) => void;
}

/** From where on, and how long. */
export interface ListenOptions {
  readonly lastEventId?: string | undefined;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** The server says something every 15 seconds; a longer silence is a connection that nobody told of its end. */
const SILENCE_MS = 45_000;

/**
 * Listens until the signal ends it. A connection that breaks is made again, sooner at first and later every half
 * minute, and at once when the machine comes back online; what happened meanwhile is heard then.
 */
export async function listen(
  open: OpenStream,
  listener: Listener,
  { lastEventId: from, signal }: ListenOptions,
): Promise<void> {
  let lastEventId = from;
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    let askedToWaitMs = 0;
    try {
      const alive = new AbortController();
      const ends = AbortSignal.any([signal, alive.signal]);
      const body = await open(lastEventId, ends);
      listener.onState(true, undefined);
      waitMs = FIRST_WAIT_MS;
      const watched = body.pipeThrough(watchdog(() => alive.abort()));
      for await (const { id } of eventsOf(watched)) {
        lastEventId = id ?? lastEventId;
        listener.onEvent();
      }
      if (!signal.aborted) listener.onState(false, undefined);
    } catch (thrown) {
      if (signal.aborted) return;
      const failure = failureOf(thrown);
      listener.onState(false, failure);
      askedToWaitMs = failure.retryAfterMs ?? 0;
    }
    await pause(Math.max(askedToWaitMs, waitMs * (0.75 + Math.random() / 2)), signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

async function* eventsOf(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly id?: string | undefined }> {
  const events = body
    .pipeThrough(new TextDecoderStream() satisfies GenericTransformStream as TextDecoding)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read();
      if (done) return;
      yield value;
    }
  } finally {
    events.cancel().catch(() => undefined);
  }
}

type TextDecoding = ReadableWritablePair<string, Uint8Array>;

/** Passes everything on, and calls `onSilence` when nothing comes for too long. */
function watchdog(onSilence: () => void): TransformStream<Uint8Array, Uint8Array> {
  let timer = setTimeout(onSilence, SILENCE_MS);
  return new TransformStream({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(onSilence, SILENCE_MS);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const done = new AbortController();
  const early = () => resolve();
  globalThis.addEventListener('online', early, { signal: done.signal });
  signal.addEventListener('abort', early, { signal: done.signal });
  return promise.finally(() => {
    clearTimeout(timer);
    done.abort();
  });
}
