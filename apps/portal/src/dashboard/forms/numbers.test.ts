import { describe, expect, test } from 'vitest';

import { clockOf, decimalOf, minutesOf } from './numbers.ts';

describe('given a number as somebody wrote it', () => {
  test.each([
    { text: '1,234.50', locale: 'en', is: '1234.50' },
    { text: '1.234,50', locale: 'de', is: '1234.50' },
    { text: '1.234', locale: 'de', is: '1234', why: 'groups' },
    { text: '1.234', locale: 'en', is: '1.234', why: 'decimals' },
    { text: '12,5', locale: 'en', is: '12.5' },
    { text: '12.50', locale: 'de', is: '12.50' },
    { text: '1 234 567,8', locale: 'fr', is: '1234567.8' },
    { text: '1,234,567', locale: 'en', is: '1234567' },
    { text: '١٢٣٤٫٥', locale: 'ar', is: '1234.5' },
    { text: '-20', locale: 'en', is: '-20' },
    { text: ' twelve ', locale: 'en', is: 'twelve' },
    { text: '', locale: 'en', is: '' },
  ])('when it is $text in $locale, then the API is sent $is', ({ text, locale, is }) => {
    expect(decimalOf(text, locale)).toBe(is);
  });

  test.each([
    { text: '90', is: 90 },
    { text: '1:30', is: 90 },
    { text: '1h', is: 60 },
    { text: '2 h 5 min', is: 125 },
    { text: '7,5', is: 7.5 },
    { text: '', is: Number.NaN },
    { text: 'an hour', is: Number.NaN },
  ])('when a duration is $text, then it is $is minutes', ({ text, is }) => {
    expect(minutesOf(text, 'en')).toBe(is);
  });

  test('when minutes are shown, then as a clock has them', () => {
    expect([0, 5, 90, 600.4].map(clockOf)).toEqual(['0:00', '0:05', '1:30', '10:00']);
  });
});
