import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { priceEntry } from '../time/price-entry.ts';
import { RATE_LEVELS, rateOnDate, resolveRate, type RateLevel } from './resolve-rate.ts';

const of = (minorPerHour: bigint | null) => ({ minorPerHour });

describe('given rates on several levels', () => {
  test.each([
    {
      rates: {
        agency: of(5000n),
        person: of(6500n),
        client: of(8000n),
        campaign: of(9000n),
        person_campaign: of(11_000n),
      },
      found: { level: 'person_campaign', minorPerHour: 11_000n },
      why: 'the most specific wins',
    },
    {
      rates: { agency: of(5000n), person: of(6500n), client: of(8000n) },
      found: { level: 'client', minorPerHour: 8000n },
      why: 'a client goes before a person',
    },
    {
      rates: { agency: of(5000n), client: of(null) },
      found: { level: 'agency', minorPerHour: 5000n },
      why: 'null inherits',
    },
    {
      rates: { agency: of(5000n), entry: of(0n) },
      found: { level: 'entry', minorPerHour: 0n },
      why: '0 is a rate',
    },
  ])('when $why, then that one is found', ({ rates, found }) => {
    expect(resolveRate(rates)).toMatchObject(found);
  });

  test('when there is none, or all are null, then there is no rate', () => {
    expect(resolveRate({})).toBeUndefined();
    expect(resolveRate({ agency: of(null), role: undefined })).toBeUndefined();
  });

  test('when one is found, then so is all that was said with it', () => {
    const rate = { minorPerHour: 1n, currency: 'EUR' };
    expect(resolveRate({ role: rate })).toEqual({ level: 'role', minorPerHour: 1n, rate });
  });

  test('when any are set, then the first by order is found, whatever the others are', () => {
    const anyRate = fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: null });
    const anyRates = fc.array(anyRate, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(anyRates, (amounts) => {
        const entries = RATE_LEVELS.map((level, index) => [level, of(amounts[index] ?? null)]);
        const rates: Partial<Record<RateLevel, { minorPerHour: bigint | null }>> =
          Object.fromEntries(entries.toReversed());
        const first = amounts.findIndex((amount) => amount !== null);
        expect(resolveRate(rates)?.level).toBe(RATE_LEVELS[first]);
        expect(resolveRate(rates)?.minorPerHour).toBe(amounts[first]);
      }),
    );
  });
});

describe('given rates with the dates they begin on', () => {
  const rates = [
    { from: '2025-09-01', minorPerHour: 4500n },
    { from: '2025-01-01', minorPerHour: 4000n },
    { from: '2026-01-01', minorPerHour: null },
  ];

  test.each([
    ['2024-12-31', undefined, 'none had begun'],
    ['2025-01-01', 4000n, 'it begins with its date'],
    ['2025-08-31', 4000n, 'a raise does not rewrite what lies before it'],
    ['2025-09-01', 4500n, 'a raise'],
    ['2026-06-01', null, 'it inherits from then on'],
  ])('when it is %s, then %s: %s', (date, minorPerHour, _why) => {
    expect(rateOnDate(rates, date)?.minorPerHour).toBe(minorPerHour);
    expect(rateOnDate(rates.toReversed(), date)?.minorPerHour).toBe(minorPerHour);
  });

  test('when one date has two, then the one given last', () => {
    const twice = [...rates, { from: '2025-09-01', minorPerHour: 4600n }];
    expect(rateOnDate(twice, '2025-10-01')?.minorPerHour).toBe(4600n);
  });

  test('when an entry runs over the change, then each day has its rate', () => {
    const days = [
      { date: '2025-08-31', seconds: 7200 },
      { date: '2025-09-01', seconds: 7200 },
    ];
    const segments = days.map(({ date, seconds }) => ({
      seconds,
      minorPerHour: rateOnDate(rates, date)?.minorPerHour ?? null,
    }));
    expect(priceEntry(segments)?.segmentsMinor).toEqual([8000n, 9000n]);
  });
});
