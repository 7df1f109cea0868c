import type { LiveEvent } from '@retainer/core';
import { tracked, type TrackedEnvelope } from '@trpc/server';

import type { Context } from '../context.ts';
import { eventId } from '../schemas.ts';
import type { StreamScope } from './stream-places.ts';
import { whileGood } from './while-good.ts';

/** The field by which somebody comes back: EventSource sends it as a header, tRPC's client in the input. */
export const LIVE_FIELDS = {
  lastEventId: eventId.optional(),
} as const;

/** What a stream is opened on. */
export interface StreamAsk {
  readonly scope: StreamScope;
  readonly lastEventId: string | undefined;
  /** Ends with the connection. */
  readonly signal: AbortSignal | undefined;
}

/** An event with its id, as tRPC and our REST streams send it. */
export type TrackedEvent = TrackedEnvelope<{
  version: number;
  clients: string[] | null;
  at: Date;
}>;

/**
 * A stream of what changes, for as long as the connection and the caller's token last. All that may refuse it is done
 * when this returns: what is thrown later reaches no middleware.
 */
export function openStream(
  { services, streams }: Pick<Context, 'services' | 'streams'>,
  { scope, lastEventId, signal }: StreamAsk,
): AsyncGenerator<TrackedEvent, void, undefined> {
  const closed = new AbortController();
  const gone = AbortSignal.any([closed.signal, ...(signal ? [signal] : [])]);
  const ends = streams ? whileGood(streams.credential, gone) : gone;
  try {
    const since = lastEventId === undefined ? undefined : Number(lastEventId);
    const events = services.live.watch(scope, { since, signal: ends });
    const release = streams?.places.take(scope);
    // A stream that nobody begins to read never gets to its end.
    if (gone.aborted) release?.();
    else if (release) gone.addEventListener('abort', release, { once: true });
    return trackedEvents(events, { gone, close: () => closed.abort() });
  } catch (error) {
    closed.abort();
    throw error;
  }
}

async function* trackedEvents(
  events: AsyncIterable<LiveEvent>,
  { gone, close }: { readonly gone: AbortSignal; readonly close: () => void },
): AsyncGenerator<TrackedEvent, void, undefined> {
  try {
    for await (const { version, clients, at } of events) {
      yield tracked(String(version), { version, clients: clients && [...clients], at });
    }
    // To tRPC's client an end would be the end; a connection that breaks off is one to make again.
    if (!gone.aborted) throw new DOMException('The token is not good any more.', 'AbortError');
  } finally {
    close();
  }
}
