import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { divideRound, type Rounding } from './rounding.ts';

const anyNumber = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const anyDivisor = fc.bigInt({ min: 1n, max: 10n ** 12n });
const anyRounding = fc.constantFrom<Rounding>('half_away_from_zero', 'half_even');

describe('given a quotient', () => {
  test.each([
    { n: 5n, d: 2n, away: 3n, even: 2n },
    { n: 7n, d: 2n, away: 4n, even: 4n },
    { n: -5n, d: 2n, away: -3n, even: -2n },
    { n: 5n, d: -2n, away: -3n, even: -2n },
    { n: -7n, d: -2n, away: 4n, even: 4n },
    { n: 1n, d: 2n, away: 1n, even: 0n },
    { n: 1n, d: 3n, away: 0n, even: 0n },
    { n: 2n, d: 3n, away: 1n, even: 1n },
    { n: -2n, d: 3n, away: -1n, even: -1n },
    { n: 0n, d: 7n, away: 0n, even: 0n },
    { n: 6n, d: 3n, away: 2n, even: 2n },
  ])(
    'when $n is divided by $d, then halves away from zero give $away, even ones $even',
    ({ n, d, away, even }) => {
      expect(divideRound(n, d, 'half_away_from_zero')).toBe(away);
      expect(divideRound(n, d, 'half_even')).toBe(even);
    },
  );

  test('when the denominator is 0, then it throws', () => {
    expect(() => divideRound(1n, 0n, 'half_even')).toThrow(RangeError);
  });

  test('when any number is divided, then the result is at most half a unit off and mirrored around zero', () => {
    fc.assert(
      fc.property(anyNumber, anyDivisor, anyRounding, (numerator, denominator, rounding) => {
        const rounded = divideRound(numerator, denominator, rounding);
        const twiceOff = 2n * (rounded * denominator - numerator);
        expect(twiceOff <= denominator && -twiceOff <= denominator).toBe(true);
        expect(divideRound(-numerator, denominator, rounding)).toBe(-rounded);
        expect(divideRound(numerator, -denominator, rounding)).toBe(-rounded);
        expect(divideRound(-numerator, -denominator, rounding)).toBe(rounded);
      }),
    );
  });

  test('when the quotient is exactly a half, then the two ways differ only there', () => {
    fc.assert(
      fc.property(anyNumber, anyDivisor, (whole, half) => {
        const numerator = whole * 2n * half + half;
        const even = divideRound(numerator, 2n * half, 'half_even');
        expect(even % 2n).toBe(0n);
        const away = divideRound(numerator, 2n * half, 'half_away_from_zero');
        expect(away).toBe(numerator > 0n ? whole + 1n : whole);
      }),
    );
  });
});
