import { describe, expect, test } from 'vitest';

import { createAnswers, type Asked, type Made } from './answers.ts';

const at = (second: number): Date => new Date(second * 1000);

/** Asks a store, where each answer that is made is the next number. */
function asking(capacity?: number) {
  const answers = createAnswers<number>(capacity);
  let made = 0;
  const ask = (asked: Partial<Asked>, make?: () => Promise<Made<number>>): Promise<number> => {
    const full = { key: 'k', mark: 'm', now: at(0), ...asked };
    const next = async (): Promise<Made<number>> => {
      made += 1;
      return { answer: made, mark: full.mark };
    };
    return answers.take(full, make ?? next);
  };
  return ask;
}

describe('given an answer that was made', () => {
  test('when nothing that it rests on has changed, then it is given again, for a minute', async () => {
    const ask = asking();
    expect(await ask({})).toBe(1);
    expect(await ask({ now: at(59) })).toBe(1);
    expect(await ask({ now: at(60) })).toBe(2);
    expect(await ask({ now: at(59) })).toBe(3);
  });

  test('when something has, or another thing is asked, then it is made anew', async () => {
    const ask = asking();
    expect(await ask({})).toBe(1);
    expect(await ask({ mark: 'n' })).toBe(2);
    expect(await ask({ mark: 'n', key: 'l' })).toBe(3);
    expect(await ask({ mark: 'n' })).toBe(2);
  });

  test('when it rests on what is not settled, then it is not kept', async () => {
    const ask = asking();
    expect(await ask({ mark: undefined })).toBe(1);
    expect(await ask({ mark: undefined })).toBe(2);
    expect(await ask({})).toBe(3);
    const unsettled = async () => ({ answer: 99, mark: undefined });
    expect(await ask({ mark: 'n' }, unsettled)).toBe(99);
    expect(await ask({})).toBe(4);
  });

  test('when it was settled by being made, then it is kept under the mark it has since', async () => {
    const ask = asking();
    const settled = async () => ({ answer: 99, mark: 'm' });
    expect(await ask({ mark: undefined }, settled)).toBe(99);
    expect(await ask({})).toBe(99);
  });

  test('when there are too many, then the oldest goes', async () => {
    const ask = asking(2);
    for (const key of ['a', 'b', 'c']) {
      // oxlint-disable-next-line no-await-in-loop -- in this order
      await ask({ key });
    }
    expect([await ask({ key: 'b' }), await ask({ key: 'a' })]).toEqual([2, 4]);
  });
});

describe('given many who ask at once', () => {
  test('when they ask the same, then it is made once for all', async () => {
    const ask = asking();
    expect(await Promise.all([ask({}), ask({}), ask({})])).toEqual([1, 1, 1]);
  });

  test('when something changes meanwhile, then those who come after it share the next one', async () => {
    const ask = asking();
    const gate = Promise.withResolvers<undefined>();
    const slow = async () => {
      await gate.promise;
      return { answer: 99, mark: 'm' };
    };
    const first = ask({}, slow);
    const same = ask({});
    const later = [ask({ mark: 'n' }), ask({ mark: 'n' }), ask({ mark: undefined })];
    gate.resolve(undefined);
    expect(await Promise.all([first, same])).toEqual([99, 99]);
    expect(await Promise.all(later)).toEqual([1, 1, 1]);
    expect(await ask({ mark: 'n' })).toBe(1);
    expect(await ask({ mark: 'o' })).toBe(2);
  });

  test('when the one who makes it is gone, then the others make their own', async () => {
    const ask = asking();
    const gone = () => Promise.reject(new Error('gone'));
    const [first, second] = await Promise.allSettled([ask({}, gone), ask({})]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toEqual({ status: 'fulfilled', value: 1 });
  });
});
