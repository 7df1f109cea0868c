import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';

/** The output of a subscription: events with their ids, each written by the schema. */
export function eventsOf<TEvent extends z.ZodType>(event: TEvent) {
  return z
    .custom<AsyncIterable<TrackedEnvelope<z.input<TEvent>>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform((events) => written(events, event));
}

async function* written<TEvent extends z.ZodType>(
  events: AsyncIterable<TrackedEnvelope<z.input<TEvent>>>,
  schema: TEvent,
): AsyncGenerator<TrackedEnvelope<z.output<TEvent>>, void, undefined> {
  for await (const [id, event] of events) yield tracked(id, schema.parse(event));
}
