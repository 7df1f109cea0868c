import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Window } from '../calendar/instant.ts';
import type { Rounding } from '../money/rounding.ts';
import { prorate, type PricedPeriod, type ProrationInput } from './prorate.ts';

const DAY_S = 86_400;
const april: Window = {
  start: Date.parse('2026-04-01T00:00:00Z'),
  end: Date.parse('2026-05-01T00:00:00Z'),
};
const usd = (amountMinor: bigint, period: Window = april): PricedPeriod => ({
  period,
  price: { amountMinor, currency: 'USD' },
});
const change = (input: Partial<ProrationInput>): ProrationInput => ({
  at: Date.parse('2026-04-16T00:00:00Z'),
  before: usd(49_900n),
  after: usd(99_900n),
  rounding: 'half_away_from_zero',
  ...input,
});

describe('given a change in the middle of a period', () => {
  test('when half of it is left, then half of each price is credited and charged', () => {
    expect(prorate(change({}))).toEqual({
      lines: [
        { kind: 'credit', amountMinor: -24_950n, seconds: 15 * DAY_S, ofSeconds: 30 * DAY_S },
        { kind: 'charge', amountMinor: 49_950n, seconds: 15 * DAY_S, ofSeconds: 30 * DAY_S },
      ],
      totalMinor: 25_000n,
    });
  });

  test('when both halves are rounded, then each line is and the total is their sum', () => {
    const result = prorate(change({ before: usd(5n), after: usd(7n) }));
    expect(result.lines.map((line) => line.amountMinor)).toEqual([-3n, 4n]);
    expect(result.totalMinor).toBe(1n);
    const even = prorate(change({ before: usd(5n), after: usd(7n), rounding: 'half_even' }));
    expect(even.lines.map((line) => line.amountMinor)).toEqual([-2n, 4n]);
  });

  test('when the period had a clock change, then its real seconds count', () => {
    const march: Window = {
      start: Date.parse('2026-03-01T05:00:00Z'),
      end: Date.parse('2026-04-01T04:00:00Z'),
    };
    const { lines } = prorate(change({ at: march.start, before: usd(1n, march) }));
    expect(lines[0]).toMatchObject({ seconds: 31 * DAY_S - 3600, ofSeconds: 31 * DAY_S - 3600 });
  });

  test('when it happens within a second, then that whole second belongs to the new price', () => {
    const at = Date.parse('2026-04-30T23:59:59.999Z');
    expect(prorate(change({ at })).lines.map((line) => line.seconds)).toEqual([1, 1]);
  });

  test('when the new price starts a period of its own, then it is charged in full', () => {
    const yearFromNow: Window = { start: change({}).at, end: Date.parse('2027-04-16T00:00:00Z') };
    const { lines } = prorate(change({ after: usd(1_198_800n, yearFromNow) }));
    expect(lines[1]).toMatchObject({ amountMinor: 1_198_800n, seconds: 365 * DAY_S });
  });
});

describe('given nothing to give back', () => {
  test.each([
    ['no price before', undefined],
    ['a price of zero before', usd(0n)],
    [
      'a price of zero in another currency before',
      { period: april, price: { amountMinor: 0n, currency: 'EUR' } },
    ],
  ])('when there is %s, then there is only a charge', (_, before) => {
    const { lines, totalMinor } = prorate(change({ before }));
    expect(lines.map((line) => line.kind)).toEqual(['charge']);
    expect(totalMinor).toBe(49_950n);
  });
});

describe('given input that cannot be prorated', () => {
  test('when the currencies differ, then it refuses', () => {
    const before = { period: april, price: { amountMinor: 1n, currency: 'EUR' } };
    expect(() => prorate(change({ before }))).toThrow(
      expect.objectContaining({ code: 'currency_mismatch' }),
    );
  });

  test('when a period is empty, then it refuses', () => {
    const after = usd(1n, { start: april.start, end: april.start });
    expect(() => prorate(change({ after }))).toThrow(
      expect.objectContaining({ code: 'period_inverted' }),
    );
  });
});

describe('given any change', () => {
  const anyWindow = fc
    .tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1000, max: 4e10 }))
    .map(([start, length]): Window => ({ start, end: start + length }));
  const anyPriced = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), anyWindow)
    .map(([amountMinor, period]) => usd(amountMinor, period));
  const anyRounding = fc.constantFrom<Rounding>('half_away_from_zero', 'half_even');

  test('when it is prorated, then the lines sum to the total and none passes its price', () => {
    const anyChange = fc.record({
      at: fc.integer({ min: 0, max: 2e12 }),
      before: fc.option(anyPriced, { nil: undefined }),
      after: anyPriced,
      rounding: anyRounding,
    });
    fc.assert(
      fc.property(anyChange, (input) => {
        const { lines, totalMinor } = prorate(input);
        expect(lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(totalMinor);
        for (const { kind, amountMinor, seconds, ofSeconds } of lines) {
          expect(seconds).toBeGreaterThanOrEqual(0);
          expect(seconds).toBeLessThanOrEqual(ofSeconds);
          const least = kind === 'credit' ? -(input.before?.price.amountMinor ?? 0n) : 0n;
          const most = kind === 'credit' ? 0n : input.after.price.amountMinor;
          expect(amountMinor >= least && amountMinor <= most).toBe(true);
        }
      }),
    );
  });

  test('when it happens as the period starts, then the credit is the whole price', () => {
    fc.assert(
      fc.property(anyPriced, anyRounding, (priced, rounding) => {
        const { lines, totalMinor } = prorate({
          at: priced.period.start,
          before: priced,
          after: priced,
          rounding,
        });
        expect(lines.at(-1)?.amountMinor).toBe(priced.price.amountMinor);
        expect(totalMinor).toBe(0n);
      }),
    );
  });
});
