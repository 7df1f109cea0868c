import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isWholeMonths } from '../calendar/calendar-unit.ts';
import { daysOf } from '../calendar/date-span.ts';
import { addDays, dayOfWeek } from '../calendar/local-date.ts';
import {
  comparisonPeriod,
  monthToDate,
  rollingDays,
  type Comparison,
  type ComparisonAsk,
  type ComparisonMode,
} from './comparison-period.ts';

type Span = readonly [from: string, toExclusive: string];

function compared([from, toExclusive]: Span, asOf: string, more: Partial<ComparisonAsk> = {}) {
  const mode: ComparisonMode = 'previous_period';
  return comparisonPeriod({ mode, from, toExclusive, asOf, ...more });
}

describe('given a unit of the calendar that ended', () => {
  test.each<{ span: Span; asOf: string; with: Span; days: number }>([
    {
      span: ['2025-06-01', '2025-07-01'],
      asOf: '2025-07-03',
      with: ['2025-05-01', '2025-06-01'],
      days: 31,
    },
    {
      span: ['2025-03-01', '2025-04-01'],
      asOf: '2025-04-01',
      with: ['2025-02-01', '2025-03-01'],
      days: 28,
    },
    {
      span: ['2024-03-01', '2024-04-01'],
      asOf: '2024-04-02',
      with: ['2024-02-01', '2024-03-01'],
      days: 29,
    },
    {
      span: ['2025-01-01', '2025-02-01'],
      asOf: '2025-08-01',
      with: ['2024-12-01', '2025-01-01'],
      days: 31,
    },
    {
      span: ['2025-04-01', '2025-07-01'],
      asOf: '2025-08-01',
      with: ['2025-01-01', '2025-04-01'],
      days: 90,
    },
    {
      span: ['2025-01-01', '2026-01-01'],
      asOf: '2026-01-01',
      with: ['2024-01-01', '2025-01-01'],
      days: 366,
    },
  ])('when it is $span, then the whole one before it counts', ({ span, asOf, with: to, days }) => {
    const [from, toExclusive] = to;
    expect(compared(span, asOf)).toMatchObject({ from, toExclusive, days, clamped: false });
  });
});

describe('given a unit of the calendar that runs', () => {
  test.each<{ why: string; span: Span; asOf: string; with: Span; clamped?: true }>([
    {
      why: 'a month of 15 days so far',
      span: ['2025-09-01', '2025-10-01'],
      asOf: '2025-09-16',
      with: ['2025-08-01', '2025-08-16'],
    },
    {
      why: 'the same, asked to yesterday',
      span: ['2025-09-01', '2025-09-16'],
      asOf: '2025-09-16',
      with: ['2025-08-01', '2025-08-16'],
    },
    {
      why: 'the same, asked to today',
      span: ['2025-09-01', '2025-09-17'],
      asOf: '2025-09-16',
      with: ['2025-08-01', '2025-08-16'],
    },
    {
      why: '30 days of March against a whole February',
      span: ['2025-03-01', '2025-04-01'],
      asOf: '2025-03-31',
      with: ['2025-02-01', '2025-03-01'],
      clamped: true,
    },
    {
      why: 'as many days as February has',
      span: ['2025-03-01', '2025-04-01'],
      asOf: '2025-03-29',
      with: ['2025-02-01', '2025-03-01'],
    },
    {
      why: 'a quarter',
      span: ['2025-07-01', '2025-10-01'],
      asOf: '2025-08-11',
      with: ['2025-04-01', '2025-05-12'],
    },
    {
      why: 'a year',
      span: ['2025-01-01', '2026-01-01'],
      asOf: '2025-03-02',
      with: ['2024-01-01', '2024-03-01'],
    },
    {
      why: 'a quarter that is in its first month',
      span: ['2025-07-01', '2025-10-01'],
      asOf: '2025-07-05',
      with: ['2025-04-01', '2025-04-05'],
    },
  ])('when it is $why, then as many days of the one before count', (row) => {
    const [from, toExclusive] = row.with;
    expect(compared(row.span, row.asOf)).toMatchObject({
      from,
      toExclusive,
      clamped: row.clamped ?? false,
      current: { from: row.span[0], toExclusive: row.asOf },
    });
  });

  test('when its first day is today or still to come, then there is no complete day', () => {
    const none = { value: null, reason: 'no_complete_day' };
    expect(compared(['2025-09-01', '2025-10-01'], '2025-09-01')).toEqual(none);
    expect(compared(['2025-10-01', '2025-11-01'], '2025-09-16')).toEqual(none);
  });

  test('when it is compared with a year ago, then its complete days are', () => {
    const more = { mode: 'previous_year' } as const;
    expect(compared(['2025-09-01', '2025-10-01'], '2025-09-16', more)).toMatchObject({
      from: '2024-09-01',
      toExclusive: '2024-09-16',
      current: { from: '2025-09-01', toExclusive: '2025-09-16' },
    });
  });
});

describe('given any other span', () => {
  test.each<[Span, string, Span]>([
    [['2021-10-22', '2021-11-05'], '2021-12-01', ['2021-10-08', '2021-10-22']],
    [['2025-03-27', '2025-04-03'], '2025-05-01', ['2025-03-20', '2025-03-27']],
    [['2025-09-01', '2025-09-16'], '2025-10-05', ['2025-08-17', '2025-09-01']],
    [['2025-02-01', '2025-04-01'], '2025-05-01', ['2024-12-04', '2025-02-01']],
    [['2025-01-01', '2025-07-01'], '2025-09-01', ['2024-07-04', '2025-01-01']],
  ])('when it is %j, seen on %s, then the days just before it count', (span, asOf, to) => {
    expect(compared(span, asOf)).toMatchObject({ from: to[0], toExclusive: to[1] });
  });
});

describe('given a month or a year back', () => {
  test.each<{ mode: ComparisonMode; span: Span; with: Span; clamped?: true }>([
    {
      mode: 'previous_year',
      span: ['2025-09-01', '2025-10-01'],
      with: ['2024-09-01', '2024-10-01'],
    },
    {
      mode: 'previous_year',
      span: ['2024-02-29', '2024-03-01'],
      with: ['2023-02-28', '2023-03-01'],
      clamped: true,
    },
    {
      mode: 'previous_year',
      span: ['2025-02-01', '2025-03-01'],
      with: ['2024-02-01', '2024-03-01'],
    },
    {
      mode: 'previous_year',
      span: ['2025-02-10', '2025-03-01'],
      with: ['2024-02-10', '2024-02-29'],
    },
    {
      mode: 'previous_month',
      span: ['2025-03-15', '2025-03-31'],
      with: ['2025-02-15', '2025-03-01'],
      clamped: true,
    },
    {
      mode: 'previous_month',
      span: ['2025-03-30', '2025-04-01'],
      with: ['2025-02-28', '2025-03-01'],
      clamped: true,
    },
    {
      mode: 'previous_month',
      span: ['2025-09-10', '2025-09-20'],
      with: ['2025-08-10', '2025-08-20'],
    },
    {
      mode: 'previous_month',
      span: ['2025-09-01', '2025-10-01'],
      with: ['2025-08-01', '2025-09-01'],
    },
  ])('when $span goes $mode, then it is $with', ({ mode, span, with: to, clamped = false }) => {
    const [from, toExclusive] = to;
    expect(compared(span, '2026-01-01', { mode })).toMatchObject({ from, toExclusive, clamped });
  });

  test('when weekdays shall match, then it goes 364 days back', () => {
    const more = { mode: 'previous_year', matchWeekday: true } as const;
    expect(compared(['2025-09-08', '2025-09-15'], '2025-10-05', more)).toMatchObject({
      from: '2024-09-09',
      toExclusive: '2024-09-16',
      days: 7,
    });
  });
});

describe('given spans that a dashboard opens with', () => {
  test('when n days roll, then they end yesterday and meet the n days before', () => {
    const span = rollingDays('2025-09-16', 28);
    expect(span).toEqual({ from: '2025-08-19', toExclusive: '2025-09-16' });
    expect(compared([span.from, span.toExclusive], '2025-09-16')).toMatchObject({
      from: '2025-07-22',
      toExclusive: '2025-08-19',
    });
  });

  test('when it is the month to date, then it is the whole month before on the first', () => {
    expect(monthToDate('2025-09-16')).toEqual({ from: '2025-09-01', toExclusive: '2025-09-16' });
    expect(monthToDate('2025-09-01')).toEqual({ from: '2025-08-01', toExclusive: '2025-09-01' });
  });
});

describe('given any span and any day to look at it', () => {
  const anyAsk = fc
    .record({
      start: fc.nat({ max: 1500 }),
      isFirst: fc.boolean(),
      length: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(28, 29, 30, 31, 90, 92)),
      seen: fc.integer({ min: -5, max: 500 }),
      mode: fc.constantFrom<ComparisonMode>('previous_period', 'previous_month', 'previous_year'),
      matchWeekday: fc.boolean(),
    })
    .map(({ start, isFirst, length, seen, mode, matchWeekday }): ComparisonAsk => {
      const day = addDays('2023-01-01', start);
      const from = isFirst ? `${day.slice(0, -2)}01` : day;
      const asOf = addDays(from, seen);
      return { from, toExclusive: addDays(from, length), asOf, mode, matchWeekday };
    });

  const found = (ask: ComparisonAsk): Comparison => {
    const comparison = comparisonPeriod(ask);
    fc.pre('from' in comparison);
    return comparison;
  };
  const any = (claim: (ask: ComparisonAsk) => void): void =>
    fc.assert(fc.property(anyAsk, claim), { numRuns: 500 });

  test('when it is compared, then only a span without a complete day cannot be', () => {
    any((ask) => {
      expect('from' in comparisonPeriod(ask)).toBe(ask.from < ask.asOf);
    });
  });

  test('when it is compared, then it starts as asked and ends as asked or yesterday', () => {
    any((ask) => {
      const { current } = found(ask);
      expect(current.from).toBe(ask.from);
      expect([ask.toExclusive, ask.asOf]).toContain(current.toExclusive);
    });
  });

  test('when it is compared, then as many days stand against it, give or take what a February lacks', () => {
    any((ask) => {
      const { days, current, clamped, ...span } = found(ask);
      expect(days).toBe(daysOf(span));
      expect(span.from < current.from).toBe(true);
      const isNear = Math.abs(days - daysOf(current)) <= 3;
      expect(isNear || isWholeMonths(current) || (clamped && days < daysOf(current))).toBe(true);
    });
  });

  test('when it meets the period before, then the two never overlap', () => {
    any((ask) => {
      const { toExclusive, current } = found({ ...ask, mode: 'previous_period' });
      expect(toExclusive <= current.from).toBe(true);
    });
  });

  test('when weekdays match, then the two begin on the same one and are as long', () => {
    any((ask) => {
      const { from, days, current } = found({
        ...ask,
        mode: 'previous_year',
        matchWeekday: true,
      });
      expect(days).toBe(daysOf(current));
      expect(dayOfWeek(from)).toBe(dayOfWeek(current.from));
    });
  });
});
