import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { HookOutcome } from './hook-answers.ts';
import { HookError } from './hook-error.ts';
import { tellApart } from './tell-apart.ts';

const RELEASED: HookOutcome = {
  ok: true,
  answer: {
    status: 'released',
    replayed: false,
    late: false,
    overLimit: false,
    window: null,
    reason: null,
    flags: [],
  },
};

/** A Retainer that cannot read negative numbers, and refuses every request that has one. */
function reader() {
  const heard: number[] = [];
  let requests = 0;
  const tell = async (events: readonly number[]): Promise<readonly HookOutcome[]> => {
    requests += 1;
    const bad = events.find((event) => event < 0);
    if (bad !== undefined) throw new HookError(`${bad}`, { code: 'invalid_input', status: 400 });
    heard.push(...events);
    return events.map(() => RELEASED);
  };
  return { heard, tell, requests: () => requests };
}

describe('given events of which some cannot be read', () => {
  test('when they are told, then all others are heard, once and in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 40 }),
        async (events) => {
          const { heard, tell } = reader();
          const outcomes = await tellApart(events, tell);
          expect(heard).toEqual(events.filter((event) => event >= 0));
          expect(outcomes.map(({ ok }) => ok)).toEqual(events.map((event) => event >= 0));
        },
      ),
    );
  });

  test('when one of many is, then it is found in a few requests', async () => {
    const { tell, requests } = reader();
    const outcomes = await tellApart([...Array(150).keys(), -1], tell);
    expect(outcomes.at(-1)).toEqual({
      ok: false,
      error: { code: 'invalid_input', detail: '-1', issues: [] },
    });
    expect(requests()).toBeLessThan(20);
  });
});

describe('given a Retainer that cannot be told', () => {
  test.for([
    ['it is not there', {}],
    ['it is busy', { status: 503 }],
    ['the token is no good', { status: 401 }],
    ['the token may not', { status: 403 }],
    ['somebody else is at its address', { status: 404, code: 'unreadable_answer' }],
  ] as const)('when %s, then nothing is taken for refused', async ([, facts]) => {
    const error = new HookError('away', { code: 'unreachable', ...facts });
    await expect(tellApart([1, 2], () => Promise.reject(error))).rejects.toBe(error);
  });
});
