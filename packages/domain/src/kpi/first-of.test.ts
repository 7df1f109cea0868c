import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { firstOf } from './first-of.ts';

test('given any list, when its first few are taken, then they are those of the sorted list', () => {
  const anyItem = fc.record({ weight: fc.integer({ min: 0, max: 4 }), name: fc.string() });
  fc.assert(
    fc.property(fc.array(anyItem), fc.integer({ min: 0, max: 8 }), (items, count) => {
      const compare = (a: { weight: number }, b: { weight: number }): number => a.weight - b.weight;
      expect(firstOf(items, count, compare)).toEqual(items.toSorted(compare).slice(0, count));
    }),
  );
});
