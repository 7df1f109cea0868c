import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays } from '../calendar/local-date.ts';
import { addFractions, fraction, parseDecimal, type Fraction } from '../money/fraction.ts';
import { targetOver, targetState } from './target.ts';

const ZERO = fraction(0n, 1n);
const number = (text: string): Fraction => parseDecimal(text) ?? ZERO;
const targets = new Map([
  ['2025-01-01', number('310')],
  ['2025-02-01', number('280')],
  ['2025-03-01', number('310')],
]);

describe('given targets by month', () => {
  test.each([
    { from: '2025-02-01', toExclusive: '2025-02-15', is: '140.000000' },
    { from: '2025-02-15', toExclusive: '2025-03-11', is: '240.000000' },
    { from: '2025-02-01', toExclusive: '2025-03-01', is: '280.000000' },
    { from: '2025-01-31', toExclusive: '2025-03-02', is: '300.000000' },
    { from: '2025-03-01', toExclusive: '2025-03-01', is: '0.000000' },
  ])('when a span is $from to $toExclusive, then $is is aimed at', ({ is, ...span }) => {
    expect(targetOver(targets, span)).toMatchObject({ value: is });
  });

  test('when a month has none, then the span has none', () => {
    const span = { from: '2025-03-15', toExclusive: '2025-04-02' };
    expect(targetOver(targets, span)).toEqual({ value: null, reason: 'missing_data' });
  });

  test('when a span is cut anywhere, then the two parts aim at what it did', () => {
    fc.assert(
      fc.property(fc.nat({ max: 89 }), fc.nat({ max: 89 }), fc.nat({ max: 89 }), (a, b, c) => {
        const [from = '', middle = '', end = ''] = [a, b, c]
          .toSorted((x, y) => x - y)
          .map((day) => addDays('2025-01-01', day));
        const aim = (start: string, toExclusive: string): Fraction => {
          const found = targetOver(targets, { from: start, toExclusive });
          return found.value === null ? ZERO : found.fraction;
        };
        expect(addFractions(aim(from, middle), aim(middle, end))).toEqual(aim(from, end));
      }),
    );
  });
});

describe('given what was reached', () => {
  test.each([
    { actual: '36.11', target: '40.00', direction: 'less', attained: true, ratio: '0.902750' },
    { actual: '40.00', target: '40', direction: 'less', attained: true, ratio: '1.000000' },
    { actual: '40.01', target: '40', direction: 'less', attained: false, ratio: '1.000250' },
    { actual: '86', target: '80', direction: 'more', attained: true, ratio: '1.075000' },
    { actual: '80', target: '80', direction: 'more', attained: true, ratio: '1.000000' },
    { actual: '79', target: '80', direction: 'more', attained: false, ratio: '0.987500' },
    { actual: '3', target: '0', direction: 'more', attained: true, ratio: null },
  ] as const)('when $actual stands against $direction than $target', (row) => {
    const found = targetState(number(row.actual), number(row.target), row.direction);
    expect([found.attained, found.ratio.value]).toEqual([row.attained, row.ratio]);
  });

  test('when it is unknown, then nobody can say', () => {
    expect(targetState(null, number('80'), 'more')).toEqual({
      attained: null,
      ratio: { value: null, reason: 'missing_data' },
    });
  });
});
