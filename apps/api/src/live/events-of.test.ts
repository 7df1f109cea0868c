import { setImmediate } from 'node:timers/promises';

import { tracked } from '@trpc/server';
import { describe, expect, test as base } from 'vitest';
import * as z from 'zod';

import { eventsOf } from './events-of.ts';

const END = new DOMException('The token is not good any more.', 'AbortError');

async function* breaksOff() {
  yield tracked('1', 'first');
  throw END;
}

/** `test` with what the process was told of rejections that nobody waited for. */
const test = base.extend('unwaited', ({}, { onCleanup }): unknown[] => {
  const told: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => told.push(reason));
  onCleanup(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  return told;
});

describe('given events that break off', () => {
  test('when the next one was asked for and nobody waits, then the process hears nothing of it', async ({
    unwaited,
  }) => {
    const events = eventsOf(z.string()).parse(breaksOff())[Symbol.asyncIterator]();
    await expect(events.next()).resolves.toMatchObject({ done: false });
    void events.next();
    await setImmediate();
    expect(unwaited).toEqual([]);
  });

  test('when somebody waits, then they are told', async ({ unwaited }) => {
    const events = eventsOf(z.string()).parse(breaksOff())[Symbol.asyncIterator]();
    await events.next();
    await expect(events.next()).rejects.toBe(END);
    expect(unwaited).toEqual([]);
  });
});
