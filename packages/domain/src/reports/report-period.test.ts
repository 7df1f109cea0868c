import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { daysOf } from '../calendar/date-span.ts';
import { addDays } from '../calendar/local-date.ts';
import { changeCalendar, type CalendarEpoch, type CalendarRules } from '../calendar/week.ts';
import type { ReportCadence } from '../tiers/terms.ts';
import { endedPeriod, nextPeriodEnd } from './report-period.ts';
import { anyMoment } from './testing/any-calendar.ts';

const HOUR_MS = 3_600_000;
const CADENCES: readonly ReportCadence[] = ['monthly', 'biweekly', 'weekly'];

function always(timeZone: string, weekStartsOn: 'monday' | 'sunday' = 'monday'): CalendarEpoch[] {
  return [{ from: -Infinity, timeZone, weekStartsOn }];
}

function shown(cadence: ReportCadence, epochs: readonly CalendarEpoch[], at: string) {
  const period = endedPeriod(cadence, epochs, Date.parse(at));
  return {
    dates: `${period.from} ${addDays(period.toExclusive, -1)}`,
    hours: (period.end - period.start) / HOUR_MS,
  };
}

describe('given a calendar that never changed', () => {
  test.each([
    {
      why: 'the last millisecond of a week belongs to it',
      cadence: 'weekly',
      zone: 'UTC',
      at: '2026-03-08T23:59:59.999Z',
      dates: '2026-02-23 2026-03-01',
      hours: 168,
    },
    {
      why: 'a week is over as the next begins',
      cadence: 'weekly',
      zone: 'UTC',
      at: '2026-03-09T00:00:00Z',
      dates: '2026-03-02 2026-03-08',
      hours: 168,
    },
    {
      why: 'clocks go forward in it',
      cadence: 'weekly',
      zone: 'Europe/Berlin',
      at: '2026-03-29T22:00:00Z',
      dates: '2026-03-23 2026-03-29',
      hours: 167,
    },
    {
      why: 'clocks go back in it, by half an hour',
      cadence: 'weekly',
      zone: 'Australia/Lord_Howe',
      at: '2026-04-06T00:00:00Z',
      dates: '2026-03-30 2026-04-05',
      hours: 168.5,
    },
    {
      why: 'a year of 53 weeks keeps the rhythm of fortnights',
      cadence: 'biweekly',
      zone: 'UTC',
      at: '2027-01-18T00:00:00Z',
      dates: '2027-01-04 2027-01-17',
      hours: 336,
    },
    {
      why: 'the fortnight before that one',
      cadence: 'biweekly',
      zone: 'UTC',
      at: '2027-01-17T23:59:59Z',
      dates: '2026-12-21 2027-01-03',
      hours: 336,
    },
    {
      why: 'a month is over at local midnight',
      cadence: 'monthly',
      zone: 'America/New_York',
      at: '2026-04-01T03:59:59Z',
      dates: '2026-02-01 2026-02-28',
      hours: 672,
    },
    {
      why: 'a month with a clock change',
      cadence: 'monthly',
      zone: 'America/New_York',
      at: '2026-04-01T04:00:00Z',
      dates: '2026-03-01 2026-03-31',
      hours: 743,
    },
    {
      why: 'February of a leap year, east of Greenwich',
      cadence: 'monthly',
      zone: 'Pacific/Kiritimati',
      at: '2028-02-29T10:00:00Z',
      dates: '2028-02-01 2028-02-29',
      hours: 696,
    },
  ] as const)('when $why, then it is $dates', ({ cadence, zone, at, dates, hours }) => {
    expect(shown(cadence, always(zone), at)).toEqual({ dates, hours });
  });

  test('when weeks start on Sunday, then fortnights do too', () => {
    const sundays = always('UTC', 'sunday');
    expect(shown('biweekly', sundays, '2027-01-10T00:00:00Z').dates).toBe('2026-12-20 2027-01-02');
  });
});

describe('given a client that moved', () => {
  const from = (rules: CalendarRules, next: CalendarRules) =>
    changeCalendar([{ from: -Infinity, ...rules }], next, Date.parse('2026-03-04T00:00:00Z'));
  const monday = (timeZone: string): CalendarRules => ({ timeZone, weekStartsOn: 'monday' });

  test.each([
    {
      why: 'west, so that Sunday comes twice: it is told once',
      ...from(monday('Asia/Tokyo'), monday('America/New_York')),
      at: '2026-03-16T12:00:00Z',
      dates: ['2026-03-02 2026-03-08', '2026-03-09 2026-03-15'],
    },
    {
      why: 'east over the date line, so that Monday never comes: it is told with what follows',
      ...from(monday('Pacific/Pago_Pago'), monday('Pacific/Kiritimati')),
      at: '2026-03-16T12:00:00Z',
      dates: ['2026-03-02 2026-03-08', '2026-03-09 2026-03-15'],
    },
    {
      why: 'to weeks that start on Sunday: one is a day shorter',
      ...from(monday('UTC'), { timeZone: 'UTC', weekStartsOn: 'sunday' }),
      at: '2026-03-16T12:00:00Z',
      dates: ['2026-03-02 2026-03-08', '2026-03-09 2026-03-14'],
    },
    {
      why: 'to weeks that start on Monday: one is a day longer',
      ...from({ timeZone: 'UTC', weekStartsOn: 'sunday' }, monday('UTC')),
      at: '2026-03-16T12:00:00Z',
      dates: ['2026-03-01 2026-03-07', '2026-03-08 2026-03-15'],
    },
  ])('when it moved $why', ({ epochs, at, dates }) => {
    const last = endedPeriod('weekly', epochs, Date.parse(at));
    const before = endedPeriod('weekly', epochs, last.start);
    const written = [before, last].map(
      ({ from: first, toExclusive }) => `${first} ${addDays(toExclusive, -1)}`,
    );
    expect(written).toEqual(dates);
  });
});

describe('given any history of calendars', () => {
  test.each(CADENCES)(
    'when %s periods are walked back, then they tile time and dates',
    (cadence) => {
      fc.assert(
        fc.property(anyMoment, ([epochs, at]) => {
          let period = endedPeriod(cadence, epochs, at);
          expect(period.end).toBeLessThanOrEqual(at);
          for (let walked = 0; walked < 4; walked += 1) {
            const before = endedPeriod(cadence, epochs, period.start);
            expect([before.end, before.toExclusive]).toEqual([period.start, period.from]);
            expect(endedPeriod(cadence, epochs, period.end)).toEqual(period);
            expect(daysOf(period)).toBeGreaterThan(0);
            period = before;
          }
        }),
        { numRuns: 200 },
      );
    },
  );

  test('when it is a fortnight, then it is whole weeks, and two of them unless the calendar changed', () => {
    fc.assert(
      fc.property(anyMoment, ([epochs, at]) => {
        const fortnight = endedPeriod('biweekly', epochs, at);
        const starts: number[] = [];
        for (let { end } = fortnight; end > fortnight.start; end = starts.at(-1) ?? end) {
          starts.push(endedPeriod('weekly', epochs, end).start);
        }
        expect(starts.at(-1)).toBe(fortnight.start);
        const isChanged = epochs.some(
          ({ from }) => from >= fortnight.start && from <= fortnight.end,
        );
        expect(starts.length).toBeLessThanOrEqual(isChanged ? 3 : 2);
        expect(starts.length).toBeGreaterThanOrEqual(isChanged ? 1 : 2);
      }),
      { numRuns: 200 },
    );
  });

  test('when a move leaves two days between two weeks, then they belong to the fortnight before', () => {
    const { epochs } = changeCalendar(
      [{ from: -Infinity, timeZone: 'Africa/Cairo', weekStartsOn: 'sunday' }],
      { timeZone: 'Pacific/Pago_Pago', weekStartsOn: 'monday' },
      Date.parse('2013-10-10T00:00:00Z'),
    );
    expect(shown('biweekly', epochs, '2013-10-15T00:00:00Z')).toMatchObject({
      dates: '2013-09-29 2013-10-13',
    });
  });

  test('when the next end is looked for, then it is to come, and none lies before it', () => {
    fc.assert(
      fc.property(anyMoment, ([epochs, at]) => {
        const next = nextPeriodEnd(epochs, at);
        expect(next).toBeGreaterThan(at);
        const endsAt = (instant: number) =>
          CADENCES.map((one) => endedPeriod(one, epochs, instant).end);
        expect(endsAt(next - 1)).toEqual(endsAt(at));
        expect(endsAt(next)).toContain(next);
      }),
      { numRuns: 200 },
    );
  });
});
