import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { scaleOf, shareOf } from './scale.ts';

describe('given values to draw', () => {
  test('when an axis is made for them, then it holds 0 and all of them, in a few round steps', () => {
    const value = fc
      .double({ min: -1e9, max: 1e9, noNaN: true })
      .filter((one) => one === 0 || Math.abs(one) > 1e-6);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        const scale = scaleOf(values);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(9);
        for (const one of [0, ...values]) {
          expect(shareOf(one, scale)).toBeGreaterThanOrEqual(-1e-9);
          expect(shareOf(one, scale)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  test('when they are known, then the steps are what people write', () => {
    expect(scaleOf([9480, 3105]).ticks).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(scaleOf([-13.6, 29.5]).ticks).toEqual([-20, -10, 0, 10, 20, 30]);
    expect(scaleOf([0]).ticks).toEqual([0, 1]);
  });
});
