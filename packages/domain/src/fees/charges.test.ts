import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { billingPeriodOf } from '../calendar/billing-period.ts';
import type { Instant } from '../calendar/instant.ts';
import { addDays } from '../calendar/local-date.ts';
import type { CalendarEpoch } from '../calendar/week.ts';
import { prorate } from '../proration/prorate.ts';
import { chargesOf, type BilledTerm, type ChargesAsk } from './charges.ts';

const UTC: readonly CalendarEpoch[] = [
  { from: -Infinity, timeZone: 'UTC', weekStartsOn: 'monday' },
];
const at = (iso: string): Instant => Date.parse(`${iso}Z`);
const usd = (amountMinor: bigint) => ({ amountMinor, currency: 'USD' });
const silver: BilledTerm = {
  id: 'silver',
  from: at('2026-04-01T00:00'),
  to: Infinity,
  anchor: { date: '2026-04-01', everyMonths: 1 },
  price: usd(49_900n),
  onTrial: false,
  endedBy: undefined,
};
const april: ChargesAsk = {
  epochs: UTC,
  rounding: 'half_away_from_zero',
  span: { from: '2026-04-01', toExclusive: '2026-05-01' },
};
const charge = (amountMinor: bigint, from: string, toExclusive: string, termId = 'silver') => ({
  ...usd(amountMinor),
  termId,
  from,
  toExclusive,
});
const until = (to: string, endedBy: BilledTerm['endedBy'] = 'change'): BilledTerm => ({
  ...silver,
  to: at(to),
  endedBy,
});
const gold = (from: string): BilledTerm => ({
  ...silver,
  id: 'gold',
  from: at(from),
  price: usd(99_900n),
});

describe('given a tier that is held', () => {
  test('when a period passes, then its price is charged once, for all its dates', () => {
    expect(chargesOf([silver], april)).toEqual([charge(49_900n, '2026-04-01', '2026-05-01')]);
  });

  test('when it began at noon, then the first period is charged in full', () => {
    const noon = { ...silver, from: at('2026-04-01T12:00') };
    expect(chargesOf([noon], april)).toEqual([charge(49_900n, '2026-04-01', '2026-05-01')]);
  });

  test('when periods lie across the dates, then each that has a part in them is told', () => {
    const middle: BilledTerm = { ...silver, anchor: { date: '2026-01-31', everyMonths: 1 } };
    const charges = chargesOf([{ ...middle, from: at('2026-01-31T00:00') }], april);
    expect(charges).toEqual([
      charge(49_900n, '2026-03-31', '2026-04-30'),
      charge(49_900n, '2026-04-30', '2026-05-31'),
    ]);
  });

  test('when it is billed by the year, then the year is one charge', () => {
    const yearly: BilledTerm = { ...silver, anchor: { date: '2026-01-01', everyMonths: 12 } };
    const term = { ...yearly, from: at('2026-01-01T00:00'), price: usd(598_800n) };
    expect(chargesOf([term], april)).toEqual([charge(598_800n, '2026-01-01', '2027-01-01')]);
  });

  test('when the dates lie before it or it is free, then nothing is charged', () => {
    const march = { ...april, span: { from: '2026-03-01', toExclusive: '2026-04-01' } };
    expect(chargesOf([silver], march)).toEqual([]);
    expect(chargesOf([{ ...silver, price: usd(0n) }], april)).toEqual([]);
    expect(chargesOf([], april)).toEqual([]);
  });
});

describe('given a change within a period', () => {
  test('when it is at noon, then what is left is given back and charged, for the dates that are left', () => {
    const change = '2026-04-16T12:00';
    expect(chargesOf([until(change), gold(change)], april)).toEqual([
      charge(49_900n, '2026-04-01', '2026-05-01'),
      charge(-24_118n, '2026-04-16', '2026-05-01'),
      charge(48_285n, '2026-04-16', '2026-05-01', 'gold'),
    ]);
  });

  test('when the new tier is billed by periods of its own, then those are charged', () => {
    const change = '2026-04-16T00:00';
    const yearly = { ...gold(change), anchor: { date: '2026-04-16', everyMonths: 12 } } as const;
    expect(chargesOf([until(change), yearly], april)).toEqual([
      charge(49_900n, '2026-04-01', '2026-05-01'),
      charge(-24_950n, '2026-04-16', '2026-05-01'),
      charge(99_900n, '2026-04-16', '2027-04-16', 'gold'),
    ]);
  });

  test('when it waited for the end of the period, then nothing is given back', () => {
    const change = '2026-05-01T00:00';
    const both = { ...april, span: { from: '2026-04-01', toExclusive: '2026-06-01' } };
    expect(chargesOf([until(change), gold(change)], both)).toEqual([
      charge(49_900n, '2026-04-01', '2026-05-01'),
      charge(99_900n, '2026-05-01', '2026-06-01', 'gold'),
    ]);
  });

  test('when a trial is followed by a paid start, then only the rest of the period is charged', () => {
    const change = '2026-04-16T00:00';
    const trial = { ...until(change), onTrial: true };
    expect(chargesOf([trial, { ...silver, from: at(change) }], april)).toEqual([
      charge(24_950n, '2026-04-16', '2026-05-01'),
    ]);
  });
});

describe('given a cancel', () => {
  test('when it is at once, then the whole period stays charged, for all its dates', () => {
    const canceled = until('2026-04-10T09:00', 'cancel');
    const late = { ...april, span: { from: '2026-04-20', toExclusive: '2026-05-01' } };
    for (const ask of [april, late]) {
      expect(chargesOf([canceled], ask)).toEqual([charge(49_900n, '2026-04-01', '2026-05-01')]);
    }
  });

  test('when the client starts again later, then that is no change but a start of its own', () => {
    const again = { ...gold('2026-04-20T15:00'), anchor: { date: '2026-04-20', everyMonths: 1 } };
    const terms = [until('2026-04-10T09:00', 'cancel'), { ...again }] as BilledTerm[];
    expect(chargesOf(terms, april).map((one) => one.amountMinor)).toEqual([49_900n, 99_900n]);
  });

  test('when the period is over, then nothing more is charged', () => {
    const may = { ...april, span: { from: '2026-05-01', toExclusive: '2026-06-01' } };
    expect(chargesOf([until('2026-04-10T09:00', 'cancel')], may)).toEqual([]);
  });
});

describe('given a calendar that skips or repeats dates', () => {
  test('when the client moves over the date line, then every charge still has its dates', () => {
    const moved: CalendarEpoch[] = [
      { from: -Infinity, timeZone: 'Pacific/Kiritimati', weekStartsOn: 'monday' },
      { from: at('2026-04-05T10:00'), timeZone: 'Pacific/Pago_Pago', weekStartsOn: 'monday' },
    ];
    const terms = [until('2026-04-05T10:00'), gold('2026-04-05T10:00')];
    for (const { from, toExclusive } of chargesOf(terms, { ...april, epochs: moved })) {
      expect(from < toExclusive).toBe(true);
    }
  });
});

describe('given any change of price', () => {
  const anyZone = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
  const anyMonths = fc.constantFrom<1 | 3 | 12>(1, 3, 12);
  const anyPrice = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const anyCase = fc.record({
    zone: anyZone,
    anchorDays: fc.integer({ min: 0, max: 400 }),
    beforeMonths: anyMonths,
    afterMonths: anyMonths,
    beforePrice: anyPrice,
    afterPrice: anyPrice,
    start: fc.integer({ min: at('2025-01-01T00:00'), max: at('2026-01-01T00:00') }),
    lastsMs: fc.integer({ min: 1, max: 500 * 86_400_000 }),
  });

  test('when it happens, then all that is charged is the periods and the lines of the bill', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const epochs = [{ from: -Infinity, timeZone: one.zone, weekStartsOn: 'monday' } as const];
        const change = one.start + one.lastsMs;
        const date = addDays('2024-01-31', one.anchorDays);
        const before: BilledTerm = {
          ...until('2024-01-01', 'change'),
          from: one.start,
          to: change,
          anchor: { date, everyMonths: one.beforeMonths },
          price: usd(one.beforePrice),
        };
        const after: BilledTerm = {
          ...silver,
          from: change,
          anchor: { date, everyMonths: one.afterMonths },
          price: usd(one.afterPrice),
        };
        const afterPeriod = billingPeriodOf(after.anchor, epochs, change);
        const bill = prorate({
          at: change,
          before: { period: billingPeriodOf(before.anchor, epochs, change), price: before.price },
          after: { period: afterPeriod, price: after.price },
          rounding: 'half_even',
        });
        // To the end of the first period after the change, and no further.
        const charges = chargesOf([before, { ...after, to: afterPeriod.end }], {
          epochs,
          rounding: 'half_even',
          span: { from: '2020-01-01', toExclusive: '2030-01-01' },
        });

        // The period that the change falls into is part of the bill, even when it begins with it.
        let periods = 0n;
        for (let instant = one.start; instant <= change; periods += 1n) {
          instant = billingPeriodOf(before.anchor, epochs, instant).end;
        }
        const sum = charges.reduce((all, each) => all + each.amountMinor, 0n);
        expect(sum).toBe(periods * one.beforePrice + bill.totalMinor);
        for (const { from, toExclusive } of charges) expect(from < toExclusive).toBe(true);
      }),
    );
  });
});
