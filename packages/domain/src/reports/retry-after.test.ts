import { expect, test } from 'vitest';

import { MAIL_ATTEMPTS, retryAfterMs } from './retry-after.ts';

test('given failures in a row, when each is waited for, then waits double up to six hours, for about a day', () => {
  const minutes = Array.from({ length: MAIL_ATTEMPTS - 1 }, (_, n) => retryAfterMs(n + 1) / 60_000);
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
  const hours = minutes.reduce((sum, wait) => sum + wait, 0) / 60;
  expect(Math.round(hours)).toBe(21);
});
