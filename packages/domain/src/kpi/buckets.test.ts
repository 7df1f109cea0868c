import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { daysOf } from '../calendar/date-span.ts';
import { addDays } from '../calendar/local-date.ts';
import { bucketsOf, bucketUnit } from './buckets.ts';

describe('given days to draw', () => {
  test.each([
    { days: 7, unit: 'day', points: 7 },
    { days: 31, unit: 'day', points: 31 },
    { days: 92, unit: 'week', points: 14 },
    { days: 365, unit: 'month', points: 12 },
  ])('when there are $days, then they are $points points of a $unit', ({ days, unit, points }) => {
    expect(bucketUnit(days)).toBe(unit);
    const span = { from: '2026-01-01', toExclusive: addDays('2026-01-01', days) };
    expect(bucketsOf(span, bucketUnit(days))).toHaveLength(points);
  });

  test('when a month begins late, then its buckets end with the shorter months and start late again', () => {
    expect(bucketsOf({ from: '2026-01-31', toExclusive: '2026-04-30' }, 'month')).toEqual([
      { from: '2026-01-31', toExclusive: '2026-02-28', isWhole: true },
      { from: '2026-02-28', toExclusive: '2026-03-31', isWhole: true },
      { from: '2026-03-31', toExclusive: '2026-04-30', isWhole: true },
    ]);
  });

  test('when any span is cut, then its buckets follow each other, and only the last may be short', () => {
    const span = fc
      .record({ start: fc.nat(3000), days: fc.integer({ min: 1, max: 400 }) })
      .map(({ start, days }) => {
        const from = addDays('2020-01-01', start);
        return { from, toExclusive: addDays(from, days) };
      });
    fc.assert(
      fc.property(span, fc.constantFrom('day', 'week', 'month'), (days, unit) => {
        const buckets = bucketsOf(days, unit);
        expect(buckets[0]?.from).toBe(days.from);
        expect(buckets.at(-1)?.toExclusive).toBe(days.toExclusive);
        expect(buckets.slice(0, -1).every(({ isWhole }) => isWhole)).toBe(true);
        expect(buckets.slice(1).map(({ from }) => from)).toEqual(
          buckets.slice(0, -1).map(({ toExclusive }) => toExclusive),
        );
        expect(buckets.reduce((sum, one) => sum + daysOf(one), 0)).toBe(daysOf(days));
      }),
    );
  });
});
