import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { calendarDateOf } from './calendar-day.ts';
import { lastMomentOf } from './last-moment.ts';
import { addDays } from './local-date.ts';
import { changeCalendar, type CalendarEpoch } from './week.ts';

function calendarOf(...changes: readonly (readonly [from: string, timeZone: string])[]) {
  return changes.map(([from, timeZone]): CalendarEpoch => ({
    from: from === '' ? -Infinity : Date.parse(from),
    timeZone,
    weekStartsOn: 'monday',
  }));
}

describe('given a calendar that never changed', () => {
  test('when it is any day anywhere, then its last moment is on it and the next is not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') }),
        (zone, instant) => {
          const calendar = calendarOf(['', zone]);
          const date = calendarDateOf(calendar, instant);
          const last = lastMomentOf(calendar, date);
          expect(calendarDateOf(calendar, last)).toBe(date);
          expect(calendarDateOf(calendar, last + 1) > date).toBe(true);
        },
      ),
    );
  });
});

describe('given a calendar that changed', () => {
  const MONDAY = '2026-03-01T23:00:00Z';

  test.each([
    ['UTC', '2026-03-01', '2026-03-01T23:59:59.999Z', 'Sunday goes on for an hour'],
    ['Asia/Tokyo', '2026-03-01', '2026-03-01T22:59:59.999Z', 'Sunday ended as the old clocks say'],
    ['Asia/Tokyo', '2026-03-02', '2026-03-02T14:59:59.999Z', 'Monday ends as the new clocks say'],
  ])('when Berlin becomes %s, then %s ends at %s because %s', (zone, date, end) => {
    const epochs = calendarOf(['', 'Europe/Berlin'], [MONDAY, zone]);
    expect(new Date(lastMomentOf(epochs, date)).toISOString()).toBe(end);
    expect(calendarDateOf(epochs, lastMomentOf(epochs, date))).toBe(date);
  });

  test('when any zone follows any other, then the last moments of days that follow each other rise', () => {
    const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(anyZone, anyZone, fc.integer({ min: 1e12, max: 2e12 }), (before, after, now) => {
        const first = calendarOf(['', before]);
        const rules = { timeZone: after, weekStartsOn: 'monday' } as const;
        const { epochs } = changeCalendar(first, rules, now);
        const start = addDays(calendarDateOf(first, now), -1);
        const days = Array.from({ length: 12 }, (_, index) => addDays(start, index));
        const ends = days.map((date) => lastMomentOf(epochs, date));
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      }),
    );
  });
});
