import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fraction } from '../money/fraction.ts';
import { missing } from '../money/missing.ts';
import { goalState, type GoalAsk } from './goal-state.ts';

const whole = (value: number) => fraction(BigInt(value), 1n);
const goal = (actual: number, elapsedDays: number, more: Partial<GoalAsk> = {}) =>
  goalState({
    target: whole(310),
    direction: 'more',
    month: '2026-03-01',
    elapsedDays,
    actual: whole(actual),
    kind: 'sum',
    ...more,
  });

describe('given a goal of 310 leads in March', () => {
  test('when ten days are over, then a hundred are due, and what was reached is told beside', () => {
    expect(goal(130, 10)).toMatchObject({
      due: { value: '100.000000' },
      ratio: { value: '0.419355' },
      paceRatio: { value: '1.300000' },
      state: 'ahead',
    });
  });

  test.for([
    ['ahead', 105, 10, 'beyond 4 per cent of what is due'],
    ['on_track', 104, 10, 'at 4 per cent above'],
    ['on_track', 96, 10, 'at 4 per cent below'],
    ['behind', 95, 10, 'beyond it below'],
    ['reached', 310, 10, 'there before the end'],
    ['reached', 310, 31, 'there at the end'],
    ['missed', 309, 31, 'one short at the end'],
    ['reached', 400, 60, 'long over'],
  ] as const)('when it is %s, then %s', ([state, actual, days]) => {
    expect(goal(actual, days).state).toBe(state);
  });

  test('when no day is over, or nobody knows, then nothing is judged and it says why', () => {
    const none = { value: null, reason: 'no_complete_day' };
    expect(goal(5, 0)).toEqual({ due: none, ratio: none, paceRatio: none, state: null });
    const unknown = missing('missing_data');
    expect(goal(0, 10, { actual: unknown })).toMatchObject({
      due: { value: '100.000000' },
      ratio: unknown,
      state: null,
    });
  });
});

describe('given a goal of at most 310.00 of cost in March', () => {
  test.for([
    ['ahead', 95, 10],
    ['on_track', 104, 10],
    ['behind', 105, 10],
    ['missed', 311, 10],
    ['behind', 310, 10],
    ['reached', 310, 31],
    ['missed', 311, 31],
  ] as const)('when it is %s, then by these days', ([state, actual, days]) => {
    expect(goal(actual, days, { direction: 'less' }).state).toBe(state);
  });

  test('when nothing may be spent, then nothing is on track and anything has missed it', () => {
    const none = { target: whole(0), direction: 'less' } as const;
    expect(goal(0, 10, none)).toMatchObject({
      ratio: { reason: 'zero_denominator' },
      state: 'on_track',
    });
    expect(goal(1, 10, none).state).toBe('missed');
  });
});

describe('given a goal for a ratio', () => {
  const ratio = { kind: 'ratio', target: whole(200) } as const;

  test('when the month runs, then all of it is due, and a good day decides nothing yet', () => {
    expect(goal(260, 10, ratio)).toMatchObject({ due: { value: '200.000000' }, state: 'ahead' });
    expect(goal(195, 10, ratio).state).toBe('on_track');
    expect(goal(100, 10, ratio).state).toBe('behind');
    expect(goal(-50, 10, ratio).state).toBe('behind');
    expect(goal(36, 10, { ...ratio, target: whole(35), direction: 'less' }).state).toBe('on_track');
  });

  test('when it ended, then it was reached or missed', () => {
    expect(goal(200, 31, ratio).state).toBe('reached');
    expect(goal(199, 31, ratio).state).toBe('missed');
  });
});

test('given any goal, when more comes, then it never stands worse, and never better where less is wanted', () => {
  const rank = { missed: 0, behind: 1, on_track: 2, ahead: 3, reached: 4 } as const;
  const rankOf = (actual: number, days: number, more: Partial<GoalAsk>): number =>
    rank[goal(actual, days, more).state ?? 'missed'];
  const any = fc.record({
    kind: fc.constantFrom('sum', 'ratio'),
    target: fc.integer({ min: 0, max: 500 }).map(whole),
    direction: fc.constantFrom('more', 'less'),
  });
  const count = fc.integer({ min: -100, max: 600 });
  fc.assert(
    fc.property(any, count, count, fc.integer({ min: 1, max: 40 }), (more, one, other, days) => {
      const [less, most] = [Math.min(one, other), Math.max(one, other)];
      const change = rankOf(most, days, more) - rankOf(less, days, more);
      expect(more.direction === 'more' ? change : -change).toBeGreaterThanOrEqual(0);
    }),
  );
});
