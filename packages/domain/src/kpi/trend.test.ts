import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fraction, parseDecimal, type Fraction } from '../money/fraction.ts';
import {
  perDayTrend,
  STABLE_BANDS,
  trend,
  type TrendBasis,
  type TrendFigures,
  type TrendTerms,
} from './trend.ts';

type Value = number | string | null;

function numberOf(value: Value): Fraction | null {
  return value === null ? null : (parseDecimal(value) ?? null);
}

function went(
  current: Value,
  previous: Value,
  { basis = 'relative', polarity = 1 }: { basis?: TrendBasis; polarity?: 1 | -1 | 0 } = {},
): TrendFigures {
  const values = { current: numberOf(current), previous: numberOf(previous) };
  return trend(values, { basis, polarity, stableBand: STABLE_BANDS[basis] });
}

describe('given a figure and the one before', () => {
  test.each([
    { current: 65197, previous: 131140, delta: '-0.502844', trend: 'down', status: 'bad' },
    { current: 83, previous: 80, delta: '0.037500', trend: 'stable', status: 'neutral' },
    { current: 104, previous: 100, delta: '0.040000', trend: 'stable', status: 'neutral' },
    { current: 96, previous: 100, delta: '-0.040000', trend: 'stable', status: 'neutral' },
    {
      current: '104.0000001',
      previous: 100,
      delta: '0.040000',
      trend: 'up',
      status: 'good',
    },
    { current: 9596, previous: 10000, delta: '-0.040400', trend: 'down', status: 'bad' },
    { current: 9, previous: 9, delta: '0.000000', trend: 'stable', status: 'neutral' },
    { current: 0, previous: 0, delta: '0.000000', trend: 'stable', status: 'neutral' },
    { current: 0, previous: 8, delta: '-1.000000', trend: 'down', status: 'bad' },
    { current: -50, previous: -100, delta: '0.500000', trend: 'up', status: 'good' },
    { current: -150, previous: -100, delta: '-0.500000', trend: 'down', status: 'bad' },
    { current: 50, previous: -100, delta: '1.500000', trend: 'up', status: 'good' },
    { current: 3000, previous: 4000, delta: '-0.250000', trend: 'down', status: 'good', less: 1 },
    { current: 4400, previous: 4000, delta: '0.100000', trend: 'up', status: 'bad', less: 1 },
  ])('when $previous becomes $current, then it is $trend by $delta', (row) => {
    const {
      delta,
      trend: found,
      status,
    } = went(row.current, row.previous, {
      polarity: row.less === undefined ? 1 : -1,
    });
    expect([delta.value, found, status]).toEqual([row.delta, row.trend, row.status]);
  });

  test.each([
    { current: 12, polarity: 1, trend: 'new', status: 'good' },
    { current: 500, polarity: -1, trend: 'new', status: 'bad' },
    { current: 12, polarity: 0, trend: 'new', status: 'neutral' },
    { current: -12, polarity: 1, trend: 'down', status: 'bad' },
    { current: -12, polarity: -1, trend: 'down', status: 'good' },
  ] as const)('when nothing becomes $current, then it is $trend and no share of it', (row) => {
    const found = went(row.current, 0, row);
    expect(found).toMatchObject({
      delta: { value: null, reason: 'zero_base' },
      trend: row.trend,
      status: row.status,
      change: { num: BigInt(row.current), den: 1n },
    });
  });

  test.each<[Value, Value]>([
    [12, null],
    [null, 12],
    [null, null],
    [null, 0],
  ])('when they are %s and %s, then there is nothing to tell', (current, previous) => {
    expect(went(current, previous)).toEqual({
      change: null,
      delta: { value: null, reason: 'no_data' },
      trend: 'no_data',
      status: 'none',
    });
  });

  test('when nobody judges it, then it moves and is neither good nor bad', () => {
    expect(went(200, 100, { polarity: 0 })).toMatchObject({ trend: 'up', status: 'neutral' });
  });
});

describe('given a figure that is a share', () => {
  test.each([
    { current: '205.2', previous: '180.0', delta: '25.200000', trend: 'up' },
    { current: '182', previous: '180', delta: '2.000000', trend: 'stable' },
    { current: '177.9999', previous: '180', delta: '-2.000100', trend: 'down' },
    { current: '12', previous: '0', delta: '12.000000', trend: 'up' },
    { current: '1', previous: '-1', delta: '2.000000', trend: 'stable' },
  ])('when $previous points become $current, then it is $trend by $delta', (row) => {
    const found = went(row.current, row.previous, { basis: 'points' });
    expect([found.delta.value, found.trend]).toEqual([row.delta, row.trend]);
  });
});

describe('given periods of two lengths', () => {
  const terms: TrendTerms = { basis: 'relative', polarity: 1, stableBand: STABLE_BANDS.relative };

  test('when March meets February, then the total grew and a day did not', () => {
    const values = { current: numberOf(31000), previous: numberOf(28000) };
    const found = perDayTrend({ ...values, currentDays: 31, previousDays: 28 }, terms);
    expect(found.total).toMatchObject({ delta: { value: '0.107143' }, trend: 'up' });
    expect(found.perDay).toMatchObject({ delta: { value: '0.000000' }, trend: 'stable' });
  });

  test('when a period has no day yet, then a day cannot be told', () => {
    const values = { current: numberOf(5), previous: numberOf(4) };
    const found = perDayTrend({ ...values, currentDays: 0, previousDays: 28 }, terms);
    expect(found.perDay.trend).toBe('no_data');
  });
});

describe('given any two values', () => {
  const anyNumber = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 1000n }))
    .map(([num, den]) => fraction(num, den));
  const anyBasis = fc.constantFrom<TrendBasis>('relative', 'points');
  const OPPOSITE = { up: 'down', down: 'up', stable: 'stable' } as const;

  const judged = (a: Fraction, b: Fraction, basis: TrendBasis): 'up' | 'down' | 'stable' => {
    const terms: TrendTerms = { basis, polarity: 1, stableBand: STABLE_BANDS[basis] };
    const found = trend({ current: a, previous: b }, terms);
    fc.pre(found.delta.value !== null && found.trend !== 'new' && found.trend !== 'no_data');
    return found.trend;
  };

  test('when both change sign, then the trend is the opposite', () => {
    const minus = ({ num, den }: Fraction): Fraction => ({ num: -num, den });
    fc.assert(
      fc.property(anyNumber, anyNumber, anyBasis, (a, b, basis) => {
        expect(judged(minus(a), minus(b), basis)).toBe(OPPOSITE[judged(a, b, basis)]);
      }),
    );
  });

  test('when points go back to where they came from, then the trend is the opposite', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        expect(judged(b, a, 'points')).toBe(OPPOSITE[judged(a, b, 'points')]);
      }),
    );
  });

  test('when less is better, then good and bad change places and nothing else does', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anyBasis, (a, b, basis) => {
        const stableBand = STABLE_BANDS[basis];
        const more = trend({ current: a, previous: b }, { basis, polarity: 1, stableBand });
        const less = trend({ current: a, previous: b }, { basis, polarity: -1, stableBand });
        const swapped = { good: 'bad', bad: 'good', neutral: 'neutral', none: 'none' };
        expect({ ...less, status: swapped[less.status] }).toEqual(more);
      }),
    );
  });
});
