import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { allocate, spreadEvenly, type Claim } from './allocate.ts';

const claimsOf = (weights: readonly number[], ids?: readonly string[]): Claim[] =>
  weights.map((weight, index) => ({
    id: ids?.[index] ?? String(index).padStart(4, '0'),
    weight: BigInt(weight),
  }));

describe('given an amount and weights', () => {
  test.each([
    { total: 10_000, weights: [1, 1, 1], shares: [3334, 3333, 3333], why: 'the first id gets it' },
    { total: 5, weights: [30, 70], shares: [1, 4], why: 'the larger weight comes first' },
    { total: 5, weights: [70, 30], shares: [4, 1], why: 'the order does not matter' },
    { total: -5, weights: [30, 70], shares: [-1, -4], why: 'below zero is the mirror' },
    {
      total: 24_900,
      weights: [45_123, 18_999, 7201, 3600, 86_399],
      shares: [6965, 2932, 1111, 556, 13_336],
      why: 'tracked seconds',
    },
    {
      total: 5900,
      weights: [30, 15, 10, 30],
      shares: [2083, 1041, 694, 2082],
      why: 'active days',
    },
    { total: 100, weights: [0, 1, 0, 2], shares: [0, 33, 0, 67], why: 'zero gets nothing' },
    { total: 1, weights: [0, 1, 1], shares: [0, 1, 0], why: 'not even the unit left over' },
    { total: 10, weights: [-5, 5], shares: [0, 10], why: 'below zero is no claim' },
    { total: 0, weights: [1, 2], shares: [0, 0], why: 'nothing to split' },
  ])('when $total is split by $weights, then $why', ({ total, weights, shares }) => {
    expect(allocate(BigInt(total), claimsOf(weights))).toEqual({
      shares: shares.map(BigInt),
      unallocated: 0n,
    });
  });

  test('when remainders and weights are equal, then the smaller id gets the unit', () => {
    expect(allocate(100n, claimsOf([1, 1, 1], ['c', 'a', 'b'])).shares).toEqual([33n, 34n, 33n]);
    expect(allocate(1n, claimsOf([1, 1], ['a', 'B'])).shares).toEqual([0n, 1n]);
  });

  test('when no weight is above zero, then all of it stays unallocated', () => {
    expect(allocate(500n, claimsOf([0, 0]))).toEqual({ shares: [0n, 0n], unallocated: 500n });
    expect(allocate(-500n, [])).toEqual({ shares: [], unallocated: -500n });
  });
});

describe('given an amount and equal claims', () => {
  test.each([
    [10_000, 3, [3334, 3333, 3333]],
    [1000, 3, [334, 333, 333]],
    [-5, 3, [-2, -2, -1]],
    [2, 4, [1, 1, 0, 0]],
  ])('when %i is spread over %i, then it is %j', (total, count, shares) => {
    expect(spreadEvenly(BigInt(total), count)).toEqual(shares.map(BigInt));
  });

  test('when there is nobody to spread over, then it throws', () => {
    expect(() => spreadEvenly(1n, 0)).toThrow(RangeError);
  });
});

describe('given any amount and claims', () => {
  const anyTotal = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const anyWeights = fc.array(fc.oneof(fc.nat(3), fc.nat(1_000_000)), { maxLength: 30 });
  const sumOf = (shares: readonly bigint[]): bigint => shares.reduce((sum, one) => sum + one, 0n);

  test('when it is split, then the shares sum to it, each next to its exact share', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const claims = claimsOf(weights);
        const { shares, unallocated } = allocate(total, claims);
        expect(sumOf(shares) + unallocated).toBe(total);
        const all = sumOf(weights.map(BigInt));
        for (const [index, share] of shares.entries()) {
          const off = share * all - total * (claims[index]?.weight ?? 0n);
          expect(all === 0n || (off < all && off > -all)).toBe(true);
        }
      }),
    );
  });

  test('when its sign changes, then so does every share and nothing else', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const { shares, unallocated } = allocate(total, claimsOf(weights));
        expect(allocate(-total, claimsOf(weights))).toEqual({
          shares: shares.map((share) => -share),
          unallocated: -unallocated,
        });
      }),
    );
  });

  test('when the claims come in another order, then each gets the same', () => {
    const inTwoOrders = anyWeights.chain((weights) => {
      const claims = claimsOf(weights);
      const shuffled = fc.shuffledSubarray(claims, {
        minLength: claims.length,
        maxLength: claims.length,
      });
      return fc.tuple(fc.constant(claims), shuffled);
    });
    const byId = (claims: readonly Claim[], shares: readonly bigint[]): Map<string, bigint> =>
      new Map(claims.map(({ id }, index) => [id, shares[index] ?? 0n]));
    fc.assert(
      fc.property(anyTotal, inTwoOrders, (total, [claims, shuffled]) => {
        expect(byId(shuffled, allocate(total, shuffled).shares)).toEqual(
          byId(claims, allocate(total, claims).shares),
        );
      }),
    );
  });

  test('when all weigh the same, then spreading evenly gives what splitting gives', () => {
    fc.assert(
      fc.property(anyTotal, fc.integer({ min: 1, max: 400 }), (total, count) => {
        const claims = claimsOf(Array.from({ length: count }, () => 7));
        expect(spreadEvenly(total, count)).toEqual(allocate(total, claims).shares);
      }),
    );
  });
});
