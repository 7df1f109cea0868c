import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addFractions, fraction, toDecimal, type Fraction } from '../money/fraction.ts';
import { averageRoi } from './average-roi.ts';

const client = (valueMinor: bigint | null, costMinor: bigint | null) => ({ valueMinor, costMinor });

describe('given what clients cost and brought', () => {
  test('when they differ in size, then each ROI counts the same', () => {
    // 100 % and -50 %; total over total it would be -48.5 %.
    const clients = [client(200n, 100n), client(5_000n, 10_000n)];
    expect(averageRoi(clients)).toEqual({ value: '0.250000', fraction: { num: 1n, den: 4n } });
  });

  test('when a value or a cost is unknown or nothing was spent, then that client is left out', () => {
    const others = [client(null, 100n), client(100n, null), client(100n, 0n), client(100n, -5n)];
    expect(averageRoi([client(300n, 100n), ...others])).toMatchObject({ value: '2.000000' });
    expect(averageRoi(others)).toEqual({ value: null, reason: 'zero_denominator' });
    expect(averageRoi(others.slice(0, 2))).toEqual({ value: null, reason: 'missing_data' });
    expect(averageRoi([])).toEqual({ value: null, reason: 'missing_data' });
  });

  test('when thirds add up to a tie, then it goes away from zero as if nothing had been rounded before', () => {
    // 1/3 + 2/3 + 0.000001, over 2.
    const clients = [client(4n, 3n), client(5_000_003n, 3_000_000n)];
    expect(averageRoi(clients)).toMatchObject({ value: '0.500001' });
    expect(averageRoi(clients.map((one) => turned(one)))).toMatchObject({ value: '-0.500001' });
  });

  test('when there are any, then it is the mean of the exact fractions', () => {
    const some = fc.record({
      valueMinor: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      costMinor: fc.bigInt({ min: 1n, max: 10n ** 7n }),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 8 }), (clients) => {
        const sum = clients.reduce<Fraction>(
          (all, one) => addFractions(all, fraction(one.valueMinor - one.costMinor, one.costMinor)),
          { num: 0n, den: 1n },
        );
        const mean = fraction(sum.num, sum.den * BigInt(clients.length));
        expect(averageRoi(clients).value).toBe(toDecimal(mean, 6));
      }),
    );
  });

  test('when there are thousands, then it takes no time to speak of', () => {
    const clients = Array.from({ length: 5_000 }, (_, n) =>
      client(BigInt(n * 7919), BigInt(1_000_003 + n * 31)),
    );
    const start = performance.now();
    averageRoi(clients);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

/** The client whose ROI is the opposite. */
function turned({ valueMinor, costMinor }: ReturnType<typeof client>) {
  return client((costMinor ?? 0n) * 2n - (valueMinor ?? 0n), costMinor);
}
