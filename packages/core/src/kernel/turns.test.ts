import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createTurns } from './turns.ts';

const LIMITS = { atOnce: 2, mostWaiting: 3, longestMs: 60_000 } as const;

/** Work that is done when the test says so. */
function slowWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let hasBegun = false;
  return {
    done: resolve,
    fails: reject,
    hasBegun: () => hasBegun,
    work: () => {
      hasBegun = true;
      return promise;
    },
  };
}

const turned = () => new Promise((resolve) => setImmediate(resolve));

describe('given two turns at once and room for three who wait', () => {
  test('when more come, then they begin in their order, and one too many is refused', async () => {
    const turns = createTurns(LIMITS);
    const works = Array.from({ length: 5 }, slowWork);
    const answers = works.map(({ work }) => turns.take(work));
    await expect(turns.take(slowWork().work)).rejects.toMatchObject({ code: 'unavailable' });
    const begun = () => works.map(({ hasBegun }) => hasBegun());
    expect(begun()).toEqual([true, true, false, false, false]);
    works[1]?.done('second');
    await turned();
    expect(begun()).toEqual([true, true, true, false, false]);
    works[0]?.fails(new Error('lost'));
    await expect(answers[0]).rejects.toThrow('lost');
    await turned();
    expect(begun()).toEqual([true, true, true, true, false]);
    for (const [index, { done }] of works.entries()) done(String(index));
    expect(await Promise.all(answers.slice(1))).toEqual(['second', '2', '3', '4']);
  });

  test('when a turn does not come in time, then it is refused and takes none later', async () => {
    const turns = createTurns({ ...LIMITS, atOnce: 1, longestMs: 5 });
    const [first, late, next] = [slowWork(), slowWork(), slowWork()];
    const running = turns.take(first.work);
    await expect(turns.take(late.work)).rejects.toMatchObject({ code: 'unavailable' });
    const last = turns.take(next.work);
    first.done('first');
    next.done('next');
    expect([await running, await last, late.hasBegun()]).toEqual(['first', 'next', false]);
  });

  test('when any number come and go, then never more run at once, and all who got a turn are answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 20 }),
        async (scheduler, atOnce, count) => {
          const turns = createTurns({ atOnce, mostWaiting: 20, longestMs: 60_000 });
          let running = 0;
          let most = 0;
          const answers = Array.from({ length: count }, (_, index) =>
            turns.take(async () => {
              running += 1;
              most = Math.max(most, running);
              await scheduler.schedule(Promise.resolve());
              running -= 1;
              return index;
            }),
          );
          const all = Promise.all(answers);
          await scheduler.waitFor(all);
          expect(await all).toEqual(Array.from({ length: count }, (_, index) => index));
          expect(most).toBe(Math.min(atOnce, count));
        },
      ),
    );
  });
});
