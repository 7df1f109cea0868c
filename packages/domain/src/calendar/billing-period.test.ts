import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { billingPeriodOf, type BillingAnchor } from './billing-period.ts';
import { addMonthsClamped } from './local-date.ts';
import { changeCalendar, type CalendarEpoch } from './week.ts';
import { startOfDay } from './zone.ts';

const anyInstant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });
const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const anyAnchor: fc.Arbitrary<BillingAnchor> = fc.record({
  date: fc
    .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  everyMonths: fc.constantFrom(1, 3, 12),
});

describe('given an anchor and a zone', () => {
  test.each([
    {
      date: '2026-01-31',
      everyMonths: 1,
      zone: 'UTC',
      at: '2026-02-15T00:00:00Z',
      start: '2026-01-31T00:00:00Z',
      end: '2026-02-28T00:00:00Z',
    },
    {
      date: '2026-01-31',
      everyMonths: 1,
      zone: 'UTC',
      at: '2026-03-10T00:00:00Z',
      start: '2026-02-28T00:00:00Z',
      end: '2026-03-31T00:00:00Z',
    },
    {
      date: '2026-01-31',
      everyMonths: 1,
      zone: 'UTC',
      at: '2026-04-10T00:00:00Z',
      start: '2026-03-31T00:00:00Z',
      end: '2026-04-30T00:00:00Z',
    },
    {
      date: '2026-01-31',
      everyMonths: 1,
      zone: 'UTC',
      at: '2026-05-10T00:00:00Z',
      start: '2026-04-30T00:00:00Z',
      end: '2026-05-31T00:00:00Z',
    },
    {
      date: '2026-01-31',
      everyMonths: 1,
      zone: 'UTC',
      at: '2025-11-30T00:00:00Z',
      start: '2025-11-30T00:00:00Z',
      end: '2025-12-31T00:00:00Z',
    },
    {
      date: '2024-02-29',
      everyMonths: 12,
      zone: 'UTC',
      at: '2025-02-20T00:00:00Z',
      start: '2024-02-29T00:00:00Z',
      end: '2025-02-28T00:00:00Z',
    },
    {
      date: '2024-02-29',
      everyMonths: 12,
      zone: 'UTC',
      at: '2025-03-10T00:00:00Z',
      start: '2025-02-28T00:00:00Z',
      end: '2026-02-28T00:00:00Z',
    },
    {
      date: '2024-02-29',
      everyMonths: 12,
      zone: 'UTC',
      at: '2027-06-01T00:00:00Z',
      start: '2027-02-28T00:00:00Z',
      end: '2028-02-29T00:00:00Z',
    },
    {
      date: '2024-02-29',
      everyMonths: 12,
      zone: 'UTC',
      at: '2028-02-29T00:00:00Z',
      start: '2028-02-29T00:00:00Z',
      end: '2029-02-28T00:00:00Z',
    },
    {
      date: '2022-01-31',
      everyMonths: 3,
      zone: 'UTC',
      at: '2022-05-31T00:00:00Z',
      start: '2022-04-30T00:00:00Z',
      end: '2022-07-31T00:00:00Z',
    },
    {
      date: '2022-01-31',
      everyMonths: 3,
      zone: 'UTC',
      at: '2022-07-30T00:00:00Z',
      start: '2022-04-30T00:00:00Z',
      end: '2022-07-31T00:00:00Z',
    },
    {
      date: '2022-01-31',
      everyMonths: 3,
      zone: 'UTC',
      at: '2022-08-15T00:00:00Z',
      start: '2022-07-31T00:00:00Z',
      end: '2022-10-31T00:00:00Z',
    },
    {
      date: '2026-03-01',
      everyMonths: 1,
      zone: 'America/New_York',
      at: '2026-03-31T23:00:00Z',
      start: '2026-03-01T05:00:00Z',
      end: '2026-04-01T04:00:00Z',
    },
    {
      date: '2026-03-01',
      everyMonths: 1,
      zone: 'America/New_York',
      at: '2026-04-01T03:59:59Z',
      start: '2026-03-01T05:00:00Z',
      end: '2026-04-01T04:00:00Z',
    },
    {
      date: '2026-03-01',
      everyMonths: 1,
      zone: 'America/New_York',
      at: '2026-04-01T04:00:00Z',
      start: '2026-04-01T04:00:00Z',
      end: '2026-05-01T04:00:00Z',
    },
    {
      date: '2026-04-01',
      everyMonths: 1,
      zone: 'Pacific/Auckland',
      at: '2026-04-15T00:00:00Z',
      start: '2026-03-31T11:00:00Z',
      end: '2026-04-30T12:00:00Z',
    },
    {
      date: '2026-03-24',
      everyMonths: 1,
      zone: 'Africa/Cairo',
      at: '2026-04-25T00:00:00Z',
      start: '2026-04-23T22:00:00Z',
      end: '2026-05-23T21:00:00Z',
    },
    {
      date: '2026-01-15',
      everyMonths: 1,
      zone: 'UTC',
      at: '2026-03-20T13:00:00Z',
      start: '2026-03-15T00:00:00Z',
      end: '2026-04-15T00:00:00Z',
    },
  ] as const)(
    'when the anchor is $date every $everyMonths months in $zone at $at, then the period is $start to $end',
    ({ date, everyMonths, zone, at, start, end }) => {
      expect(billingPeriodOf({ date, everyMonths }, alwaysIn(zone), Date.parse(at))).toEqual({
        start: Date.parse(start),
        end: Date.parse(end),
      });
    },
  );

  test('when there is no calendar at all, then it throws', () => {
    expect(() => billingPeriodOf({ date: '2026-01-01', everyMonths: 1 }, [], 0)).toThrow(
      RangeError,
    );
  });
});

describe('given a zone that changes', () => {
  const monthly: BillingAnchor = { date: '2026-03-01', everyMonths: 1 };
  const { epochs } = changeCalendar(
    alwaysIn('Asia/Kolkata'),
    { timeZone: 'America/New_York', weekStartsOn: 'monday' },
    Date.parse('2026-03-11T06:30:00Z'),
  );

  test('when the period spans the change, then it starts in the old zone and ends in the new', () => {
    expect(billingPeriodOf(monthly, epochs, Date.parse('2026-03-20T00:00:00Z'))).toEqual({
      start: Date.parse('2026-02-28T18:30:00Z'),
      end: Date.parse('2026-04-01T04:00:00Z'),
    });
  });

  test('when the new zone reached the day before the change, then the day starts in the old zone', () => {
    const toKolkata: readonly CalendarEpoch[] = [
      ...alwaysIn('America/New_York'),
      {
        from: Date.parse('2026-03-31T23:00:00Z'),
        timeZone: 'Asia/Kolkata',
        weekStartsOn: 'monday',
      },
    ];
    expect(billingPeriodOf(monthly, toKolkata, Date.parse('2026-04-10T00:00:00Z'))).toEqual({
      start: Date.parse('2026-04-01T04:00:00Z'),
      end: Date.parse('2026-04-30T18:30:00Z'),
    });
  });
});

describe('given any anchor', () => {
  test('when periods are counted in any zone, then each boundary is the anchor moved by whole periods', () => {
    fc.assert(
      fc.property(anyAnchor, anyZone, fc.integer({ min: -300, max: 300 }), (anchor, zone, n) => {
        const boundary = (index: number) =>
          startOfDay(zone, addMonthsClamped(anchor.date, index * anchor.everyMonths));
        const expected = { start: boundary(n), end: boundary(n + 1) };
        expect(billingPeriodOf(anchor, alwaysIn(zone), expected.start)).toEqual(expected);
        expect(billingPeriodOf(anchor, alwaysIn(zone), expected.end - 1)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('when the zone changes any number of times, then periods tile time', () => {
    const history = fc
      .array(fc.record({ from: anyInstant, timeZone: anyZone }), { maxLength: 5 })
      .map((changes): CalendarEpoch[] => [
        ...alwaysIn('UTC'),
        ...changes
          .toSorted((a, b) => a.from - b.from)
          .map((change) => ({ ...change, weekStartsOn: 'monday' as const })),
      ]);
    fc.assert(
      fc.property(anyAnchor, history, anyInstant, (anchor, epochs, instant) => {
        const periodAt = (at: number) => billingPeriodOf(anchor, epochs, at);
        const period = periodAt(instant);
        expect(period.start).toBeLessThanOrEqual(instant);
        expect(period.end).toBeGreaterThan(instant);
        expect(periodAt(period.start)).toEqual(period);
        expect(periodAt(period.end).start).toBe(period.end);
        expect(periodAt(period.start - 1).end).toBe(period.start);
      }),
      { numRuns: 500 },
    );
  });
});

function alwaysIn(timeZone: string): CalendarEpoch[] {
  return [{ from: -Infinity, timeZone, weekStartsOn: 'monday' }];
}
