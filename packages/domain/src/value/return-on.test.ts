import { describe, expect, test } from 'vitest';

import { clientRoi, roas, roi } from './return-on.ts';

describe('given value and cost', () => {
  test.each([
    { value: 948_000n, cost: 310_567n, is: { value: '2.052481' } },
    { value: 120_000n, cost: 80_000n, is: { value: '0.500000' } },
    { value: 0n, cost: 120_000n, is: { value: '-1.000000' } },
    { value: -20_000n, cost: 100_000n, is: { value: '-1.200000' } },
    { value: 50_000n, cost: 0n, is: { value: null, reason: 'zero_denominator' } },
    { value: 0n, cost: 0n, is: { value: null, reason: 'zero_denominator' } },
    { value: null, cost: 50_000n, is: { value: null, reason: 'missing_data' } },
    { value: null, cost: 0n, is: { value: null, reason: 'missing_data' } },
    { value: 50_000n, cost: null, is: { value: null, reason: 'missing_data' } },
  ])('when $value came of $cost, then the ROI is $is', ({ value, cost, is }) => {
    expect(roi({ valueMinor: value, costMinor: cost })).toMatchObject(is);
  });

  test('when a client pays a fee and its ads, then its ROI is on both', () => {
    const paid = { valueMinor: 948_000n, feeMinor: 99_900n, adSpendMinor: 120_000n };
    expect(clientRoi(paid)).toMatchObject({ value: '3.311050' });
    expect(clientRoi({ ...paid, feeMinor: null })).toMatchObject({ reason: 'missing_data' });
    expect(clientRoi({ ...paid, feeMinor: 0n, adSpendMinor: 0n })).toMatchObject({
      reason: 'zero_denominator',
    });
  });

  test.each([
    { revenue: 2_000_000n, ads: 500_000n, is: { value: '4.000000' } },
    { revenue: 2_000_000n, ads: 0n, is: { value: null, reason: 'zero_denominator' } },
    { revenue: null, ads: 500_000n, is: { value: null, reason: 'missing_data' } },
  ])('when $revenue came of $ads of ads, then the ROAS is $is', ({ revenue, ads, is }) => {
    expect(roas(revenue, ads)).toMatchObject(is);
  });
});
