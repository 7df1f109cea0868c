import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMoney, parseMoney, roundMoney } from './money.ts';

const anyCurrency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');

describe('given an amount in major units', () => {
  test.each([
    ['499.00', 'USD', 49_900n],
    ['499', 'USD', 49_900n],
    ['499.5', 'USD', 49_950n],
    ['0.05', 'USD', 5n],
    ['-0.05', 'USD', -5n],
    ['-0', 'USD', 0n],
    ['1500', 'JPY', 1500n],
    ['1.005', 'KWD', 1005n],
    ['92233720368547758.07', 'USD', 2n ** 63n - 1n],
    [499, 'USD', 49_900n],
    [0.1, 'USD', 10n],
    [1.15, 'USD', 115n],
    [8.2, 'KWD', 8200n],
    [-19.99, 'EUR', -1999n],
  ])('when it is %j %s, then it is %s minor units', (value, currency, amountMinor) => {
    expect(parseMoney(value, currency)).toEqual({ amountMinor, currency });
  });

  test.each<[string | number, string, string]>([
    ['499.005', 'USD', 'it has more decimals than cents'],
    ['499.000', 'USD', 'even zeros can be too many decimals'],
    ['499.0', 'JPY', 'the currency has no decimals'],
    ['1.0005', 'KWD', 'it has more decimals than fils'],
    ['499.', 'USD', 'a point needs decimals'],
    ['.5', 'USD', 'a point needs a whole part'],
    ['+1', 'USD', 'a plus is not plain'],
    ['1e3', 'USD', 'an exponent is not plain'],
    ['1,000', 'USD', 'separators are not plain'],
    ['007', 'USD', 'leading zeros are not plain'],
    [' 1', 'USD', 'spaces are not plain'],
    ['1\n', 'USD', 'line ends are not plain'],
    ['', 'USD', 'nothing is no amount'],
    ['0x10', 'USD', 'it is not decimal'],
    ['١٢', 'USD', 'only ASCII digits are read'],
    ['92233720368547758.08', 'USD', 'it cannot be stored'],
    ['9'.repeat(1_000_000), 'USD', 'it cannot be stored'],
    ['1', 'usd', 'the currency is unknown'],
    [Number.NaN, 'USD', 'it is no number'],
    [Number.POSITIVE_INFINITY, 'USD', 'it is not finite'],
    [1e21, 'USD', 'it is written with an exponent'],
    [1e-7, 'USD', 'it is written with an exponent'],
    [0.1 + 0.2, 'USD', 'its shortest text has 17 decimals'],
  ])('when it is %j %s, then it is refused: %s', (value, currency) => {
    expect(parseMoney(value, currency)).toBeUndefined();
  });
});

describe('given an amount in minor units', () => {
  test.each([
    [49_900n, 'USD', '499.00'],
    [5n, 'USD', '0.05'],
    [-5n, 'USD', '-0.05'],
    [0n, 'USD', '0.00'],
    [0n, 'JPY', '0'],
    [-1500n, 'JPY', '-1500'],
    [1005n, 'KWD', '1.005'],
    [-999n, 'KWD', '-0.999'],
    [10n ** 30n, 'USD', '10000000000000000000000000000.00'],
  ])('when %s %s is shown, then it is %s', (amountMinor, currency, amount) => {
    expect(formatMoney({ amountMinor, currency })).toEqual({ amount, currency });
  });

  test('when any amount that can be stored is shown and read back, then it is the same', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n - 2n ** 63n, max: 2n ** 63n - 1n }),
        anyCurrency,
        (amountMinor, currency) => {
          const { amount } = formatMoney({ amountMinor, currency });
          expect(parseMoney(amount, currency)).toEqual({ amountMinor, currency });
        },
      ),
    );
  });

  test('when any amount in cents is sent as a JSON number, then no cent is lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const { amount } = formatMoney({ amountMinor: BigInt(cents), currency: 'USD' });
        expect(parseMoney(Number(amount), 'USD')?.amountMinor).toBe(BigInt(cents));
      }),
    );
  });
});

describe('given an amount with any decimals', () => {
  test.each([
    ['6.825', 'USD', 683n, 682n],
    ['-2.675', 'USD', -268n, -268n],
    ['1.005', 'USD', 101n, 100n],
    ['10.0049999', 'USD', 1000n, 1000n],
    ['1234.5', 'JPY', 1235n, 1234n],
    ['12.3455', 'KWD', 12_346n, 12_346n],
    ['499', 'USD', 49_900n, 49_900n],
    [1.005, 'USD', 101n, 100n],
    ['-0.004', 'USD', 0n, 0n],
  ])('when %j %s is rounded, then it is %s, with even halves %s', (value, currency, away, even) => {
    expect(roundMoney(value, currency)).toEqual({ amountMinor: away, currency });
    expect(roundMoney(value, currency, 'half_even')).toEqual({ amountMinor: even, currency });
  });

  test.each([
    ['1e3', 'USD', 'it is not plain'],
    ['1', 'usd', 'the currency is unknown'],
    ['92233720368547758.075', 'USD', 'it cannot be stored'],
    ['-92233720368547758.075', 'USD', 'it cannot be stored'],
  ])('when it is %j %s, then it is refused: %s', (value, currency) => {
    expect(roundMoney(value, currency)).toBeUndefined();
  });

  test('when any amount fits the currency, then rounding is reading', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        anyCurrency,
        (minor, currency) => {
          const { amount } = formatMoney({ amountMinor: minor, currency });
          expect(roundMoney(amount, currency)).toEqual(parseMoney(amount, currency));
        },
      ),
    );
  });
});
