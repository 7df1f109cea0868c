import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';

/** The output of a subscription: events with their ids, each written by the schema. */
export function eventsOf<TEvent extends z.ZodType>(event: TEvent) {
  return z
    .custom<AsyncIterable<TrackedEnvelope<z.input<TEvent>>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform((events) => askedAhead(written(events, event)));
}

async function* written<TEvent extends z.ZodType>(
  events: AsyncIterable<TrackedEnvelope<z.input<TEvent>>>,
  schema: TEvent,
): AsyncGenerator<TrackedEnvelope<z.output<TEvent>>, void, undefined> {
  for await (const [id, event] of events) yield tracked(id, schema.parse(event));
}

/**
 * The same events for somebody who asks for the next one before this one is taken, as tRPC does: where nobody takes
 * it, the next one may fail while nobody waits for it, which is no reason to end the process.
 */
function askedAhead<TEvent>(
  events: AsyncGenerator<TEvent, void, undefined>,
): AsyncIterableIterator<TEvent, void, undefined> {
  const iterator: AsyncIterableIterator<TEvent, void, undefined> = {
    next: () => {
      const next = events.next();
      next.catch(() => undefined);
      return next;
    },
    return: () => events.return(),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
