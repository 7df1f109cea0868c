import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { convert, rateOn, rateTable, type ExchangeRate } from './convert.ts';
import { fraction, parseDecimal, toDecimal, type Fraction } from './fraction.ts';

function decimal(text: string): Fraction {
  return parseDecimal(text) ?? fraction(0n, 1n);
}

function rates(...rows: readonly (readonly [string, string, string, string])[]): ExchangeRate[] {
  return rows.map(([base, quote, date, rate]) => ({ base, quote, date, rate: decimal(rate) }));
}

describe('given an amount and a rate', () => {
  test.each([
    { amount: 10_000n, from: 'EUR', to: 'USD', rate: '1.0835', minor: 10_835n, why: 'as given' },
    { amount: 3333n, from: 'EUR', to: 'USD', rate: '1.0837', minor: 3612n, why: 'rounded once' },
    { amount: -3333n, from: 'EUR', to: 'USD', rate: '1.0837', minor: -3612n, why: 'mirrored' },
    { amount: 5000n, from: 'KWD', to: 'EUR', rate: '2.8145', minor: 1407n, why: '3 to 2 decimals' },
    { amount: 1407n, from: 'EUR', to: 'KWD', rate: '0.5', minor: 7035n, why: '2 to 3 decimals' },
    { amount: 1000n, from: 'EUR', to: 'JPY', rate: '172.35', minor: 1724n, why: '2 to 0 decimals' },
    { amount: 1n, from: 'JPY', to: 'KWD', rate: '0.0021', minor: 2n, why: '0 to 3 decimals' },
  ])('when $amount $from become $to, then $minor: $why', ({ amount, rate, minor, ...pair }) => {
    const { from, to } = pair;
    expect(convert(amount, { from, to, rate: decimal(rate) })).toBe(minor);
  });

  test('when a half is left, then it goes as the agency rounds', () => {
    const conversion = { from: 'EUR', to: 'USD', rate: decimal('0.5') };
    expect(convert(5n, conversion)).toBe(3n);
    expect(convert(5n, { ...conversion, rounding: 'half_even' })).toBe(2n);
  });

  test('when any amount becomes the same currency, then it is the same amount', () => {
    const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    const found = rateOn(rateTable([]), { from: 'KWD', to: 'KWD', date: '2025-09-14' });
    fc.assert(
      fc.property(amounts, (amount) => {
        const rate = found?.rate ?? fraction(0n, 1n);
        expect(convert(amount, { from: 'KWD', to: 'KWD', rate })).toBe(amount);
      }),
    );
  });
});

describe('given rates of one pair', () => {
  const table = rateTable(
    rates(['EUR', 'USD', '2025-09-12', '1.1718'], ['EUR', 'USD', '2025-09-15', '1.1746']),
  );
  const dateOf = (date: string, maxAgeDays?: number): string | undefined =>
    rateOn(table, {
      from: 'EUR',
      to: 'USD',
      date,
      ...(maxAgeDays === undefined ? {} : { maxAgeDays }),
    })?.date;

  test.each([
    ['2025-09-12', '2025-09-12', 'its own day'],
    ['2025-09-14', '2025-09-12', 'the last before, never the next'],
    ['2025-09-15', '2025-09-15', 'its own day again'],
    ['2025-09-22', '2025-09-15', 'the seventh day before'],
    ['2025-09-23', undefined, 'the eighth is too old'],
    ['2025-09-11', undefined, 'a later one is none'],
  ])('when it is asked on %s, then that of %s is used: %s', (date, found, _why) => {
    expect(dateOf(date)).toBe(found);
  });

  test('when less age is allowed, then that much', () => {
    expect(dateOf('2025-09-14', 2)).toBe('2025-09-12');
    expect(dateOf('2025-09-14', 1)).toBeUndefined();
    expect(dateOf('2025-09-12', 0)).toBe('2025-09-12');
  });

  test('when it is asked the other way round, then the inverse is exact', () => {
    const found = rateOn(table, { from: 'USD', to: 'EUR', date: '2025-09-12' });
    expect(found?.rate).toEqual(fraction(10_000n, 11_718n));
  });

  test('when the way back has a rate of its own that day, then that is taken', () => {
    const both = rateTable([
      ...rates(['USD', 'EUR', '2025-09-12', '0.9']),
      ...rates(['EUR', 'USD', '2025-09-12', '1.25']),
    ]);
    const ask = { date: '2025-09-12' };
    expect(rateOn(both, { from: 'USD', to: 'EUR', ...ask })?.rate).toEqual(decimal('0.9'));
    expect(rateOn(both, { from: 'EUR', to: 'USD', ...ask })?.rate).toEqual(decimal('1.25'));
  });
});

describe('given two currencies that only a third knows', () => {
  const ask = { from: 'USD', to: 'GBP', date: '2025-09-14' };

  test('when both legs are of one day, then the cross is not rounded in between', () => {
    const table = rateTable(
      rates(['EUR', 'USD', '2025-09-14', '1.0835'], ['EUR', 'GBP', '2025-09-14', '0.8421']),
    );
    const found = rateOn(table, ask);
    const rate = found?.rate ?? fraction(0n, 1n);
    expect(rate).toEqual(fraction(8421n, 10_835n));
    expect(toDecimal(rate, 6)).toBe('0.777204');
    expect(convert(25_000n, { from: 'USD', to: 'GBP', rate })).toBe(19_430n);
  });

  test('when a day before has both legs, then they go before legs of two days', () => {
    const table = rateTable([
      ...rates(['EUR', 'USD', '2025-09-14', '1.2'], ['EUR', 'USD', '2025-09-12', '1.1']),
      ...rates(['EUR', 'GBP', '2025-09-13', '0.9'], ['EUR', 'GBP', '2025-09-12', '0.8']),
    ]);
    expect(rateOn(table, ask)).toEqual({ rate: fraction(8n, 11n), date: '2025-09-12' });
  });

  test('when no day has both legs, then the latest of each, as of the older', () => {
    const table = rateTable([
      ...rates(['EUR', 'USD', '2025-09-14', '1.2'], ['EUR', 'USD', '2025-09-12', '1.1']),
      ...rates(['EUR', 'GBP', '2025-09-13', '0.9'], ['EUR', 'GBP', '2025-09-10', '0.8']),
    ]);
    expect(rateOn(table, ask)).toEqual({ rate: fraction(3n, 4n), date: '2025-09-13' });
  });

  test('when one leg is too old, then there is no rate', () => {
    const table = rateTable(
      rates(['EUR', 'USD', '2025-09-14', '1.2'], ['EUR', 'GBP', '2025-09-06', '0.9']),
    );
    expect(rateOn(table, ask)).toBeUndefined();
  });

  test('when a cross is newer than a rate of the pair, then the newer counts', () => {
    const table = rateTable([
      ...rates(['USD', 'GBP', '2025-09-12', '0.7']),
      ...rates(['EUR', 'USD', '2025-09-13', '1.2'], ['EUR', 'GBP', '2025-09-13', '0.9']),
    ]);
    expect(rateOn(table, ask)).toEqual({ rate: fraction(3n, 4n), date: '2025-09-13' });
  });

  test('when several currencies know both, then the first by code is crossed, in whatever order they come', () => {
    const rows = [
      ...rates(['JPY', 'USD', '2025-09-14', '0.01'], ['JPY', 'GBP', '2025-09-14', '0.005']),
      ...rates(['EUR', 'USD', '2025-09-14', '1.2'], ['EUR', 'GBP', '2025-09-14', '0.9']),
    ];
    for (const table of [rateTable(rows), rateTable(rows.toReversed())]) {
      expect(rateOn(table, ask)?.rate).toEqual(fraction(3n, 4n));
    }
  });
});
