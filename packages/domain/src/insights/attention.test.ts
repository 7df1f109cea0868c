import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fraction, toDecimal } from '../money/fraction.ts';
import {
  fallOf,
  hasStoppedPosting,
  isLongEnough,
  isRunOutNear,
  isTrialEnding,
  leadCostRise,
} from './attention-rules.ts';
import { ATTENTION, ATTENTION_CODES, rankAttention, type Attention } from './attention.ts';

const DAY = 86_400_000;
const whole = (value: number) => fraction(BigInt(value), 1n);

describe('given things that need attention', () => {
  test('when they are ranked, then what stops a client comes first, and the worse of a kind before the other', () => {
    const item = (code: Attention['code'], weight: number, clientId = 'a'): Attention => ({
      code,
      weight: whole(weight),
      clientId,
      part: '',
    });
    const ranked = rankAttention([
      item('metrics_behind', 99),
      item('cost_per_lead_up', 20, 'b'),
      item('cost_per_lead_up', 20, 'a'),
      item('cost_per_lead_up', 38, 'c'),
      item('past_due', 0),
    ]);
    expect(ranked.map(({ code, clientId }) => `${code} ${clientId}`)).toEqual([
      'past_due a',
      'cost_per_lead_up c',
      'cost_per_lead_up a',
      'cost_per_lead_up b',
      'metrics_behind a',
    ]);
  });

  test('when codes are listed, then no milder one comes before a harder one', () => {
    const order = ['urgent', 'warning', 'notice'];
    const ranks = ATTENTION_CODES.map((code) => order.indexOf(ATTENTION[code]));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test('when any are ranked, then their order does not depend on how they came', () => {
    const any = fc.record({
      code: fc.constantFrom(...ATTENTION_CODES),
      weight: fc.integer({ min: 0, max: 3 }).map(whole),
      clientId: fc.constantFrom('a', 'b'),
      part: fc.constantFrom('', 'x'),
    });
    fc.assert(
      fc.property(fc.array(any), (items) => {
        expect(rankAttention(items.toReversed())).toEqual(rankAttention(items));
      }),
    );
  });
});

describe('given when something is worth telling', () => {
  const week = { start: 0, end: 7 * DAY };

  test('when an allowance runs out in this window, then only once a fourth of it is over', () => {
    const soon = { at: 6 * DAY, reason: null } as const;
    expect(isRunOutNear(soon, { window: week, now: 1.75 * DAY })).toBe(true);
    expect(isRunOutNear(soon, { window: week, now: 1.75 * DAY - 1 })).toBe(false);
    const lasts = { at: null, reason: 'lasts' } as const;
    expect(isRunOutNear(lasts, { window: week, now: 6 * DAY })).toBe(false);
  });

  test('when a level runs out, then within four weeks', () => {
    const window = { start: -Infinity, end: Infinity };
    expect(isRunOutNear({ at: 28 * DAY, reason: null }, { window, now: 0 })).toBe(true);
    expect(isRunOutNear({ at: 28 * DAY + 1, reason: null }, { window, now: 0 })).toBe(false);
  });

  test('when a trial ends, then in the seven days before', () => {
    expect(isTrialEnding(8 * DAY, DAY)).toBe(true);
    expect(isTrialEnding(8 * DAY + 1, DAY)).toBe(false);
    expect(isTrialEnding(DAY, DAY)).toBe(false);
    expect(isTrialEnding(undefined, DAY)).toBe(false);
  });

  test.for([
    ['2026-01-01', '2026-03-06', true, 'two weeks ago'],
    ['2026-01-01', '2026-03-07', false, 'a day less'],
    ['2026-01-01', null, true, 'never'],
    ['2026-03-07', null, false, 'on a tier for too short a time'],
  ] as const)('when posts stopped (%s, %s), then %s: %s', ([tierSince, lastPost, expected]) => {
    const today = '2026-03-20';
    expect(hasStoppedPosting({ tierSince, lastPost, today })).toBe(expected);
  });

  test('when a percentage fell, then by more than is stable, and never out of the unknown', () => {
    const fall = (current: number | null, previous: number | null) =>
      fallOf(
        {
          current: current === null ? null : whole(current),
          previous: previous === null ? null : whole(previous),
        },
        whole(2),
      );
    expect(fall(180, 205)).toEqual(whole(25));
    expect(fall(203, 205)).toBeUndefined();
    expect(fall(205, 180)).toBeUndefined();
    expect(fall(null, 205)).toBeUndefined();
    expect(fall(1, null)).toBeUndefined();
  });

  test('when a lead costs more, then by a fifth at least, and enough leads tell', () => {
    const cost = (costMinor: number | null, leads: number | null) => ({
      costMinor: costMinor === null ? null : BigInt(costMinor),
      leads: leads === null ? null : BigInt(leads),
    });
    const rise = leadCostRise(cost(13_800, 10), cost(10_000, 10));
    expect(rise && toDecimal(rise, 4)).toBe('0.3800');
    expect(leadCostRise(cost(12_000, 10), cost(10_000, 10))).toBeDefined();
    expect(leadCostRise(cost(11_999, 10), cost(10_000, 10))).toBeUndefined();
    expect(leadCostRise(cost(90_000, 10), cost(4000, 4))).toBeUndefined();
    expect(leadCostRise(cost(90_000, 0), cost(10_000, 10))).toBeUndefined();
    expect(leadCostRise(cost(null, 10), cost(10_000, 10))).toBeUndefined();
    expect(leadCostRise(cost(90_000, 10), cost(0, 10))).toBeUndefined();
  });

  test('when days are compared, then there are seven at least on either side', () => {
    const span = (toExclusive: string) => ({ from: '2026-03-01', toExclusive });
    expect(isLongEnough(span('2026-03-08'), span('2026-03-31'))).toBe(true);
    expect(isLongEnough(span('2026-03-07'), span('2026-03-31'))).toBe(false);
    expect(isLongEnough(span('2026-03-31'), undefined)).toBe(false);
  });
});
