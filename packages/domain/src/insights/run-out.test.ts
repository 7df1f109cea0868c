import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { levelUse, pacePerDay, runOut, windowUse } from './run-out.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const week = { start: 0, end: 7 * DAY };
const use = (taken: number, limit: number | null | undefined, now: number) =>
  windowUse({ taken, limit, now, window: week });

describe('given a week of ten posts', () => {
  test('when four are taken after two days, then the rest lasts three more', () => {
    expect(runOut(use(4, 10, 2 * DAY))).toEqual({ at: 5 * DAY, reason: null });
    expect(pacePerDay(use(4, 10, 2 * DAY))).toMatchObject({ value: '2.000000' });
  });

  test('when the pace ends with the week to the millisecond, then it lasts', () => {
    expect(runOut(use(5, 10, 3.5 * DAY))).toEqual({ at: null, reason: 'lasts' });
    expect(runOut(use(5, 10, 3.5 * DAY - 1))).toEqual({ at: 7 * DAY - 2, reason: null });
  });

  test.for([
    ['not_in_tier', 0, undefined, DAY],
    ['unlimited', 9, null, DAY],
    ['limit_is_zero', 0, 0, DAY],
    ['used_up', 10, 10, DAY],
    ['used_up', 12, 10, 0],
    ['no_elapsed_time', 4, 10, 0],
    ['no_use', 0, 10, DAY],
    ['lasts', 1, 10, 6 * DAY],
  ] as const)('when there is no day to tell, then %s is why', ([reason, taken, limit, now]) => {
    expect(runOut(use(taken, limit, now))).toEqual({ at: null, reason });
  });

  test('when no time has passed, then there is no pace either', () => {
    expect(pacePerDay(use(4, 10, 0))).toEqual({ value: null, reason: 'no_complete_day' });
  });
});

describe('given a level that grows', () => {
  const level = (taken: number, grown: number, limit = 5_000_000_000) =>
    levelUse({ taken, grown, limit, now: 100 * DAY });

  test('when it grew by 2 GB in four weeks, then 3 GB last six weeks', () => {
    const found = runOut(level(2_000_000_000, 2_000_000_000));
    expect(found).toEqual({ at: 142 * DAY, reason: null });
  });

  test('when it shrinks, stands still, or would last for decades, then no day is told', () => {
    expect(runOut(level(2, -1)).reason).toBe('no_use');
    expect(runOut(level(2, 0)).reason).toBe('no_use');
    expect(runOut(level(2, 1)).reason).toBe('lasts');
  });

  test('when numbers are as large as they get, then the day is exact', () => {
    const most = 10 ** 15;
    expect(runOut(level(most - 2, most - 2, most)).at).toBe(100 * DAY);
  });
});

test('given any week, when it runs out, then the pace reaches the limit then and not a millisecond before', () => {
  const count = fc.integer({ min: 1, max: 10 ** 9 });
  fc.assert(
    fc.property(count, count, fc.integer({ min: 1, max: 7 * DAY - 1 }), (taken, limit, now) => {
      const { at } = runOut(use(taken, limit, now));
      if (at === null) return;
      const reached = (when: number): boolean =>
        BigInt(taken) * BigInt(when + 1) > BigInt(limit) * BigInt(now);
      expect(at).toBeGreaterThanOrEqual(now);
      expect(at).toBeLessThan(week.end);
      expect([reached(at), reached(at - 1)]).toEqual([true, false]);
    }),
  );
});
