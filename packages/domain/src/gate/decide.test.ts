import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { METERS } from '../tiers/terms.ts';
import { crossings, rearmed } from './alerts.ts';
import { judge, outcomeOf, type Ask, type Count } from './decide.ts';
import { receiptLines, type Unit } from './hold.ts';
import { policyOf, SEGMENT } from './testing/policy.ts';

const WINDOW = { start: 0, end: 7 * 86_400_000 };

function ask(asked: number, more: Partial<Ask> = {}): Ask {
  const after = [{ platform: '', used: 0, held: asked }];
  return { meter: 'posts', now: 1, scheduledAt: 2, window: WINDOW, before: [], after, ...more };
}

const counts = (used: number, held: number): ReadonlyMap<string, Count> =>
  new Map([['', { used, held }]]);

describe('given a limit of ten', () => {
  test.each([
    { used: 0, held: 0, asked: 7, outcome: 'allow', codes: [] },
    { used: 0, held: 0, asked: 8, outcome: 'warn', codes: ['near_limit'] },
    { used: 4, held: 4, asked: 2, outcome: 'warn', codes: ['near_limit'] },
    { used: 4, held: 4, asked: 3, outcome: 'deny', codes: ['limit_reached'] },
    { used: 12, held: 0, asked: 1, outcome: 'deny', codes: ['limit_reached'] },
    { used: 12, held: 0, asked: 0, outcome: 'allow', codes: [] },
  ])(
    'when $asked are asked with $used used and $held held, then $outcome',
    ({ used, held, asked, outcome, codes }) => {
      const reasons = judge(policyOf({ posts: 10 }), counts(used, held), ask(asked));
      expect(reasons.map((reason) => reason.code)).toEqual(codes);
      expect(outcomeOf(reasons)).toBe(outcome);
    },
  );

  test('when anything is asked of anything, then it is allowed exactly if it fits', () => {
    const few = fc.nat({ max: 30 });
    fc.assert(
      fc.property(few, few, fc.integer({ min: 1, max: 30 }), few, (used, held, asked, limit) => {
        const hard = outcomeOf(judge(policyOf({ posts: limit }), counts(used, held), ask(asked)));
        expect(hard === 'deny').toBe(used + held + asked > limit);
        const soft = policyOf({ posts: limit, enforcement: 'soft' });
        expect(outcomeOf(judge(soft, counts(used, held), ask(asked)))).not.toBe('deny');
        const none = policyOf({ posts: null });
        expect(judge(none, counts(used, held), ask(asked))).toEqual([]);
      }),
    );
  });
});

describe('given states that refuse', () => {
  test.each([
    { name: 'no tier', policy: { segments: [] }, code: 'no_assignment' },
    {
      name: 'a tier that ended',
      policy: { segments: [{ ...SEGMENT, to: 2 }] },
      code: 'assignment_ended',
    },
    {
      name: 'a tier that starts later',
      policy: { segments: [{ ...SEGMENT, from: 2 }] },
      code: 'no_assignment',
    },
    {
      name: 'a trial that ended',
      policy: { segments: [{ ...SEGMENT, trialEndsAt: 2 }] },
      code: 'trial_ended',
    },
    {
      name: 'a pause',
      policy: { blocks: [{ kind: 'paused', from: 2, to: 3 }] },
      code: 'assignment_paused',
    },
    {
      name: 'a stop by hand',
      policy: { blocks: [{ kind: 'stopped', from: 0, to: 2 }] },
      code: 'assignment_paused',
    },
    {
      name: 'a bill past due',
      policy: { blocks: [{ kind: 'past_due', from: 0, to: 9 }], pastDueBlocks: true },
      code: 'assignment_past_due',
    },
  ] as const)(
    'when there is $name at now or at the scheduled time, then it denies',
    ({ policy, code }) => {
      const reasons = judge({ ...policyOf({ posts: 10 }), ...policy }, counts(0, 0), ask(1));
      expect(reasons[0]?.code).toBe(code);
      expect(outcomeOf(reasons)).toBe('deny');
    },
  );

  test('when a bill past due does not refuse by the rule of the agency, then it does not', () => {
    const blocks = [{ kind: 'past_due', from: 0, to: 9 }] as const;
    expect(judge({ ...policyOf({ posts: 10 }), blocks }, counts(0, 0), ask(1))).toEqual([]);
  });

  test('when nothing more is asked, then no state refuses', () => {
    const policy = { ...policyOf({ posts: 0 }), segments: [] };
    const before = [{ platform: '', used: 0, held: 1 }];
    expect(judge(policy, counts(0, 1), ask(1, { before }))).toEqual([]);
  });
});

describe('given platforms', () => {
  const lines = (...platforms: string[]) =>
    ['', ...platforms].map((platform) => ({ platform, used: 0, held: 1 }));
  const policy = policyOf({
    posts: 10,
    platforms: { max: 2, allowed: ['x', 'linkedin', 'tiktok'], perPlatform: { x: 1, tiktok: 0 } },
  });

  test.each([
    { asks: ['x', 'linkedin'], has: [], codes: ['near_limit'] },
    { asks: ['mastodon', 'linkedin'], has: [], codes: ['platform_not_in_tier'] },
    { asks: ['linkedin'], has: ['x', 'tiktok'], codes: ['platform_count'] },
    { asks: ['linkedin'], has: ['x', 'linkedin'], codes: [] },
    { asks: ['x'], has: ['x'], codes: ['limit_reached'] },
    { asks: ['tiktok'], has: [], codes: ['limit_is_zero'] },
  ])('when $asks are asked and $has are in use, then $codes', ({ asks, has, codes }) => {
    const seen = new Map<string, Count>(has.map((platform) => [platform, { used: 1, held: 0 }]));
    const reasons = judge(policy, seen, ask(1, { after: lines(...asks) }));
    expect(reasons.map((reason) => reason.code)).toEqual(codes);
  });

  test('when a post swaps one for another, then those it leaves are not counted', () => {
    const seen = new Map<string, Count>(
      lines('x', 'linkedin').map(({ platform, used, held }) => [platform, { used, held }]),
    );
    const swap = ask(1, { before: lines('x', 'linkedin'), after: lines('linkedin', 'tiktok') });
    expect(judge(policy, seen, swap).map((reason) => reason.code)).toEqual(['limit_is_zero']);
    seen.set('x', { used: 1, held: 1 });
    expect(judge(policy, seen, swap).map((reason) => reason.code)).toContain('platform_count');
  });
});

describe('given a meter that the tier does not have', () => {
  test.each(METERS.filter((meter) => meter !== 'posts'))(
    'when %s is asked, then it is not in the tier',
    (meter) => {
      const reasons = judge(policyOf({ posts: 10 }), counts(0, 0), ask(1, { meter }));
      expect(reasons).toMatchObject([{ code: 'not_in_tier', limit: undefined }]);
    },
  );
});

const anyUnit: fc.Arbitrary<Unit> = fc.record({
  channel: fc.constantFrom('a', 'b', 'c', 'd'),
  platform: fc.constantFrom('x', 'linkedin', ''),
  state: fc.constantFrom('held', 'used', 'gone'),
  expiresAt: fc.nat(),
});

describe('given the channels of a hold', () => {
  test('when they are whatever, then a post counts once, a channel each, and nothing that is gone', () => {
    fc.assert(
      fc.property(
        fc.array(anyUnit, { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (units, quantity) => {
          const used = units.filter((unit) => unit.state === 'used').length;
          const held = units.filter((unit) => unit.state === 'held').length;
          const total = (countBy: 'post' | 'channel') =>
            receiptLines({ units, quantity, countBy }).find((line) => line.platform === '') ?? {
              used: 0,
              held: 0,
            };
          expect(total('channel')).toMatchObject({ used: used * quantity, held: held * quantity });
          const post =
            used > 0 ? { used: quantity, held: 0 } : { used: 0, held: held > 0 ? quantity : 0 };
          expect(total('post')).toMatchObject(post);
          const lines = receiptLines({ units, quantity, countBy: 'channel' });
          const named = units.filter(
            (unit) => unit.platform !== '' && unit.state !== 'gone',
          ).length;
          const sum = lines
            .filter((line) => line.platform)
            .reduce((all, line) => all + line.used + line.held, 0);
          expect(sum).toBe(named * quantity);
        },
      ),
    );
  });
});

describe('given a count that grows under a limit', () => {
  test.each([
    { limit: 10, before: 7, after: 8, told: [80], spent: [] },
    { limit: 10, before: 8, after: 9, told: [], spent: [] },
    { limit: 10, before: 9, after: 10, told: [100], spent: [80] },
    { limit: 10, before: 0, after: 12, told: [100], spent: [80] },
    { limit: 10, before: 10, after: 8, told: [], spent: [] },
    { limit: 0, before: 0, after: 1, told: [], spent: [] },
    { limit: null, before: 0, after: 99, told: [], spent: [] },
    { limit: undefined, before: 0, after: 99, told: [], spent: [] },
  ])(
    'when it goes from $before to $after of $limit, then $told is told',
    ({ limit, before, after, told, spent }) => {
      const passed = crossings(limit, before, after);
      expect(passed.filter((one) => one.emitted).map((one) => one.threshold)).toEqual(told);
      expect(passed.filter((one) => !one.emitted).map((one) => one.threshold)).toEqual(spent);
    },
  );

  test('when it falls, then thresholds above it are armed again', () => {
    expect([10, 9, 8, 7].map((after) => rearmed(10, after))).toEqual([[], [100], [100], [80, 100]]);
  });

  test('when it grows in any steps, then at most one is told a step and each only where it is passed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat({ max: 60 })),
        (limit, steps) => {
          steps
            .toSorted((a, b) => a - b)
            .reduce((before, after) => {
              const told = crossings(limit, before, after).filter((one) => one.emitted);
              expect(told.length).toBeLessThanOrEqual(1);
              for (const { threshold } of told) {
                expect(before * 100 < limit * threshold && after * 100 >= limit * threshold).toBe(
                  true,
                );
              }
              return after;
            }, 0);
        },
      ),
    );
  });
});
