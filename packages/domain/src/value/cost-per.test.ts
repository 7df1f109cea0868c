import { describe, expect, test } from 'vitest';

import { cpa, cpc, cpi, cpl, cpm } from './cost-per.ts';
import { effectiveHourlyRate, margin, markup, valuePerHour } from './margin.ts';

describe('given a cost and what it brought', () => {
  test.each([
    { name: 'CPM', found: cpm(310_567n, 184_230n), minor: 1686n, exact: '1685.756934' },
    { name: 'impression', found: cpi(310_567n, 184_230n), minor: 2n, exact: '1.685757' },
    { name: 'lead', found: cpl(310_567n, 86n), minor: 3611n, exact: '3611.244186' },
    { name: 'lead for nothing', found: cpl(0n, 5n), minor: 0n, exact: '0.000000' },
    { name: 'conversion', found: cpa(310_567n, 19n), minor: 16_346n, exact: '16345.631579' },
    { name: 'click', found: cpc(120_000n, 2214n), minor: 54n, exact: '54.200542' },
    { name: 'hour of a fee', found: effectiveHourlyRate(250_000n, 118_800n), minor: 7576n },
    { name: 'hour of value', found: valuePerHour(948_000n, 118_800n), minor: 28_727n },
  ])('when it is told per $name, then it is $minor minor units', ({ found, ...is }) => {
    expect(found).toMatchObject({ minor: is.minor, ...(is.exact && { exact: is.exact }) });
  });

  test('when there is nothing to divide by, or it is unknown, then there is no figure', () => {
    expect(cpl(310_567n, 0n)).toEqual({ minor: null, reason: 'zero_denominator' });
    expect(cpl(310_567n, null)).toEqual({ minor: null, reason: 'missing_data' });
    expect(cpm(null, 0n)).toEqual({ minor: null, reason: 'missing_data' });
    expect(effectiveHourlyRate(250_000n, 0n)).toEqual({ minor: null, reason: 'zero_denominator' });
  });
});

describe('given a fee and what the work cost', () => {
  test.each([
    { fee: 250_000n, cost: 190_567n, margin: '0.237732', markup: '0.311875' },
    { fee: 100_000n, cost: 75_000n, margin: '0.250000', markup: '0.333333' },
    { fee: 100_000n, cost: 130_000n, margin: '-0.300000', markup: '-0.230769' },
    { fee: 100_000n, cost: 0n, margin: '1.000000', markup: null },
    { fee: 0n, cost: 100n, margin: null, markup: '-1.000000' },
    { fee: null, cost: 100n, margin: null, markup: null },
  ])('when $fee pays for $cost, then margin and markup differ', (row) => {
    const given = { feeMinor: row.fee, costMinor: row.cost };
    expect([margin(given).value, markup(given).value]).toEqual([row.margin, row.markup]);
  });
});
