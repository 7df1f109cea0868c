import { createParser } from 'eventsource-parser';

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
      const body = await open(lastEventId, AbortSignal.any([signal, alive.signal]));
      listener.onState(true, undefined);
      waitMs = FIRST_WAIT_MS;
      await readEvents(body, {
        onEvent: (id) => {
          lastEventId = id ?? lastEventId;
          listener.onEvent();
        },
        onSilence: () => alive.abort(new Failure('offline', 'The stream fell silent.')),
      });
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

interface Hearing {
  readonly onEvent: (id: string | undefined) => void;
  readonly onSilence: () => void;
}

/** Reads a stream to its end. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  { onEvent, onSilence }: Hearing,
): Promise<void> {
  const parser = createParser({ onEvent: ({ id }) => onEvent(id) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      timer = setTimeout(onSilence, SILENCE_MS);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
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
