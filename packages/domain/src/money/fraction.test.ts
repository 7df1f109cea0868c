import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addFractions,
  compareFractions,
  decimalText,
  divideFractions,
  fraction,
  multiplyFractions,
  parseDecimal,
  subtractFractions,
  toDecimal,
  type Fraction,
} from './fraction.ts';

const anyNumber = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const anyFraction = fc
  .tuple(
    anyNumber,
    anyNumber.filter((den) => den !== 0n),
  )
  .map(([num, den]) => fraction(num, den));
const half: Fraction = { num: 1n, den: 2n };
const third: Fraction = { num: 1n, den: 3n };

describe('given a quotient', () => {
  test.each([
    [6n, 4n, 3n, 2n],
    [-6n, 4n, -3n, 2n],
    [6n, -4n, -3n, 2n],
    [-6n, -4n, 3n, 2n],
    [0n, -5n, 0n, 1n],
    [5n, 5n, 1n, 1n],
  ])('when %s is divided by %s, then it is %s over %s', (num, den, top, bottom) => {
    expect(fraction(num, den)).toEqual({ num: top, den: bottom });
  });

  test('when the denominator is 0, then it throws', () => {
    expect(() => fraction(0n, 0n)).toThrow(RangeError);
    expect(() => divideFractions(half, fraction(0n, 1n))).toThrow(RangeError);
  });
});

describe('given two fractions', () => {
  test('when they are counted with, then nothing is rounded', () => {
    expect(addFractions(half, third)).toEqual({ num: 5n, den: 6n });
    expect(subtractFractions(third, half)).toEqual({ num: -1n, den: 6n });
    expect(multiplyFractions(half, third)).toEqual({ num: 1n, den: 6n });
    expect(divideFractions(half, third)).toEqual({ num: 3n, den: 2n });
  });

  test('when they are compared, then by what they mean', () => {
    expect([half, third, fraction(-1n, 2n), half].toSorted(compareFractions)).toEqual([
      fraction(-1n, 2n),
      third,
      half,
      half,
    ]);
  });

  test('when any two are, then what is done is undone exactly', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expect(subtractFractions(addFractions(a, b), b)).toEqual(a);
        expect(compareFractions(a, b) + compareFractions(b, a)).toBe(0);
      }),
    );
  });

  test('when the second is not 0, then so is its product', () => {
    const anyDivisor = anyFraction.filter((one) => one.num !== 0n);
    fc.assert(
      fc.property(anyFraction, anyDivisor, (a, b) => {
        expect(divideFractions(multiplyFractions(a, b), b)).toEqual(a);
      }),
    );
  });
});

describe('given a decimal', () => {
  test.each<[string | number, bigint, bigint]>([
    ['0', 0n, 1n],
    ['-0', 0n, 1n],
    ['1.50', 3n, 2n],
    ['-0.05', -1n, 20n],
    ['0.0000001', 1n, 10_000_000n],
    ['123456789012345678901234567890.5', 246913578024691357802469135781n, 2n],
    [0.1, 1n, 10n],
    [-19.99, -1999n, 100n],
  ])('when it is %j, then it is %s over %s', (text, num, den) => {
    expect(parseDecimal(text)).toEqual({ num, den });
  });

  test.each([
    ['', 'nothing is no number'],
    ['.5', 'a point needs a whole part'],
    ['5.', 'a point needs decimals'],
    ['+5', 'a plus is not plain'],
    ['1e3', 'an exponent is not plain'],
    ['1,000', 'separators are not plain'],
    ['007', 'leading zeros are not plain'],
    ['1\n', 'line ends are not plain'],
    ['0x10', 'it is not decimal'],
    [`0.${'1'.repeat(41)}`, 'it is longer than any input'],
    ['9'.repeat(41), 'it is longer than any input'],
  ])('when it is %j, then it is refused: %s', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('when a number is none or has an exponent, then it is refused', () => {
    for (const value of [Number.NaN, Infinity, 1e21, 1e-7]) {
      expect(parseDecimal(value)).toBeUndefined();
    }
  });

  test.each([
    [637433n, 310567n, 6, '2.052481'],
    [-6n, 5n, 6, '-1.200000'],
    [1n, 2n, 0, '1'],
    [-1n, 2n, 0, '-1'],
    [-1n, 10_000_000n, 6, '0.000000'],
    [5n, 10_000_000n, 6, '0.000001'],
  ])('when %s over %s is shown with %i places, then it is %s', (num, den, places, text) => {
    expect(toDecimal(fraction(num, den), places)).toBe(text);
  });

  test('when halves go to the even neighbour, then they do', () => {
    expect(toDecimal(half, 0, 'half_even')).toBe('0');
    expect(toDecimal(fraction(3n, 2n), 0, 'half_even')).toBe('2');
  });

  test('when any whole number of units is shown and read back, then it is the same', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: 0, max: 12 }), (units, places) => {
        const text = decimalText(units, places);
        expect(parseDecimal(text)).toEqual(fraction(units, 10n ** BigInt(places)));
        expect(toDecimal(fraction(units, 10n ** BigInt(places)), places)).toBe(text);
      }),
    );
  });
});
