import { noSums } from '@retainer/domain';
import { describe, expect, test } from 'vitest';

import { judgeBudget } from './judge-budget.ts';

const TODAY = '2026-03-16';

/** 10.00 and half an hour on every day of March. */
const days = Array.from({ length: 31 }, (_, index) => ({
  key: `2026-03-${String(index + 1).padStart(2, '0')}`,
  sums: { ...noSums('USD'), adsMinor: 700n, timeMinor: 300n, seconds: 1800n },
}));
const spent = { currency: 'USD', days, today: TODAY };
const money = (amountMinor: bigint, currency = 'USD') => ({
  month: '2026-03-01',
  kind: 'money' as const,
  amountMinor,
  currency,
  seconds: null,
});
const hours = (seconds: number) => ({
  month: '2026-03-01',
  kind: 'hours' as const,
  amountMinor: null,
  currency: null,
  seconds,
});
const known = (value: string) => ({ value, reason: null });

describe('given what a client cost by day', () => {
  test('when a budget of money is judged, then on all up to today, and its pace on complete days', () => {
    expect(judgeBudget(money(20_000n), spent)).toEqual({
      state: 'warning',
      ratio: known('0.800000'),
      spent: known('160.00'),
      remaining: known('40.00'),
      projected: known('310.00'),
    });
  });

  test('when a budget of hours is judged, then on tracked time', () => {
    expect(judgeBudget(hours(7 * 3600), spent)).toEqual({
      state: 'over',
      ratio: known('1.142857'),
      spent: known('8.0000'),
      remaining: known('-1.0000'),
      projected: known('15.5000'),
    });
    const reached = { state: 'reached', remaining: known('0.0000') };
    expect(judgeBudget(hours(8 * 3600), spent)).toMatchObject(reached);
  });

  test('when it is 0, then there is none, whatever was spent', () => {
    expect(judgeBudget(money(0n), spent)).toMatchObject({
      state: 'no_budget',
      ratio: { value: null, reason: 'zero_denominator' },
      spent: known('160.00'),
      remaining: { value: null, reason: null },
    });
  });

  test('when a rate is missing, or the currency is another, then nothing is claimed', () => {
    const [first, ...rest] = days;
    const gap = { key: '2026-03-01', sums: { ...noSums('USD'), ...first?.sums, timeMissing: 1n } };
    const unknown = { value: null, reason: 'missing_rate' };
    expect(judgeBudget(money(1n), { ...spent, days: [gap, ...rest] })).toEqual({
      state: null,
      ratio: unknown,
      spent: unknown,
      remaining: unknown,
      projected: unknown,
    });
    const mixed = { value: null, reason: 'mixed_currency' };
    expect(judgeBudget(money(1n, 'EUR'), spent)).toMatchObject({ state: null, spent: mixed });
  });

  test('when the month is over, to come, or begins today, then its days say so', () => {
    const judge = (today: string) => judgeBudget(money(50_000n), { ...spent, today });
    expect(judge('2026-05-01')).toMatchObject({
      spent: known('310.00'),
      projected: known('310.00'),
    });
    const none = { value: null, reason: 'no_complete_day' };
    expect(judge('2026-02-01')).toMatchObject({
      state: 'ok',
      spent: known('0.00'),
      projected: none,
    });
    expect(judge('2026-03-01')).toMatchObject({ spent: known('10.00'), projected: none });
    expect(judge('2026-03-02')).toMatchObject({
      spent: known('20.00'),
      projected: known('310.00'),
    });
  });
});
