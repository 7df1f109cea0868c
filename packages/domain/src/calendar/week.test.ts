import { describe, expect, test } from 'vitest';

import type { Window } from './instant.ts';
import { changeCalendar, weekOf, type CalendarEpoch, type CalendarRules } from './week.ts';

const HOUR_MS = 3_600_000;

describe('given a calendar that never changed', () => {
  test.each([
    {
      zone: 'America/New_York',
      at: '2026-03-09T03:59:00Z',
      start: '2026-03-02T05:00:00Z',
      end: '2026-03-09T04:00:00Z',
      hours: 167,
    },
    {
      zone: 'America/New_York',
      at: '2026-03-09T04:00:00Z',
      start: '2026-03-09T04:00:00Z',
      end: '2026-03-16T04:00:00Z',
      hours: 168,
    },
    {
      zone: 'America/New_York',
      at: '2026-03-08T07:30:00Z',
      start: '2026-03-02T05:00:00Z',
      end: '2026-03-09T04:00:00Z',
      hours: 167,
    },
    {
      zone: 'America/New_York',
      at: '2026-11-01T05:30:00Z',
      start: '2026-10-26T04:00:00Z',
      end: '2026-11-02T05:00:00Z',
      hours: 169,
    },
    {
      zone: 'America/New_York',
      at: '2026-11-01T06:30:00Z',
      start: '2026-10-26T04:00:00Z',
      end: '2026-11-02T05:00:00Z',
      hours: 169,
    },
    {
      zone: 'Pacific/Auckland',
      at: '2026-04-05T11:59:00Z',
      start: '2026-03-29T11:00:00Z',
      end: '2026-04-05T12:00:00Z',
      hours: 169,
    },
    {
      zone: 'Pacific/Auckland',
      at: '2026-04-05T12:00:00Z',
      start: '2026-04-05T12:00:00Z',
      end: '2026-04-12T12:00:00Z',
      hours: 168,
    },
    {
      zone: 'Australia/Lord_Howe',
      at: '2026-04-01T00:00:00Z',
      start: '2026-03-29T13:00:00Z',
      end: '2026-04-05T13:30:00Z',
      hours: 168.5,
    },
    {
      zone: 'Pacific/Kiritimati',
      at: '2026-03-08T09:59:00Z',
      start: '2026-03-01T10:00:00Z',
      end: '2026-03-08T10:00:00Z',
      hours: 168,
    },
    {
      zone: 'Pacific/Kiritimati',
      at: '2026-03-08T10:00:00Z',
      start: '2026-03-08T10:00:00Z',
      end: '2026-03-15T10:00:00Z',
      hours: 168,
    },
    {
      zone: 'Pacific/Apia',
      at: '2011-12-31T00:00:00Z',
      start: '2011-12-26T10:00:00Z',
      end: '2012-01-01T10:00:00Z',
      hours: 144,
    },
    {
      zone: 'UTC',
      at: '2026-12-31T23:00:00Z',
      start: '2026-12-28T00:00:00Z',
      end: '2027-01-04T00:00:00Z',
      hours: 168,
    },
    {
      zone: 'UTC',
      at: '2027-01-03T23:59:59.999Z',
      start: '2026-12-28T00:00:00Z',
      end: '2027-01-04T00:00:00Z',
      hours: 168,
    },
    {
      zone: 'UTC',
      at: '2028-02-29T12:00:00Z',
      start: '2028-02-28T00:00:00Z',
      end: '2028-03-06T00:00:00Z',
      hours: 168,
    },
    {
      zone: 'UTC',
      at: '1969-12-31T00:00:00Z',
      start: '1969-12-29T00:00:00Z',
      end: '1970-01-05T00:00:00Z',
      hours: 168,
    },
    {
      zone: 'UTC',
      at: '9999-12-31T23:59:59Z',
      start: '9999-12-27T00:00:00Z',
      end: '+010000-01-03T00:00:00Z',
      hours: 168,
    },
  ])('when it is $at in $zone, then the week is $start to $end, $hours h', (row) => {
    const { zone, at, start, end, hours } = row;
    const week = weekOf(alwaysIn(zone), Date.parse(at));
    expect(week).toEqual(between(start, end));
    expect((week.end - week.start) / HOUR_MS).toBe(hours);
  });

  test('when weeks start on Sunday, then they run from Sunday to Sunday', () => {
    const sundays = alwaysIn('Europe/Berlin', 'sunday');
    const week = between('2026-03-21T23:00:00Z', '2026-03-28T23:00:00Z');
    expect(weekOf(sundays, week.start)).toEqual(week);
    expect(weekOf(sundays, week.end - 1)).toEqual(week);
    expect(weekOf(sundays, week.end).start).toBe(week.end);
  });

  test('when clocks go back across the midnight a week starts at, then no instant falls back with them', () => {
    const sundays = alwaysIn('America/St_Johns', 'sunday');
    const shownAsSaturdayAgain = Date.parse('2010-11-07T03:00:00Z');
    expect(weekOf(sundays, shownAsSaturdayAgain).start).toBe(Date.parse('2010-11-07T02:30:00Z'));
  });

  test('when there is no calendar at all, then it throws', () => {
    expect(() => weekOf([], 0)).toThrow(RangeError);
  });
});

describe('given a change of calendar', () => {
  test('when Kolkata becomes New York, then the 9.5 h stub joins the week after it', () => {
    const change = changeCalendar(
      alwaysIn('Asia/Kolkata'),
      rules('America/New_York'),
      Date.parse('2026-03-11T06:30:00Z'),
    );
    expect(change.effectiveAt).toBe(Date.parse('2026-03-15T18:30:00Z'));
    expect(weekStarts(change.epochs, '2026-03-08T18:30:00Z', 4)).toEqual([
      '2026-03-08T18:30:00.000Z',
      '2026-03-15T18:30:00.000Z',
      '2026-03-23T04:00:00.000Z',
      '2026-03-30T04:00:00.000Z',
    ]);
  });

  test('when New York becomes Kolkata, then the transition week is shorter', () => {
    const change = changeCalendar(
      alwaysIn('America/New_York'),
      rules('Asia/Kolkata'),
      Date.parse('2026-03-11T16:00:00Z'),
    );
    expect(change.effectiveAt).toBe(Date.parse('2026-03-16T04:00:00Z'));
    expect(weekStarts(change.epochs, '2026-03-09T04:00:00Z', 4)).toEqual([
      '2026-03-09T04:00:00.000Z',
      '2026-03-16T04:00:00.000Z',
      '2026-03-22T18:30:00.000Z',
      '2026-03-29T18:30:00.000Z',
    ]);
  });

  test('when weeks move from Sunday to Monday, then the one day between joins the week after it', () => {
    const now = Date.parse('2026-03-11T12:00:00Z');
    const change = changeCalendar(alwaysIn('UTC', 'sunday'), rules('UTC', 'monday'), now);
    expect(weekStarts(change.epochs, '2026-03-08T00:00:00Z', 3)).toEqual([
      '2026-03-08T00:00:00.000Z',
      '2026-03-15T00:00:00.000Z',
      '2026-03-23T00:00:00.000Z',
    ]);
  });

  test('when weeks move from Monday to Sunday, then the six days between are a week', () => {
    const now = Date.parse('2026-03-11T12:00:00Z');
    const change = changeCalendar(alwaysIn('UTC', 'monday'), rules('UTC', 'sunday'), now);
    expect(weekStarts(change.epochs, '2026-03-09T00:00:00Z', 3)).toEqual([
      '2026-03-09T00:00:00.000Z',
      '2026-03-16T00:00:00.000Z',
      '2026-03-22T00:00:00.000Z',
    ]);
  });

  test('when the new zone turns its week at the same instant, then there is no stub', () => {
    const now = Date.parse('2026-07-01T00:00:00Z');
    const change = changeCalendar(alwaysIn('Europe/Berlin'), rules('Europe/Paris'), now);
    expect(weekStarts(change.epochs, '2026-06-28T22:00:00Z', 3)).toEqual([
      '2026-06-28T22:00:00.000Z',
      '2026-07-05T22:00:00.000Z',
      '2026-07-12T22:00:00.000Z',
    ]);
  });

  test.each([
    [36, 36, 'is a week of its own'],
    [36 - 1 / HOUR_MS, 36 - 1 / HOUR_MS + 168, 'joins the week after it'],
  ])('when the stub is %d h long, then the first week has %d h: it %s', (stub, expected) => {
    const boundary = Date.parse('2026-03-16T00:00:00Z');
    const from = boundary - stub * HOUR_MS;
    const week = weekOf([...alwaysIn('Asia/Tokyo'), { from, ...rules('UTC') }], from);
    expect((week.end - week.start) / HOUR_MS).toBe(expected);
  });

  test('when another change is pending, then the new one takes its place', () => {
    const now = Date.parse('2026-03-11T06:30:00Z');
    const first = changeCalendar(alwaysIn('UTC'), rules('Asia/Tokyo'), now);
    const second = changeCalendar(first.epochs, rules('Europe/Berlin'), now + HOUR_MS);
    expect(second.effectiveAt).toBe(first.effectiveAt);
    expect(second.epochs.map((epoch) => epoch.timeZone)).toEqual(['UTC', 'Europe/Berlin']);
  });

  test('when it asks for what is in force, then it only clears what was pending', () => {
    const now = Date.parse('2026-03-11T06:30:00Z');
    const pending = changeCalendar(alwaysIn('UTC'), rules('Asia/Tokyo'), now);
    expect(changeCalendar(pending.epochs, rules('UTC'), now)).toEqual({
      epochs: alwaysIn('UTC'),
      effectiveAt: undefined,
    });
  });

  test('when it comes during a merged transition week, then it waits for the end of that week', () => {
    const toNewYork = changeCalendar(
      alwaysIn('Asia/Kolkata'),
      rules('America/New_York'),
      Date.parse('2026-03-11T06:30:00Z'),
    );
    const back = changeCalendar(
      toNewYork.epochs,
      rules('Asia/Kolkata'),
      Date.parse('2026-03-15T19:00:00Z'),
    );
    expect(back.effectiveAt).toBe(Date.parse('2026-03-23T04:00:00Z'));
    expect(back.epochs).toHaveLength(3);
  });
});

/** The starts of so many weeks in a row, the first being the one that contains `from`. */
function weekStarts(
  epochs: readonly CalendarEpoch[],
  from: string,
  count: number,
): readonly string[] {
  const starts: string[] = [];
  let week = weekOf(epochs, Date.parse(from));
  while (starts.push(new Date(week.start).toISOString()) < count) week = weekOf(epochs, week.end);
  return starts;
}

function alwaysIn(timeZone: string, weekStartsOn: CalendarRules['weekStartsOn'] = 'monday') {
  return [{ from: -Infinity, timeZone, weekStartsOn }];
}

function rules(timeZone: string, weekStartsOn: CalendarRules['weekStartsOn'] = 'monday') {
  return { timeZone, weekStartsOn };
}

function between(start: string, end: string): Window {
  return { start: Date.parse(start), end: Date.parse(end) };
}
