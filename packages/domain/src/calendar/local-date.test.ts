import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays, addMonthsClamped, dayOfWeek, daysBetween, isLocalDate } from './local-date.ts';

const anyDate = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9990-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('given text that may be a date', () => {
  test.each([
    ['1970-01-01', true],
    ['2024-02-29', true],
    ['9999-12-31', true],
    ['2026-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['1969-12-31', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00:00Z', false],
    [' 2026-01-01', false],
    ['+002026-01-01', false],
    ['', false],
  ])('when it is %j, then it is a date: %s', (text, expected) => {
    expect(isLocalDate(text)).toBe(expected);
  });

  test('when arithmetic is done on something else, then it throws', () => {
    expect(() => addDays('2026-02-29', 1)).toThrow(RangeError);
    expect(() => dayOfWeek('soon')).toThrow(RangeError);
  });
});

describe('given a date to count months from', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28', 'the month is shorter'],
    ['2026-01-31', 2, '2026-03-31', 'the day comes back'],
    ['2026-01-31', -2, '2025-11-30', 'counting goes backwards'],
    ['2024-02-29', 12, '2025-02-28', 'the year has no 29 February'],
    ['2024-02-29', 48, '2028-02-29', 'the next leap year has one'],
    ['2100-01-29', 1, '2100-02-28', '2100 is not a leap year'],
    ['2026-11-30', 3, '2027-02-28', 'the count passes a year end'],
    ['1970-01-15', -1, '1969-12-15', 'the count leaves the dates an input may have'],
  ])('when %s moves by %i months, then it is %s because %s', (date, months, expected) => {
    expect(addMonthsClamped(date, months)).toBe(expected);
  });

  test('when any date moves by any months, then its month is exact and its day is the anchor or the last', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -1200, max: 120 }), (date, months) => {
        const moved = addMonthsClamped(date, months);
        const expectedMonth = monthIndex(date) + months;
        expect(monthIndex(moved)).toBe(expectedMonth);
        const isLastOfMonth = monthIndex(addDays(moved, 1)) === expectedMonth + 1;
        expect(moved.slice(-2) === date.slice(-2) || isLastOfMonth).toBe(true);
        expect(moved.slice(-2) <= date.slice(-2)).toBe(true);
      }),
    );
  });
});

describe('given days to count', () => {
  test('when days are added, then they are the days between', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -700_000, max: 700_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(addDays(moved, -days)).toBe(date);
      }),
    );
  });

  test.each([
    ['1970-01-01', 4],
    ['2026-03-08', 0],
    ['2026-03-09', 1],
    ['1969-12-27', 6],
  ])('when it is %s, then its day of the week is %i', (date, expected) => {
    expect(dayOfWeek(date)).toBe(expected);
  });
});

function monthIndex(date: string): number {
  const parts = /^(.+)-(\d\d)-\d\d$/.exec(date);
  return Number(parts?.[1]) * 12 + Number(parts?.[2]) - 1;
}
