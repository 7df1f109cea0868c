import { tracked } from '@trpc/server';
import { describe, expect, test } from 'vitest';

import { eventStream } from './event-stream.ts';

const RETRY = 'retry: 2000\n\n';

/** Events that come when they are told to, and remember that nobody wants more. */
function events() {
  const coming: ((result: IteratorResult<unknown>) => void)[] = [];
  const left = Promise.withResolvers<void>();
  let asked = 0;
  return {
    asked: () => asked,
    left: left.promise,
    come: (value: unknown) => coming.shift()?.({ value, done: false }),
    iterator: {
      next: () => {
        asked += 1;
        return new Promise<IteratorResult<unknown>>((resolve) => coming.push(resolve));
      },
      return: async () => {
        left.resolve();
        return { value: undefined, done: true } as const;
      },
    },
  };
}

describe('given events on their way to a client', () => {
  test('when one comes, then it has its id, its name and its data', async () => {
    const source = events();
    const stream = eventStream(source.iterator);
    const read = stream[Symbol.asyncIterator]();
    expect(String((await read.next()).value)).toBe(RETRY);
    const next = read.next();
    source.come(tracked('7', { at: new Date(0) }));
    expect(String((await next).value)).toBe(
      'id: 7\nevent: changed\ndata: {"at":"1970-01-01T00:00:00.000Z"}\n\n',
    );
    stream.destroy();
  });

  test('when none comes for long, then a comment keeps the connection alive', async () => {
    const stream = eventStream(events().iterator, 1);
    const parts: string[] = [];
    for await (const part of stream) {
      parts.push(String(part));
      if (parts.length === 3) break;
    }
    expect(parts).toEqual([RETRY, ': keep-alive\n\n', ': keep-alive\n\n']);
  });

  test('when nobody reads, then no more is asked for than fits, and when they leave, then it ends', async () => {
    const source = events();
    const stream = eventStream(source.iterator, 1);
    const large = { text: 'x'.repeat(100_000) };
    const read = stream[Symbol.asyncIterator]();
    await read.next();
    const next = read.next();
    source.come(tracked('1', large));
    await next;
    while (stream.readableLength < 100_000) {
      source.come(tracked('2', large));
      // oxlint-disable-next-line no-await-in-loop -- the stream takes it in a turn of its own
      await new Promise(setImmediate);
    }
    const asked = source.asked();
    source.come(tracked('3', large));
    await new Promise(setImmediate);
    expect(source.asked()).toBe(asked);
    stream.destroy();
    await source.left;
  });
});
