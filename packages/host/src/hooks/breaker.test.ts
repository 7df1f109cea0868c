import { describe, expect, test } from 'vitest';

import { HookError } from '../calls/hook-error.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createBreaker } from './breaker.ts';

const away = () => Promise.reject(new HookError('away', { code: 'unreachable' }));
const wrong = () => Promise.reject(new HookError('wrong', { code: 'invalid_input', status: 400 }));
const answered = async () => 'answered';

async function codeOf(outcome: Promise<unknown>) {
  return outcome.catch((error: unknown) => (error instanceof HookError ? error.code : error));
}

describe('given a breaker that opens after 2 failures for 10 s', () => {
  const open = async () => {
    const clock = createHandClock('2026-03-02T12:00:00Z');
    const breaker = createBreaker(clock, { failures: 2, coolDownMs: 10_000 });
    expect(await codeOf(breaker.run(away))).toBe('unreachable');
    expect(await codeOf(breaker.run(away))).toBe('unreachable');
    return { clock, breaker };
  };

  test('when it is open, then nobody asks until it cooled down, and then one alone', async () => {
    const { clock, breaker } = await open();
    expect(await codeOf(breaker.run(answered))).toBe('not_asked');
    clock.pass(10_000);
    const { promise, resolve } = Promise.withResolvers<string>();
    const trial = breaker.run(() => promise);
    expect(await codeOf(breaker.run(answered))).toBe('not_asked');
    resolve('back');
    expect(await trial).toBe('back');
    expect(await codeOf(breaker.run(away))).toBe('unreachable');
    expect(await codeOf(breaker.run(answered))).toBe('answered');
  });

  test('when the trial fails, then it stays open for as long again', async () => {
    const { clock, breaker } = await open();
    clock.pass(10_000);
    expect(await codeOf(breaker.run(away))).toBe('unreachable');
    clock.pass(9999);
    expect(await codeOf(breaker.run(answered))).toBe('not_asked');
    clock.pass(1);
    expect(await codeOf(breaker.run(answered))).toBe('answered');
  });

  test('when something else got through, then it closes at once', async () => {
    const { breaker } = await open();
    breaker.reset();
    expect(await codeOf(breaker.run(answered))).toBe('answered');
  });

  test('when asks are wrong, then that is an answer', async () => {
    const breaker = createBreaker(createHandClock('2026-03-02T12:00:00Z'), { failures: 2 });
    for (const call of [away, wrong, away, wrong, wrong, wrong]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await codeOf(breaker.run(call));
    }
    expect(await codeOf(breaker.run(answered))).toBe('answered');
  });
});
