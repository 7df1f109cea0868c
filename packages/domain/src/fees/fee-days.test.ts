import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays } from '../calendar/local-date.ts';
import { feeDays, feeIn, type DatedAmount } from './fee-days.ts';

const span = (from: string, toExclusive: string) => ({ from, toExclusive });
const price: DatedAmount = { amountMinor: 49_900n, ...span('2026-04-10', '2026-05-10') };

describe('given the charge of a billing period', () => {
  test('when it is spread over its dates, then the first ones take the odd cents', () => {
    const days = feeDays([price], price);
    expect(days.size).toBe(30);
    expect([days.get('2026-04-10'), days.get('2026-04-19'), days.get('2026-04-20')]).toEqual([
      1664n,
      1664n,
      1663n,
    ]);
    expect(feeIn([price], price)).toBe(49_900n);
  });

  test('when two months share it, then each has the days of its own', () => {
    expect(feeIn([price], span('2026-04-01', '2026-05-01'))).toBe(10n * 1664n + 11n * 1663n);
    expect(feeIn([price], span('2026-05-01', '2026-06-01'))).toBe(9n * 1663n);
  });

  test('when no date is its own, then it has no part in them', () => {
    expect(feeIn([price], span('2026-03-01', '2026-04-10'))).toBe(0n);
    expect([...feeDays([], span('2026-03-01', '2026-03-03')).values()]).toEqual([0n, 0n]);
  });
});

describe('given a change in the middle', () => {
  test('when what is left is given back and charged anew, then the days before keep their fee', () => {
    const rest = span('2026-04-25', '2026-05-10');
    const charges = [price, { amountMinor: -24_950n, ...rest }, { amountMinor: 49_950n, ...rest }];
    const before = span('2026-04-10', '2026-04-25');
    expect(feeIn(charges, before)).toBe(feeIn([price], before));
    expect(feeIn(charges, price)).toBe(74_900n);
  });
});

describe('given any charges', () => {
  const anyCharge = fc
    .record({
      amountMinor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      start: fc.integer({ min: 0, max: 400 }),
      days: fc.integer({ min: 1, max: 366 }),
    })
    .map(({ amountMinor, start, days }): DatedAmount => {
      const from = addDays('2026-01-01', start);
      return { amountMinor, from, toExclusive: addDays(from, days) };
    });

  test('when all their dates are asked for, then the days sum to the charges exactly', () => {
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 6 }), (charges) => {
        const all = span('2025-12-01', '2029-01-01');
        const total = charges.reduce((sum, one) => sum + one.amountMinor, 0n);
        expect([...feeDays(charges, all).values()].reduce((sum, day) => sum + day, 0n)).toBe(total);
        expect(feeIn(charges, all)).toBe(total);
      }),
    );
  });

  test('when some dates are asked for, then their fee is the sum of their days, however they are cut', () => {
    const anySpan = fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 200 }));
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 4 }), anySpan, (charges, [start, length]) => {
        const from = addDays('2026-01-01', start);
        const some = span(from, addDays(from, length));
        const sum = [...feeDays(charges, some).values()].reduce((all, day) => all + day, 0n);
        expect(feeIn(charges, some)).toBe(sum);
        const middle = addDays(from, Math.floor(length / 2));
        expect(
          feeIn(charges, span(from, middle)) + feeIn(charges, span(middle, some.toExclusive)),
        ).toBe(sum);
      }),
    );
  });
});
