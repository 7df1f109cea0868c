import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Rounding } from '../money/rounding.ts';
import { priceEntry } from './price-entry.ts';

const at = (minorPerHour: bigint | null, ...seconds: readonly number[]) =>
  seconds.map((elapsed) => ({ seconds: elapsed, minorPerHour }));

describe('given an entry within one day', () => {
  test.each([
    { seconds: 3000, rate: 10_000n, cost: 8333n, even: 8333n, why: '50 min, not 0.83 h' },
    { seconds: 12_480, rate: 1500n, cost: 5200n, even: 5200n, why: '3 h 28 min, not 3.47 h' },
    { seconds: 2640, rate: 5000n, cost: 3667n, even: 3667n, why: '44 min, not 0.73 h' },
    { seconds: 699, rate: 3000n, cost: 583n, even: 582n, why: 'exactly between' },
    { seconds: 60, rate: 10_000n, cost: 167n, even: 167n, why: '1.6667' },
    { seconds: 1, rate: 3600n, cost: 1n, even: 1n, why: 'one unit a second' },
    { seconds: 420, rate: 1n, cost: 0n, even: 0n, why: 'below half a unit' },
    { seconds: 3600, rate: 0n, cost: 0n, even: 0n, why: '0 is a rate' },
  ])('when $seconds s cost $rate an hour, then $cost: $why', ({ seconds, rate, cost, even }) => {
    expect(priceEntry(at(rate, seconds))).toEqual({ totalMinor: cost, segmentsMinor: [cost] });
    expect(priceEntry(at(rate, seconds), 'half_even')?.totalMinor).toBe(even);
  });

  test('when it has no second, then it costs nothing', () => {
    expect(priceEntry([])).toEqual({ totalMinor: 0n, segmentsMinor: [] });
  });
});

describe('given an entry over several days', () => {
  test.each([
    {
      segments: at(6000n, 5400, 4500),
      costs: [9000n, 7500n],
      why: 'whole units stay where they are',
    },
    {
      segments: [...at(5000n, 3600), ...at(6000n, 5400)],
      costs: [5000n, 9000n],
      why: 'each day has its own rate',
    },
    { segments: at(1n, 1800, 1800), costs: [1n, 0n], why: 'the earlier of equals gets the unit' },
    { segments: at(1n, 1800, 5400), costs: [1n, 1n], why: 'the earlier does, though the smaller' },
    { segments: at(1n, 900, 2700), costs: [0n, 1n], why: 'the larger remainder gets it' },
    { segments: at(1n, 1200, 1200, 1200), costs: [1n, 0n, 0n], why: 'a third each' },
    { segments: at(1n, 3000, 3000, 3000), costs: [1n, 1n, 1n], why: '2.5 is rounded once, up' },
  ])('when its segments are priced, then $why', ({ segments, costs }) => {
    const totalMinor = costs.reduce((sum, cost) => sum + cost, 0n);
    expect(priceEntry(segments)).toEqual({ totalMinor, segmentsMinor: costs });
  });

  test('when a rate is missing on one of them, then there is no cost', () => {
    expect(priceEntry([...at(5000n, 3600), ...at(null, 60)])).toBeUndefined();
  });
});

describe('given any entry', () => {
  const anySegment = fc.record({
    seconds: fc.integer({ min: 0, max: 90_000 }),
    minorPerHour: fc.oneof(fc.bigInt({ min: 0n, max: 7n }), fc.bigInt({ min: 0n, max: 10n ** 9n })),
  });
  const anyRounding = fc.constantFrom<Rounding>('half_away_from_zero', 'half_even');

  test('when it is priced, then its segments sum to its cost, each next to what it costs exactly', () => {
    fc.assert(
      fc.property(fc.array(anySegment, { maxLength: 12 }), anyRounding, (segments, rounding) => {
        const cost = priceEntry(segments, rounding);
        const costs = cost?.segmentsMinor ?? [];
        expect(costs).toHaveLength(segments.length);
        expect(costs.reduce((sum, one) => sum + one, 0n)).toBe(cost?.totalMinor);
        for (const [index, { seconds, minorPerHour }] of segments.entries()) {
          const off = (costs[index] ?? 0n) * 3600n - minorPerHour * BigInt(seconds);
          expect(off > -3600n && off < 3600n).toBe(true);
        }
      }),
    );
  });

  test('when a day of it is cut in two at one rate, then it costs the same', () => {
    fc.assert(
      fc.property(anySegment, fc.nat(90_000), anyRounding, (segment, at90k, rounding) => {
        const first = Math.min(at90k, segment.seconds);
        const cut = [first, segment.seconds - first].map((seconds) => ({ ...segment, seconds }));
        expect(priceEntry(cut, rounding)?.totalMinor).toBe(
          priceEntry([segment], rounding)?.totalMinor,
        );
      }),
    );
  });

  test('when many are summed by any key, then the groups sum to the total', () => {
    const anyEntry = fc.record({ segment: anySegment, group: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        const groups = [0n, 0n, 0n, 0n, 0n];
        let total = 0n;
        for (const { segment, group } of entries) {
          const cost = priceEntry([segment])?.totalMinor ?? 0n;
          groups[group] = (groups[group] ?? 0n) + cost;
          total += cost;
        }
        expect(groups.reduce((sum, one) => sum + one, 0n)).toBe(total);
      }),
    );
  });
});
