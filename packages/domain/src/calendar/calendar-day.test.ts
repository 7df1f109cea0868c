import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { calendarDateOf, calendarDayOf, type ZoneEpoch } from './calendar-day.ts';
import { localDateOf, startOfDay } from './zone.ts';

const ZONE_CHANGE = Date.parse('2026-03-01T23:00:00Z');
const epochs: ZoneEpoch[] = [
  { from: -Infinity, timeZone: 'Europe/Berlin' },
  { from: ZONE_CHANGE, timeZone: 'America/New_York' },
];

describe('given an instant and a calendar', () => {
  test.each([
    ['2026-02-28T23:30:00Z', '2026-03-01', 'Berlin is an hour ahead'],
    ['2026-03-01T22:59:59Z', '2026-03-01', 'it is the last second in Berlin'],
    ['2026-03-01T23:00:00Z', '2026-03-01', 'New York still has Sunday'],
    ['2026-03-02T05:00:00Z', '2026-03-02', 'midnight in New York'],
  ])('when it is %s, then the date is %s: %s', (instant, date) => {
    expect(calendarDateOf(epochs, Date.parse(instant))).toBe(date);
  });

  test('when another zone takes effect before midnight, then the day goes no further', () => {
    expect(calendarDayOf(epochs, ZONE_CHANGE - 1).end).toBe(ZONE_CHANGE);
    const [, newYork] = epochs;
    const early = [
      ...epochs.slice(0, 1),
      { ...newYork, timeZone: 'UTC', from: ZONE_CHANGE - 5000 },
    ];
    expect(calendarDayOf(early, ZONE_CHANGE - 6000).end).toBe(ZONE_CHANGE - 5000);
  });

  test('when clocks show the old date again after the new one began, then it is the new one', () => {
    const stJohns: ZoneEpoch[] = [{ from: -Infinity, timeZone: 'America/St_Johns' }];
    const again = Date.parse('2010-11-07T02:45:00Z');
    expect(localDateOf('America/St_Johns', again)).toBe('2010-11-06');
    expect(calendarDateOf(stJohns, again)).toBe('2010-11-07');
  });

  test('when there is no epoch, then it throws', () => {
    expect(() => calendarDateOf([], 0)).toThrow(RangeError);
  });

  test('when it is any anywhere, then its day began by then, ends after, and the next follows at once', () => {
    const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const anyInstant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });
    fc.assert(
      fc.property(anyZone, anyInstant, (timeZone, instant) => {
        const calendar: ZoneEpoch[] = [{ from: -Infinity, timeZone }];
        const { date, end } = calendarDayOf(calendar, instant);
        expect(startOfDay(timeZone, date)).toBeLessThanOrEqual(instant);
        expect(end).toBeGreaterThan(instant);
        expect(calendarDateOf(calendar, end - 1)).toBe(date);
        expect(calendarDateOf(calendar, end) > date).toBe(true);
      }),
    );
  });
});
