import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { valueFigures, type ValueFigures, type ValueTerms } from './value-figures.ts';
import { addSums, noSums, type ValueSums } from './value-sums.ts';

const NOTHING_SET: ValueTerms = {
  revenueKnown: false,
  leadsKnown: false,
  conversionsKnown: false,
  conversionValueMinor: null,
  leadValueMinor: null,
};
const ALL_KNOWN: ValueTerms = {
  ...NOTHING_SET,
  revenueKnown: true,
  leadsKnown: true,
  conversionsKnown: true,
};

/** Bloom Bakery, September 2025. */
const MONTH: ValueSums = {
  ...noSums('USD'),
  seconds: 118_800n,
  billableSeconds: 108_000n,
  savedSeconds: 138_150n,
  savedBaselineSeconds: 150_150n,
  savedMinor: 211_063n,
  timeMinor: 184_250n,
  toolsMinor: 6317n,
  adsMinor: 120_000n,
  revenueMinor: 948_000n,
  leads: 86n,
  conversions: 19n,
  posts: 45n,
  measuredPosts: 45n,
  impressions: 184_230n,
  engagement: 7921n,
  clicks: 2214n,
  videoViews: null,
  rateEngagement: 7921n,
  rateImpressions: 184_230n,
  ctrClicks: 2214n,
  ctrImpressions: 184_230n,
};

function figures(sums: Partial<ValueSums>, terms: Partial<ValueTerms> = {}): ValueFigures {
  return valueFigures({ ...noSums('USD'), ...sums }, { ...ALL_KNOWN, ...terms });
}

describe('given the worked month', () => {
  const { cost, value, efficiency, timeSaved } = figures(MONTH);

  test('when its cost is told, then it is 3,105.67, of which the client pays the ads', () => {
    expect(cost.total).toEqual({ totalMinor: 310_567n, knownMinor: 310_567n, reason: undefined });
    expect(cost.borneByAgency.totalMinor).toBe(190_567n);
    expect(value.total.totalMinor).toBe(948_000n);
  });

  test('when it is put in relation, then each figure is the published one', () => {
    expect(efficiency).toMatchObject({
      roi: { value: '2.052481', fraction: { num: 637_433n, den: 310_567n } },
      roiPercent: { value: '205.2481' },
      roas: { value: '7.900000' },
      costPerImpression: { minor: 2n, exact: '1.685757' },
      costPerThousandImpressions: { minor: 1686n, exact: '1685.756934' },
      costPerClick: { minor: 54n, exact: '54.200542' },
      costPerLead: { minor: 3611n, exact: '3611.244186' },
      costPerConversion: { minor: 16_346n, exact: '16345.631579' },
      engagementRate: { value: '0.042995' },
      engagementRatePercent: { value: '4.2995' },
      ctr: { value: '0.012018' },
      conversionRate: { value: '0.008582' },
      leadConversion: { value: '0.220930' },
      valuePerHour: { minor: 28_727n, exact: '28727.272727' },
      timeEfficiency: { value: '0.920080' },
    });
    expect(timeSaved).toMatchObject({ seconds: 138_150n, value: { totalMinor: 211_063n } });
  });

  test('when the agency counts saved time, then only the ROI moves', () => {
    const counted = figures(MONTH, { savedTimeInRoi: true });
    expect(counted.efficiency).toEqual({
      ...efficiency,
      roi: expect.objectContaining({ value: '2.732087' }),
      roiPercent: { value: '273.2087' },
    });
    expect(counted.value).toEqual(value);
  });
});

describe('given revenue that nobody tells', () => {
  const sums = { ...MONTH, revenueMinor: 0n, unpricedConversions: 19n };
  const unknown = { totalMinor: null, knownMinor: 0n, reason: 'missing_data' };

  test('when no price is set, then value and what needs it is unknown, and cost is not', () => {
    const { cost, value, efficiency } = figures(sums, { revenueKnown: false });
    expect(value).toMatchObject({ revenue: unknown, total: unknown });
    const missing = { value: null, reason: 'missing_data' };
    expect(efficiency).toMatchObject({
      roi: missing,
      roiPercent: missing,
      roas: missing,
      valuePerHour: { minor: null, reason: 'missing_data' },
      costPerLead: { minor: 3611n },
    });
    expect(cost.total.totalMinor).toBe(310_567n);
  });

  test.each([
    { prices: { conversionValueMinor: 5000n }, value: 95_000n, roi: '-0.694108' },
    { prices: { leadValueMinor: 1000n }, value: 86_000n, roi: '-0.723087' },
    { prices: { conversionValueMinor: 0n }, value: 0n, roi: '-1.000000' },
    {
      prices: { conversionValueMinor: 5000n, leadValueMinor: 1000n },
      value: 181_000n,
      roi: '-0.417195',
    },
  ])('when $prices are set, then the value is $value', ({ prices, ...is }) => {
    const { value, efficiency } = figures(sums, { revenueKnown: false, ...prices });
    expect(value.revenue).toEqual(unknown);
    expect(value.total.totalMinor).toBe(is.value);
    expect(efficiency.roi.value).toBe(is.roi);
    expect(efficiency.roas).toEqual({ value: null, reason: 'missing_data' });
  });

  test('when revenue is known to be 0, then the value is 0 and no guess', () => {
    const { value, efficiency } = figures({ ...MONTH, revenueMinor: 0n });
    expect(value.total.totalMinor).toBe(0n);
    expect(efficiency).toMatchObject({ roi: { value: '-1.000000' }, roas: { value: '0.000000' } });
  });

  test('when conversions bring amounts and others do not, then only these are priced', () => {
    const { value } = figures(
      { ...MONTH, unpricedConversions: 4n },
      { conversionValueMinor: 5000n },
    );
    expect(value.total.totalMinor).toBe(968_000n);
  });
});

describe('given facts without a rate', () => {
  const noRate = { reason: 'missing_rate' };

  test('when time lacks one, then the total does too, with what is known beside it', () => {
    const { cost, efficiency, value } = figures({ ...MONTH, timeMissing: 2n });
    expect(cost.time).toEqual({ totalMinor: null, knownMinor: 184_250n, ...noRate });
    expect(cost.total).toEqual({ totalMinor: null, knownMinor: 310_567n, ...noRate });
    expect(cost.adSpend.totalMinor).toBe(120_000n);
    expect(value.total.totalMinor).toBe(948_000n);
    expect(efficiency).toMatchObject({
      roi: { value: null, ...noRate },
      roiPercent: { value: null, ...noRate },
      costPerLead: { minor: null, ...noRate },
      costPerThousandImpressions: { minor: null, ...noRate },
      roas: { value: '7.900000' },
      costPerClick: { minor: 54n },
      valuePerHour: { minor: 28_727n },
    });
  });

  test('when ads lack one, then what is counted on ads is unknown', () => {
    const { cost, efficiency } = figures({ ...MONTH, adsMissing: 1n });
    expect(cost.borneByAgency.totalMinor).toBe(190_567n);
    expect(efficiency).toMatchObject({
      roas: { value: null, ...noRate },
      costPerClick: { minor: null, ...noRate },
    });
  });

  test('when revenue lacks one, then so does the value, even with prices set', () => {
    const { value, efficiency } = figures(
      { ...MONTH, revenueMissing: 1n },
      { conversionValueMinor: 5000n, revenueKnown: false },
    );
    expect(value.total).toEqual({ totalMinor: null, knownMinor: 948_000n, ...noRate });
    expect(efficiency.roi).toEqual({ value: null, ...noRate });
  });

  test('when saved time lacks one, then only its money is unknown, unless the ROI counts it', () => {
    const sums = { ...MONTH, savedMissing: 1n };
    expect(figures(sums)).toMatchObject({
      timeSaved: { seconds: 138_150n, value: { totalMinor: null, ...noRate } },
      efficiency: { roi: { value: '2.052481' } },
    });
    const counted = figures(sums, { savedTimeInRoi: true });
    expect(counted.efficiency.roi).toEqual({ value: null, ...noRate });
  });
});

describe('given nothing at all', () => {
  test('when it is told, then costs are 0, and what was never heard of is unknown', () => {
    const { cost, value, efficiency } = valueFigures(noSums('EUR'), NOTHING_SET);
    expect(cost.total.totalMinor).toBe(0n);
    expect(value).toMatchObject({ leads: null, conversions: null, impressions: null });
    expect(efficiency).toMatchObject({
      roi: { reason: 'missing_data' },
      costPerLead: { reason: 'missing_data' },
      engagementRate: { reason: 'missing_data' },
      timeEfficiency: { reason: 'zero_denominator' },
    });
  });

  test('when leads are known to be none, then there is a cost but nothing to divide it by', () => {
    expect(figures({ ...MONTH, leads: 0n }).efficiency.costPerLead).toEqual({
      minor: null,
      reason: 'zero_denominator',
    });
  });
});

describe('given the sums of any rows', () => {
  const anyAmount = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
  const anyCount = fc.bigInt({ min: 0n, max: 10n ** 6n });
  const anyMetric = fc.option(anyCount);
  const anySums = fc
    .record({
      seconds: anyCount,
      timeMinor: anyAmount,
      toolsMinor: anyAmount,
      adsMinor: anyAmount,
      otherMinor: anyAmount,
      revenueMinor: anyAmount,
      leads: anyCount,
      unpricedConversions: anyCount,
      impressions: anyMetric,
      clicks: anyMetric,
    })
    .map((some): ValueSums => ({ ...noSums('USD'), ...some }));

  test('when they are added in any grouping, then totals are the sums of the rows', () => {
    const terms = { ...ALL_KNOWN, conversionValueMinor: 5000n, leadValueMinor: 99n };
    fc.assert(
      fc.property(fc.array(anySums, { minLength: 1, maxLength: 8 }), fc.nat(), (rows, cut) => {
        const at = cut % (rows.length + 1);
        const sumOf = (some: readonly ValueSums[]): ValueSums =>
          some.reduce((sum, row) => addSums(sum, row), noSums('USD'));
        const whole = sumOf(rows);
        expect(addSums(sumOf(rows.slice(at)), sumOf(rows.slice(0, at)))).toEqual(whole);
        const told = rows.map((row) => valueFigures(row, terms));
        const total = valueFigures(whole, terms);
        const added = (pick: (row: ValueFigures) => bigint | null): bigint =>
          told.reduce((sum, row) => sum + (pick(row) ?? 0n), 0n);
        expect(total.cost.total.totalMinor).toBe(added(({ cost }) => cost.total.totalMinor));
        expect(total.value.total.totalMinor).toBe(added(({ value }) => value.total.totalMinor));
        expect(total.value.leads).toBe(added(({ value }) => value.leads));
      }),
    );
  });

  test('when they are in two currencies, then they cannot be added', () => {
    expect(() => addSums(noSums('USD'), noSums('EUR'))).toThrow(RangeError);
  });
});
