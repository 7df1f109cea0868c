import { describe, expect, test } from 'vitest';

import { allocate } from '../money/allocate.ts';
import { wholeWeights } from './whole-weights.ts';

describe('given custom weights', () => {
  test('when they have decimals, then they are whole in the same relation', () => {
    expect(wholeWeights({ a: '0.5', b: '1.25', c: '3', d: '0' })).toEqual([
      { id: 'a', weight: 50n },
      { id: 'b', weight: 125n },
      { id: 'c', weight: 300n },
      { id: 'd', weight: 0n },
    ]);
  });

  test('when they have more digits than a float, then none is lost', () => {
    expect(wholeWeights({ a: '0.30000000000000000001', b: '0.3' })).toEqual([
      { id: 'a', weight: 30000000000000000001n },
      { id: 'b', weight: 30000000000000000000n },
    ]);
  });

  test('when an amount is split by them, then decimals share as their whole numbers do', () => {
    const thirds = allocate(5n, wholeWeights({ a: '0.3', b: '0.7' }));
    expect(thirds).toEqual(allocate(5n, wholeWeights({ a: '30', b: '70' })));
    expect(thirds.shares).toEqual([1n, 4n]);
  });

  test('when there are none, then nobody has a claim', () => {
    expect(wholeWeights({})).toEqual([]);
  });
});
