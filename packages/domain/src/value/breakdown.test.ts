import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  spreadUnattributed,
  UNATTRIBUTED,
  type BreakdownRow,
  type SpreadCostBy,
} from './breakdown.ts';
import { valueFigures } from './value-figures.ts';
import { addSums, noSums, type ValueSums } from './value-sums.ts';

const TERMS = {
  revenueKnown: true,
  leadsKnown: true,
  conversionsKnown: true,
  conversionValueMinor: null,
  leadValueMinor: null,
};

function row(key: string, sums: Partial<ValueSums>): BreakdownRow {
  return { key, sums: { ...noSums('USD'), ...sums } };
}

function costs(rows: readonly BreakdownRow[]): Record<string, bigint | null> {
  return Object.fromEntries(
    rows.map(({ key, sums }) => [key, valueFigures(sums, TERMS).cost.total.totalMinor]),
  );
}

function sumOf(rows: readonly BreakdownRow[]): ValueSums {
  return rows.reduce((sum, { sums }) => addSums(sum, sums), noSums('USD'));
}

describe('given a month by platform', () => {
  const month = [
    row('instagram', { impressions: 90_000n, posts: 20n, revenueMinor: 410_000n }),
    row('linkedin', { impressions: 54_230n, posts: 15n, revenueMinor: 468_000n }),
    row('facebook', { impressions: 40_000n, posts: 10n, adsMinor: 100n, revenueMinor: 70_000n }),
    row(UNATTRIBUTED, {
      timeMinor: 184_250n,
      toolsMinor: 6317n,
      adsMinor: 119_900n,
      otherMinor: 100n,
      seconds: 118_800n,
      revenueMinor: 5n,
    }),
  ];

  test('when shared cost is spread by impressions, then it sums to the cent, kind by kind', () => {
    const spread = spreadUnattributed(month, 'impressions');
    expect(costs(spread)).toEqual({
      instagram: 151_718n,
      linkedin: 91_419n,
      facebook: 67_530n,
      [UNATTRIBUTED]: 0n,
    });
    expect(sumOf(spread)).toEqual(sumOf(month));
  });

  test('when it is spread by posts, then posts decide', () => {
    const spread = spreadUnattributed(month, 'posts');
    expect(costs(spread)).toMatchObject({ instagram: 138_030n, linkedin: 103_522n });
  });

  test('when no row has a weight, then the cost stays without a key', () => {
    expect(spreadUnattributed(month, 'seconds')).toEqual(month);
    expect(spreadUnattributed(month.slice(0, 3), 'posts')).toEqual(month.slice(0, 3));
  });

  test('when a rate is missing in what is spread, then no row that gets of it has a total', () => {
    const rows = [
      row('a', { posts: 1n }),
      row('b', { posts: 0n, timeMinor: 7n }),
      row(UNATTRIBUTED, { timeMinor: 100n, timeMissing: 1n, posts: 9n }),
    ];
    const spread = spreadUnattributed(rows, 'posts');
    expect(costs(spread)).toEqual({ a: null, b: 7n, [UNATTRIBUTED]: 0n });
    expect(spread[0]?.sums).toMatchObject({ timeMinor: 100n, timeMissing: 1n });
  });
});

describe('given any rows', () => {
  const anyMinor = fc.bigInt({ min: -5000n, max: 100_000n });
  const anySums = fc.record({
    timeMinor: anyMinor,
    toolsMinor: anyMinor,
    adsMinor: anyMinor,
    otherMinor: anyMinor,
    seconds: fc.bigInt({ min: 0n, max: 99n }),
    posts: fc.bigInt({ min: 0n, max: 9n }),
    impressions: fc.option(fc.bigInt({ min: 0n, max: 99n })),
  });
  const anyRows = fc
    .array(anySums, { minLength: 1, maxLength: 9 })
    .map((all) => all.map((sums, at) => row(at === 0 ? UNATTRIBUTED : `key-${at}`, sums)));
  const anyWay = fc.constantFrom<SpreadCostBy>('impressions', 'posts', 'seconds');

  test('when cost is spread, then every sum of the breakdown is what it was', () => {
    fc.assert(
      fc.property(anyRows, anyWay, (rows, by) => {
        expect(sumOf(spreadUnattributed(rows, by))).toEqual(sumOf(rows));
      }),
    );
  });

  test('when rows stand in another order, then each gets the same', () => {
    fc.assert(
      fc.property(anyRows, anyWay, (rows, by) => {
        const turned = spreadUnattributed(rows.toReversed(), by).toReversed();
        expect(turned).toEqual(spreadUnattributed(rows, by));
      }),
    );
  });
});
