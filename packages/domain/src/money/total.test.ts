import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sumByCurrency, sumKnown } from './total.ts';

describe('given amounts of one currency', () => {
  test('when all are known, then they have a total', () => {
    expect(sumKnown([9282n, 9301n])).toEqual({
      totalMinor: 18_583n,
      knownMinor: 18_583n,
      reason: undefined,
    });
    expect(sumKnown([]).totalMinor).toBe(0n);
  });

  test('when one has no rate, then the total is missing and the known part stands beside it', () => {
    const total = { totalMinor: null, knownMinor: 5n, reason: 'missing_rate' };
    expect(sumKnown([5n, null])).toEqual(total);
  });
});

describe('given amounts as they are', () => {
  const eur = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

  test('when they are of two currencies, then each has a sum and there is no total', () => {
    expect(
      sumByCurrency([eur(6000n), { amountMinor: 5000n, currency: 'USD' }, eur(4000n)]),
    ).toEqual({
      byCurrency: new Map([
        ['EUR', 10_000n],
        ['USD', 5000n],
      ]),
      totalMinor: null,
      reason: 'mixed_currency',
    });
  });

  test('when they are of one currency or none, then there is a total', () => {
    expect(sumByCurrency([eur(1n), eur(2n)]).totalMinor).toBe(3n);
    expect(sumByCurrency([]).totalMinor).toBe(0n);
  });

  test('when they come in any order and any groups, then the sums are the same', () => {
    const anyMoney = fc.record({
      amountMinor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    });
    fc.assert(
      fc.property(fc.array(anyMoney), fc.nat(20), (amounts, cut) => {
        const parts = [amounts.slice(cut), amounts.slice(0, cut)].map(sumByCurrency);
        const regrouped = parts.flatMap(({ byCurrency }) =>
          Array.from(byCurrency, ([currency, amountMinor]) => ({ currency, amountMinor })),
        );
        expect(sumByCurrency(regrouped)).toEqual(sumByCurrency(amounts));
      }),
    );
  });
});
