import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fraction } from './fraction.ts';
import { moneyRatio, percentOf, ratioOf, shownRatio } from './ratio.ts';

describe('given two sums', () => {
  test.each([
    { num: 637_433n, den: 310_567n, value: '2.052481', over: [637_433n, 310_567n], why: 'ROI' },
    { num: 2_000_000n, den: 500_000n, value: '4.000000', over: [4n, 1n], why: 'ROAS' },
    { num: -120_000n, den: 100_000n, value: '-1.200000', over: [-6n, 5n], why: 'never clamped' },
    { num: 15n, den: 10n, value: '1.500000', over: [3n, 2n], why: 'above 1 is legal' },
    { num: 7921n, den: 184_230n, value: '0.042995', over: [89n, 2070n], why: 'engagement' },
    { num: 0n, den: 5n, value: '0.000000', over: [0n, 1n], why: 'zero is a value' },
    { num: 5n, den: -10n, value: '-0.500000', over: [-1n, 2n], why: 'corrections below zero' },
  ])('when $num is put over $den, then it is $value: $why', ({ num, den, value, over }) => {
    const [top, bottom] = over;
    expect(ratioOf(num, den)).toEqual({ value, fraction: { num: top, den: bottom } });
  });

  test.each([
    { num: null, den: 5n, reason: 'missing_data' },
    { num: 5n, den: null, reason: 'missing_data' },
    { num: null, den: 0n, reason: 'missing_data' },
    { num: null, den: null, reason: 'missing_data' },
    { num: 5n, den: 0n, reason: 'zero_denominator' },
    { num: 0n, den: 0n, reason: 'zero_denominator' },
  ])('when $num is put over $den, then it is missing: $reason', ({ num, den, reason }) => {
    expect(ratioOf(num, den)).toEqual({ value: null, reason });
    expect(percentOf(ratioOf(num, den))).toEqual({ value: null, reason });
    expect(moneyRatio(num, den)).toEqual({ minor: null, reason });
  });

  test('when they are shown in per cent, then with 4 places of the exact ratio', () => {
    expect(percentOf(ratioOf(637_433n, 310_567n))).toEqual({ value: '205.2481' });
    expect(percentOf(shownRatio(fraction(-1n, 8n)))).toEqual({ value: '-12.5000' });
  });

  test('when any two are, then per cent and ratio show the same digits', () => {
    const anySum = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(
        anySum,
        anySum.filter((den) => den !== 0n),
        (num, den) => {
          const ratio = ratioOf(num, den);
          expect(
            percentOf(ratio)
              .value?.replace('.', '')
              .replace(/^(-?)0+/, '$1'),
          ).toBe(ratio.value?.replace('.', '').replace(/^(-?)0+/, '$1'));
        },
      ),
    );
  });
});

describe('given money and a count', () => {
  test.each([
    { num: 310_567n, den: 184_230n, scale: 1000n, minor: 1686n, exact: '1685.756934', why: 'CPM' },
    {
      num: 310_567n,
      den: 184_230n,
      scale: 1n,
      minor: 2n,
      exact: '1.685757',
      why: 'per impression',
    },
    { num: 310_567n, den: 86n, scale: 1n, minor: 3611n, exact: '3611.244186', why: 'CPL' },
    { num: 0n, den: 5n, scale: 1n, minor: 0n, exact: '0.000000', why: 'no cost is an amount' },
    {
      num: 250_000n,
      den: 118_800n,
      scale: 3600n,
      minor: 7576n,
      exact: '7575.757576',
      why: 'an hour',
    },
  ])('when $num is spread over $den, then it is $minor: $why', ({ num, den, scale, ...shown }) => {
    const { minor, exact } = shown;
    const exactly = fraction(num * scale, den);
    expect(moneyRatio(num, den, { scale })).toEqual({ minor, exact, fraction: exactly });
  });

  test('when a half of a minor unit is left, then it goes as the agency rounds', () => {
    expect(moneyRatio(5n, 2n)).toMatchObject({ minor: 3n });
    expect(moneyRatio(5n, 2n, { rounding: 'half_even' })).toMatchObject({ minor: 2n });
  });
});
