import { describe, expect, test } from 'vitest';

import { isCurrency, minorDigits } from './currency.ts';

describe('given a currency code', () => {
  test.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['CLP', 0],
    ['KWD', 3],
    ['TND', 3],
    ['XCG', 2],
  ])('when it is %s, then it is a currency of %i decimals', (code, digits) => {
    expect(isCurrency(code)).toBe(true);
    expect(minorDigits(code)).toBe(digits);
  });

  test.each(['', 'usd', 'US', 'USDT', 'DEM', 'XAU', 'XXX', 'XTS', 'constructor', 'CLF'])(
    'when it is %j, then it is none',
    (code) => {
      expect(isCurrency(code)).toBe(false);
    },
  );
});
