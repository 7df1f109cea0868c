import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays } from '../calendar/local-date.ts';
import { dailyDeltas, firstSnapshot, type Snapshot, type SnapshotSeries } from './daily-deltas.ts';

const HOUR = 3_600_000;
const utc = [{ from: -Infinity, timeZone: 'UTC' }];

function seen(at: string, value: number): Snapshot {
  return at.includes('T')
    ? { at: Date.parse(at), value: BigInt(value) }
    : { date: at, value: BigInt(value) };
}

function perDay(snapshots: readonly Snapshot[], more: Partial<SnapshotSeries> = {}): unknown[] {
  const { days } = dailyDeltas({ snapshots, epochs: utc, first: 'gained', ...more });
  return days.map(({ date, delta }) => [date, Number(delta)]);
}

describe('given a running total that was observed', () => {
  test('when it grows, then each day has what it added, and a gap is booked where it ended', () => {
    const snapshots = [
      seen('2025-09-29T10:00:00Z', 120),
      seen('2025-09-29T22:00:00Z', 150),
      seen('2025-09-30T10:00:00Z', 900),
      seen('2025-10-04T10:00:00Z', 1600),
    ];
    expect(perDay(snapshots)).toEqual([
      ['2025-09-29', 150],
      ['2025-09-30', 750],
      ['2025-10-04', 700],
    ]);
  });

  test('when the first observation is a baseline, then it adds nothing and the rest of its day does', () => {
    const snapshots = [
      seen('2025-09-10T08:00:00Z', 5000),
      seen('2025-09-10T20:00:00Z', 5060),
      seen('2025-09-11T08:00:00Z', 5100),
    ];
    const deltas = dailyDeltas({ snapshots, epochs: utc, first: 'baseline' });
    expect(deltas.days.map(({ delta }) => delta)).toEqual([60n, 40n]);
    expect(deltas).toMatchObject({ baseline: 5000n, latest: 5100n, sum: 100n });
  });

  test('when it tells when it was published, then that says what the first to arrive late is', () => {
    const publishedAt = Date.parse('2025-09-09T08:00:00Z');
    const late = [seen('2025-09-12T08:00:00Z', 700), seen('2025-09-13T08:00:00Z', 750)];
    expect(perDay(late, { first: { publishedAt } })).toEqual([
      ['2025-09-12', 0],
      ['2025-09-13', 50],
    ]);
    const early = [...late, seen('2025-09-10', 400)];
    expect(perDay(early, { first: { publishedAt } })).toEqual([
      ['2025-09-10', 400],
      ['2025-09-12', 300],
      ['2025-09-13', 50],
    ]);
    expect(perDay([], { first: { publishedAt } })).toEqual([]);
  });

  test('when it is corrected, then the day is negative and marked, and nothing is clamped', () => {
    const snapshots = [
      seen('2025-09-10T08:00:00Z', 500),
      seen('2025-09-11T08:00:00Z', 430),
      seen('2025-09-12T08:00:00Z', 450),
    ];
    const { days, sum } = dailyDeltas({ snapshots, epochs: utc, first: 'gained' });
    expect(days).toEqual([
      { date: '2025-09-10', delta: 500n, isCorrection: false },
      { date: '2025-09-11', delta: -70n, isCorrection: true },
      { date: '2025-09-12', delta: 20n, isCorrection: false },
    ]);
    expect(sum).toBe(450n);
  });

  test('when an instant comes again, then its later arrival stands', () => {
    const snapshots = [seen('2025-09-10T08:00:00Z', 500), seen('2025-09-11T08:00:00Z', 600)];
    expect(perDay([...snapshots, seen('2025-09-10T08:00:00Z', 480)])).toEqual([
      ['2025-09-10', 480],
      ['2025-09-11', 120],
    ]);
  });

  test('when one is dated by its day alone, then it is the last of that day, and replaces its like', () => {
    const snapshots = [
      seen('2025-09-10', 90),
      seen('2025-09-10', 100),
      seen('2025-09-10T23:59:59Z', 70),
      seen('2025-09-11T00:00:00Z', 130),
    ];
    expect(perDay(snapshots)).toEqual([
      ['2025-09-10', 100],
      ['2025-09-11', 30],
    ]);
  });

  test('when a day changes its offset, then local midnight divides it from the next', () => {
    const epochs = [{ from: -Infinity, timeZone: 'Europe/Berlin' }];
    const snapshots = [
      seen('2025-10-26T21:30:00Z', 10),
      seen('2025-10-26T22:30:00Z', 25),
      seen('2025-10-26T23:30:00Z', 60),
    ];
    expect(perDay(snapshots, { epochs })).toEqual([
      ['2025-10-26', 25],
      ['2025-10-27', 35],
    ]);
  });

  test('when nothing was observed, then there are no days and no latest value', () => {
    const none = dailyDeltas({ snapshots: [], epochs: utc, first: 'baseline' });
    expect(none).toEqual({ days: [], baseline: 0n, latest: undefined, sum: 0n });
  });

  test('when it arrives in any order and more than once, then the days are the same and sum to the growth', () => {
    const anySnapshot = fc
      .record({ hours: fc.nat({ max: 400 }), value: fc.bigInt({ min: 0n, max: 10n ** 9n }) })
      .map(({ hours, value }): Snapshot => {
        const date = addDays('2025-10-20', Math.floor(hours / 24));
        return hours % 24 === 23
          ? { date, value }
          : { at: Date.parse('2025-10-20T00:00:00Z') + hours * HOUR, value };
      });
    const moment = (one: Snapshot): number | string => ('at' in one ? one.at : one.date);
    const anySeries = fc
      .uniqueArray(anySnapshot, { selector: moment, minLength: 1, maxLength: 30 })
      .chain((distinct) =>
        fc.record({
          distinct: fc.constant(distinct),
          arrived: fc
            .shuffledSubarray([...distinct, ...distinct], { minLength: distinct.length })
            .map((some) => [...some, ...distinct]),
        }),
      );
    const anyFirst = fc.constantFrom<SnapshotSeries['first']>('gained', 'baseline');
    fc.assert(
      fc.property(anySeries, anyFirst, ({ distinct, arrived }, first) => {
        const epochs = [{ from: -Infinity, timeZone: 'America/New_York' }];
        const deltas = dailyDeltas({ snapshots: arrived, epochs, first });
        expect(deltas).toEqual(dailyDeltas({ snapshots: distinct, epochs, first }));
        const sum = deltas.days.reduce((all, { delta }) => all + delta, 0n);
        expect(deltas.sum).toBe(sum);
        expect(deltas.latest).toBe(sum + deltas.baseline);
        for (const { delta, isCorrection } of deltas.days) expect(isCorrection).toBe(delta < 0n);
      }),
    );
  });
});

describe('given the first observation of a post', () => {
  const publishedAt = Date.parse('2025-09-01T12:00:00Z');
  test.each([
    { at: publishedAt + HOUR, publishedAt, first: 'gained' },
    { at: publishedAt + 48 * HOUR, publishedAt, first: 'gained' },
    { at: publishedAt + 48 * HOUR + 1, publishedAt, first: 'baseline' },
    { at: publishedAt - HOUR, publishedAt, first: 'gained' },
    { at: publishedAt, publishedAt: undefined, first: 'baseline' },
  ])('when it is at $at and published at $publishedAt, then it is $first', (row) => {
    expect(firstSnapshot(row.at, row.publishedAt)).toBe(row.first);
  });
});
