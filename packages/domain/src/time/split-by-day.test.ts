import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ZoneEpoch } from '../calendar/calendar-day.ts';
import type { Instant, Window } from '../calendar/instant.ts';
import { startOfDay } from '../calendar/zone.ts';
import { secondsOf, splitByDay } from './split-by-day.ts';

const always = (timeZone: string): ZoneEpoch[] => [{ from: -Infinity, timeZone }];
const span = (start: string, end: string): Window => ({
  start: Date.parse(start),
  end: Date.parse(end),
});

describe('given a span of tracked time', () => {
  test.each([
    {
      zone: 'America/New_York',
      times: span('2025-02-01T03:30:00Z', '2025-02-01T06:15:00Z'),
      days: { '2025-01-31': 5400, '2025-02-01': 4500 },
      why: 'local midnight parts it, at a month edge',
    },
    {
      zone: 'America/New_York',
      times: span('2025-11-02T04:30:00Z', '2025-11-02T08:00:00Z'),
      days: { '2025-11-02': 12_600 },
      why: 'the hour clocks show twice elapsed twice',
    },
    {
      zone: 'Europe/Berlin',
      times: span('2025-03-29T23:00:00Z', '2025-03-30T22:00:00Z'),
      days: { '2025-03-30': 23 * 3600 },
      why: 'a day of 23 hours',
    },
    {
      zone: 'Australia/Lord_Howe',
      times: span('2025-10-04T13:30:00Z', '2025-10-05T13:00:00Z'),
      days: { '2025-10-05': 84_600 },
      why: 'a day of 23.5 hours',
    },
    {
      zone: 'America/Sao_Paulo',
      times: span('2018-11-04T02:30:00Z', '2018-11-04T03:30:00Z'),
      days: { '2018-11-03': 1800, '2018-11-04': 1800 },
      why: 'midnight did not exist',
    },
    {
      zone: 'Pacific/Apia',
      times: span('2011-12-30T09:00:00Z', '2011-12-30T11:00:00Z'),
      days: { '2011-12-29': 3600, '2011-12-31': 3600 },
      why: 'a whole day did not exist',
    },
    {
      zone: 'America/St_Johns',
      times: span('2010-11-07T02:00:00Z', '2010-11-07T04:00:00Z'),
      days: { '2010-11-06': 1800, '2010-11-07': 5400 },
      why: 'the day began at its first midnight though clocks went back across it',
    },
    {
      zone: 'UTC',
      times: span('2025-05-01T00:00:00Z', '2025-05-02T00:00:00Z'),
      days: { '2025-05-01': 86_400 },
      why: 'the midnight it ends with is not part of it',
    },
    {
      zone: 'UTC',
      times: span('2025-05-01T23:59:59.900Z', '2025-05-02T00:00:01.100Z'),
      days: { '2025-05-01': 1, '2025-05-02': 1 },
      why: 'it is counted in whole seconds',
    },
    {
      zone: 'UTC',
      times: span('2025-05-01T08:00:00Z', '2025-05-01T08:00:00Z'),
      days: {},
      why: 'it has no second',
    },
  ])('when it lies in $zone, then $why', ({ zone, times, days }) => {
    const parts = splitByDay(times, always(zone));
    expect(parts).toEqual(Object.entries(days).map(([date, seconds]) => ({ date, seconds })));
  });

  test('when it is booked on the day it started, then all of it is', () => {
    const times = span('2025-02-01T03:30:00Z', '2025-02-01T06:15:00Z');
    expect(splitByDay(times, always('America/New_York'), 'start')).toEqual([
      { date: '2025-01-31', seconds: 9900 },
    ]);
  });

  test('when it ends before it starts, then it throws', () => {
    const times = span('2025-02-02T00:00:00Z', '2025-02-01T00:00:00Z');
    expect(() => splitByDay(times, always('UTC'))).toThrow(RangeError);
  });
});

describe('given a span across a change of time zone', () => {
  const moved = (timeZone: string, at: Instant, next: string): ZoneEpoch[] => [
    ...always(timeZone),
    { from: at, timeZone: next },
  ];
  const times = span('2026-03-01T20:00:00Z', '2026-03-02T10:00:00Z');
  const mondayIn = (zone: string): Instant => startOfDay(zone, '2026-03-02');

  test.each([
    {
      epochs: moved('Europe/Berlin', mondayIn('Europe/Berlin'), 'America/New_York'),
      days: { '2026-03-01': 9 * 3600, '2026-03-02': 5 * 3600 },
      why: 'the new clocks show Sunday again, and it is one day',
    },
    {
      epochs: moved('America/New_York', mondayIn('America/New_York'), 'Europe/Berlin'),
      days: { '2026-03-01': 9 * 3600, '2026-03-02': 5 * 3600 },
      why: 'Monday begins in the middle of it',
    },
  ])('when $why, then each date has all of its seconds', ({ epochs, days }) => {
    const parts = splitByDay(times, epochs);
    expect(parts).toEqual(Object.entries(days).map(([date, seconds]) => ({ date, seconds })));
  });
});

describe('given any span anywhere', () => {
  const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const anyInstant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });
  const anyLength = fc.oneof(fc.nat(90_000_000), fc.nat(20 * 86_400_000));
  const anyCalendar = fc
    .tuple(anyZone, anyZone, anyInstant)
    .map(([timeZone, next, at]): ZoneEpoch[] => [
      ...always(timeZone),
      { from: Math.floor(at / 1000) * 1000, timeZone: next },
    ]);
  const byDate = (...parts: readonly (readonly { date: string; seconds: number }[])[]) => {
    const days = new Map<string, number>();
    for (const { date, seconds } of parts.flat()) days.set(date, (days.get(date) ?? 0) + seconds);
    return days;
  };

  test('when it is split, then all that elapsed belongs to one date each', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyLength, (calendar, start, length) => {
        const times = { start, end: start + length };
        const parts = splitByDay(times, calendar);
        expect(parts.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(secondsOf(times));
        expect(parts.every(({ seconds }) => seconds > 0)).toBe(true);
        expect(new Set(parts.map(({ date }) => date)).size).toBe(parts.length);
      }),
    );
  });

  test('when it is tracked in two parts, then every date has the same seconds', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.tuple(anyLength, anyLength),
        (calendar, start, cut) => {
          const middle = start + cut[0];
          const end = middle + cut[1];
          expect(
            byDate(
              splitByDay({ start, end: middle }, calendar),
              splitByDay({ start: middle, end }, calendar),
            ),
          ).toEqual(byDate(splitByDay({ start, end }, calendar)));
        },
      ),
    );
  });

  test('when it is within one local day, then it is all on that date', () => {
    fc.assert(
      fc.property(
        anyZone,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 80_000 }),
        (zone, day, length) => {
          const date = new Date(Date.parse('1995-01-01') + day * 86_400_000)
            .toISOString()
            .slice(0, 10);
          const start = startOfDay(zone, date);
          const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
          const end = Math.min(start + length * 1000, startOfDay(zone, next));
          const parts = splitByDay({ start, end }, always(zone));
          expect(parts).toEqual(end > start ? [{ date, seconds: (end - start) / 1000 }] : []);
        },
      ),
    );
  });
});
