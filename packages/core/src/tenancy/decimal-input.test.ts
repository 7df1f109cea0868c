import { describe, expect, test } from 'vitest';

import { decimalInput } from './decimal-input.ts';

describe('given a decimal that is sent', () => {
  const rate = decimalInput({ zero: false, digits: 9, places: 18 });

  test.for([
    ['1.10', '1.1'],
    ['0.300000000000000001', '0.300000000000000001'],
    ['1083', '1083'],
    ['5.00', '5'],
    [1.1, '1.1'],
    [0.1 + 0.2, '0.30000000000000004'],
    [42, '42'],
  ] as const)('when it is %j, then it is exactly %s', ([value, text]) => {
    expect(rate.parse(value)).toBe(text);
    expect(rate.parse(text)).toBe(text);
  });

  test.for(['0', '-1', '-0', '1e3', 1e-7, 1e21, '1,5', '', ' 1', '01', 'NaN', Number.NaN, null])(
    'when it is %j, then it is refused',
    (value) => {
      expect(rate.safeParse(value).success).toBe(false);
    },
  );

  test('when it has more digits than are kept, then it is refused', () => {
    expect(rate.safeParse('1234567890').success).toBe(false);
    expect(rate.safeParse(`0.${'1'.repeat(19)}`).success).toBe(false);
  });

  test('when 0 is one, then it is taken', () => {
    expect(decimalInput({ zero: true, digits: 1, places: 1 }).parse('0.0')).toBe('0');
  });
});
