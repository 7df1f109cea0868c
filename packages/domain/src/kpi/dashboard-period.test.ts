import { describe, expect, test } from 'vitest';

import { addDays } from '../calendar/local-date.ts';
import { completeDays, dashboardPeriod, type DashboardAsk } from './dashboard-period.ts';

const TODAY = '2025-09-16';

/** Dates as people write them, both included. */
function shown(ask: Partial<DashboardAsk>) {
  const { asked, counted, compared } = dashboardPeriod({
    asOf: TODAY,
    compareTo: 'previous_period',
    ...ask,
  });
  const days = (span: typeof counted) => span && `${span.from}..${addDays(span.toExclusive, -1)}`;
  return {
    asked: days(asked),
    counted: days(counted),
    compared: days(compared),
    ...(compared?.clamped === true && { clamped: true }),
  };
}

describe('given a day on which a dashboard is opened', () => {
  test.each([
    {
      what: 'in mid-month',
      asOf: TODAY,
      is: ['2025-09-01..2025-09-15', '2025-08-01..2025-08-15'],
    },
    {
      what: 'on the second',
      asOf: '2025-09-02',
      is: ['2025-09-01..2025-09-01', '2025-08-01..2025-08-01'],
    },
    {
      what: 'on the first',
      asOf: '2025-09-01',
      is: ['2025-08-01..2025-08-31', '2025-07-01..2025-07-31'],
    },
    {
      what: 'on New Year’s Day',
      asOf: '2026-01-01',
      is: ['2025-12-01..2025-12-31', '2025-11-01..2025-11-30'],
    },
  ])('when it is $what, then it opens on the month to date', ({ asOf, is: [days, before] }) => {
    expect(shown({ asOf })).toEqual({ asked: days, counted: days, compared: before });
  });

  test('when the month before is shorter, then it ends with it', () => {
    expect(shown({ asOf: '2025-03-31' })).toEqual({
      asked: '2025-03-01..2025-03-30',
      counted: '2025-03-01..2025-03-30',
      compared: '2025-02-01..2025-02-28',
      clamped: true,
    });
  });
});

describe('given dates that are asked for', () => {
  test.each([
    {
      what: 'a whole month',
      ask: { startDate: '2025-08-01', endDate: '2025-08-31' },
      is: ['2025-08-01..2025-08-31', '2025-07-01..2025-07-31'],
    },
    {
      what: 'the month that runs',
      ask: { startDate: '2025-09-01', endDate: '2025-09-30' },
      is: ['2025-09-01..2025-09-15', '2025-08-01..2025-08-15'],
    },
    {
      what: 'the quarter that runs',
      ask: { startDate: '2025-07-01', endDate: '2025-09-30' },
      is: ['2025-07-01..2025-09-15', '2025-04-01..2025-06-16'],
    },
    {
      what: 'the year before that one',
      ask: { startDate: '2024-01-01', endDate: '2024-12-31' },
      is: ['2024-01-01..2024-12-31', '2023-01-01..2023-12-31'],
    },
    {
      what: 'some days',
      ask: { startDate: '2025-09-03', endDate: '2025-09-09' },
      is: ['2025-09-03..2025-09-09', '2025-08-27..2025-09-02'],
    },
    {
      what: 'days that go on',
      ask: { startDate: '2025-09-10', endDate: '2025-09-19' },
      is: ['2025-09-10..2025-09-19', '2025-08-31..2025-09-09'],
    },
    {
      what: 'a start alone',
      ask: { startDate: '2025-09-10' },
      is: ['2025-09-10..2025-09-15', '2025-09-04..2025-09-09'],
    },
    {
      what: 'an end alone',
      ask: { endDate: '2025-08-31' },
      is: ['2025-08-01..2025-08-31', '2025-07-01..2025-07-31'],
    },
    {
      what: 'the same dates a month back',
      ask: { startDate: '2025-03-30', endDate: '2025-03-31', compareTo: 'previous_month' },
      is: ['2025-03-30..2025-03-31', '2025-02-28..2025-02-28'],
    },
    {
      what: 'the same dates a year back',
      ask: { startDate: '2025-09-08', endDate: '2025-09-14', compareTo: 'previous_year' },
      is: ['2025-09-08..2025-09-14', '2024-09-08..2024-09-14'],
    },
    {
      what: 'the same weekdays a year back',
      ask: {
        startDate: '2025-09-08',
        endDate: '2025-09-14',
        compareTo: 'previous_year',
        matchWeekday: true,
      },
      is: ['2025-09-08..2025-09-14', '2024-09-09..2024-09-15'],
    },
  ] as const)('when they are $what, then those days are counted', ({ ask, is }) => {
    expect(shown(ask)).toMatchObject({ counted: is[0], compared: is[1] });
  });

  test('when nothing is compared, then the days are cut all the same', () => {
    const ask = { startDate: '2025-09-01', endDate: '2025-09-30', compareTo: undefined };
    expect(shown(ask)).toEqual({
      asked: '2025-09-01..2025-09-30',
      counted: '2025-09-01..2025-09-15',
      compared: undefined,
    });
  });

  test.each([
    { what: 'today', startDate: TODAY, endDate: TODAY },
    { what: 'later', startDate: '2025-10-01', endDate: '2025-10-31' },
    { what: 'today, without an end', startDate: TODAY, endDate: undefined },
  ])('when they begin $what, then no day is complete', ({ startDate, endDate }) => {
    expect(shown({ startDate, endDate })).toMatchObject({
      counted: undefined,
      compared: undefined,
    });
  });

  test.each([
    { from: '2025-09-01', toExclusive: '2025-09-10', days: 9 },
    { from: '2025-09-10', toExclusive: '2025-09-20', days: 6 },
    { from: '2025-09-16', toExclusive: '2025-09-20', days: 0 },
    { from: '2025-10-01', toExclusive: '2025-10-02', days: 0 },
  ])('when $from to before $toExclusive is looked at, then $days are over', ({ days, ...span }) => {
    expect(completeDays(span, TODAY)).toBe(days);
  });
});
