import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { dueAt, statusOf, type Unit } from './hold.ts';
import { ALWAYS, limitAt, stateAt, windowAt, type Override } from './policy.ts';
import { policyOf, SEGMENT } from './testing/policy.ts';
import { usageRow } from './usage-row.ts';

const POSTS = { meter: 'posts', platform: '' } as const;

function override(more: Partial<Override>): Override {
  return { ...POSTS, from: 0, to: 10, kind: 'limit', amount: 5, seq: 1, ...more };
}

describe('given a tier of ten posts and overrides', () => {
  const limit = (overrides: readonly Override[], posts: number | null = 10) =>
    limitAt({ ...policyOf({ posts }), overrides }, POSTS, 5);

  test.each([
    { name: 'none', overrides: [], expected: 10 },
    { name: 'a limit', overrides: [override({})], expected: 5 },
    {
      name: 'two limits, the newest first',
      overrides: [override({ seq: 2, amount: 7 }), override({})],
      expected: 7,
    },
    {
      name: 'two deltas',
      overrides: [override({ kind: 'delta', amount: 2 }), override({ kind: 'delta', amount: -4 })],
      expected: 8,
    },
    {
      name: 'a limit and a delta',
      overrides: [override({}), override({ kind: 'delta', amount: 2 })],
      expected: 7,
    },
    {
      name: 'more taken than there is',
      overrides: [override({ kind: 'delta', amount: -99 })],
      expected: 0,
    },
    {
      name: 'an unlimited limit and a delta',
      overrides: [override({ amount: null }), override({ kind: 'delta', amount: 2 })],
      expected: null,
    },
    { name: 'one that ended', overrides: [override({ to: 5 })], expected: 10 },
    { name: 'one that begins', overrides: [override({ from: 5 })], expected: 5 },
    { name: 'one of another meter', overrides: [override({ meter: 'reports' })], expected: 10 },
    { name: 'one of a platform', overrides: [override({ platform: 'x' })], expected: 10 },
  ])('when there is $name, then the limit is $expected', ({ overrides, expected }) => {
    expect(limit(overrides)).toBe(expected);
  });

  test('when the tier is unlimited, then no delta limits it', () => {
    expect(limit([override({ kind: 'delta', amount: -5 })], null)).toBeNull();
  });

  test('when the tier has no sub-limit, then only an override makes one', () => {
    const x = { meter: 'posts', platform: 'x' } as const;
    expect(limitAt(policyOf({ posts: 10 }), x, 5)).toBeUndefined();
    const overrides = [override({ platform: 'x', amount: 2 })];
    expect(limitAt({ ...policyOf({ posts: 10 }), overrides }, x, 5)).toBe(2);
  });
});

describe('given one tier after another', () => {
  const segments = [
    { ...SEGMENT, from: 0, to: 10, endedBy: 'change' as const },
    { ...SEGMENT, from: 10, to: 20, endedBy: 'cancel' as const, trialEndsAt: 15 },
  ];
  const policy = { ...policyOf({}), segments };

  test.each([
    { at: -1, state: 'no_assignment' },
    { at: 0, state: undefined },
    { at: 14, state: undefined },
    { at: 15, state: 'trial_ended' },
    { at: 20, state: 'assignment_ended' },
  ])('when it is $at, then $state', ({ at, state }) => {
    expect(stateAt(policy, at)).toBe(state);
  });

  test('when a pause and a bill past due meet, then either refuses, the pause by its name', () => {
    const blocks = [
      { kind: 'past_due' as const, from: 0, to: 8 },
      { kind: 'paused' as const, from: 5, to: 9 },
    ];
    const both = { ...policy, blocks, pastDueBlocks: true };
    expect([4, 7, 8, 9].map((at) => stateAt(both, at))).toEqual([
      'assignment_past_due',
      'assignment_paused',
      'assignment_paused',
      undefined,
    ]);
  });
});

describe('given the span of a meter', () => {
  const at = Date.parse('2026-03-11T12:00:00Z');
  const iso = (window: { start: number; end: number }) =>
    [window.start, window.end].map((end) => new Date(end).toISOString().slice(0, 10));

  test('when it is a week, a billing period or a level, then the window is that', () => {
    const policy = policyOf({});
    expect(iso(windowAt(policy, 'posts', at))).toEqual(['2026-03-09', '2026-03-16']);
    expect(iso(windowAt(policy, 'reports', at))).toEqual(['2026-02-28', '2026-03-31']);
    expect(windowAt(policy, 'storage_bytes', at)).toBe(ALWAYS);
    expect(iso(windowAt({ ...policy, segments: [] }, 'reports', at))).toEqual([
      '2026-03-01',
      '2026-04-01',
    ]);
  });
});

describe('given the channels of a hold', () => {
  const unit = (state: Unit['state'], gone?: Unit['gone'], expiresAt = 1): Unit => ({
    channel: 'c',
    platform: 'x',
    state,
    gone,
    expiresAt,
  });

  test.each([
    { units: [unit('gone', 'released'), unit('held')], status: 'held' },
    { units: [unit('used'), unit('held')], status: 'held' },
    { units: [unit('used'), unit('gone', 'expired')], status: 'committed' },
    { units: [unit('gone', 'released'), unit('gone', 'expired')], status: 'expired' },
    { units: [unit('gone', 'released')], status: 'released' },
    { units: [unit('gone', 'denied')], status: 'denied' },
  ])('when they are so, then it is $status', ({ units, status }) => {
    expect(statusOf(units)).toBe(status);
  });

  test('when some wait, then the first of them is due first', () => {
    expect(
      dueAt([unit('used', undefined, 1), unit('held', undefined, 5), unit('held', undefined, 3)]),
    ).toBe(3);
    expect(dueAt([unit('used')])).toBeUndefined();
  });
});

describe('given a count beside its limit', () => {
  const gate = { ...POSTS, window: undefined };

  test.each([
    { used: 1, held: 1, limit: 3, remaining: 1, over: 0, percent: '66.6667' },
    { used: 3, held: 2, limit: 3, remaining: 0, over: 2, percent: '166.6667' },
    { used: 0, held: 0, limit: 3, remaining: 3, over: 0, percent: '0.0000' },
    { used: 1, held: 0, limit: 0, remaining: 0, over: 1, percent: undefined },
    { used: 1, held: 0, limit: undefined, remaining: 0, over: 1, percent: undefined },
    { used: 1, held: 0, limit: null, remaining: null, over: 0, percent: undefined },
  ])(
    'when $used + $held of $limit are taken, then $remaining remain',
    ({ used, held, limit, ...row }) => {
      expect(usageRow(gate, { used, held }, limit)).toMatchObject(row);
    },
  );

  test('when the figures are large, then the percentage is still exact', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1 }), (used, limit) => {
        const { percent } = usageRow(gate, { used, held: 0 }, limit);
        const [whole = '', part = ''] = String(percent).split('.');
        const scaled = BigInt(whole + part);
        const exact = BigInt(used) * 1_000_000n;
        const distance = scaled * BigInt(limit) - exact;
        expect(2n * (distance < 0n ? -distance : distance) <= BigInt(limit)).toBe(true);
      }),
    );
  });
});
