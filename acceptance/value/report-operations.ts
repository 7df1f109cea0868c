import {
  addSums,
  clientRoi,
  effectiveHourlyRate,
  margin,
  noSums,
  spreadUnattributed,
  UNATTRIBUTED,
  valueFigures,
  velocity,
  type BreakdownRow,
  type SpreadCostBy,
  type ValueFigures,
  type ValueSums,
  type ValueTerms,
} from '@retainer/domain';

import { wholeMap, type Fields } from '../compare.ts';
import { fields, whole, wholeOrNull, wholeOrZero, wholes, word, type Operation } from './given.ts';
import { moneyFields, number, numberOrNull, ratioFields } from './shown.ts';

const CURRENCY = 'USD';
const WAYS: readonly SpreadCostBy[] = ['impressions', 'posts', 'seconds'];

/** Whole reports, out of the function that makes them for the API. */
export const REPORT_OPERATIONS: Readonly<Record<string, Operation>> = { clientReport, breakdown };

function clientReport(given: Fields): Fields {
  const sums = [
    { ...noSums(CURRENCY), ...outcomeOf(given), seconds: wholeOrZero(given, 'seconds') },
    ...costFact('time', wholeOrNull(given, 'timeCostMinor')),
    ...costFact('ads', wholeOrNull(given, 'adSpendMinor')),
    ...wholes(given, 'toolCostMinor').flatMap((tool) => costFact('tools', tool)),
  ].reduce(addSums);
  const { cost, value, efficiency } = valueFigures(sums, termsOf(given));
  return {
    totalCostMinor: numberOrNull(cost.total.totalMinor),
    knownCostMinor: number(cost.total.knownMinor),
    roi: ratioFields(efficiency.roi),
    roas: ratioFields(efficiency.roas),
    cpmMinor: moneyFields(efficiency.costPerThousandImpressions),
    cpiMinor: moneyFields(efficiency.costPerImpression),
    cplMinor: moneyFields(efficiency.costPerLead),
    cpaMinor: moneyFields(efficiency.costPerConversion),
    cpcAdsMinor: moneyFields(efficiency.costPerClick),
    engagementRate: ratioFields(efficiency.engagementRate),
    ctr: ratioFields(efficiency.ctr),
    conversionRate: ratioFields(efficiency.conversionRate),
    leadConversion: ratioFields(efficiency.leadConversion),
    velocity: ratioFields(velocity(sums.posts, wholeOrZero(given, 'days'))),
    revenuePerHourMinor: moneyFields(efficiency.valuePerHour),
    valuePerHourMinor: moneyFields(efficiency.valuePerHour),
    ...feeFigures(wholeOrNull(given, 'feeMinor'), { sums, cost, value }),
  };
}

function feeFigures(
  feeMinor: bigint | null,
  { sums, cost, value }: Pick<ValueFigures, 'cost' | 'value'> & { readonly sums: ValueSums },
): Fields {
  const valueMinor = value.total.totalMinor;
  const adSpendMinor = cost.adSpend.totalMinor;
  return {
    clientRoi: ratioFields(clientRoi({ valueMinor, feeMinor, adSpendMinor })),
    margin: ratioFields(margin({ feeMinor, costMinor: cost.borneByAgency.totalMinor })),
    effectiveRateMinor: moneyFields(effectiveHourlyRate(feeMinor, sums.seconds)),
  };
}

/** The sums of one cost fact; one without an amount has no rate. */
function costFact(kind: 'time' | 'tools' | 'ads', minor: bigint | null): ValueSums[] {
  return [
    {
      ...noSums(CURRENCY),
      [`${kind}Minor`]: minor ?? 0n,
      [`${kind}Missing`]: minor === null ? 1n : 0n,
    },
  ];
}

function outcomeOf(given: Fields): Partial<ValueSums> {
  const impressions = wholeOrNull(given, 'impressions');
  const engagement = wholeOrNull(given, 'engagements');
  const clicks = wholeOrNull(given, 'clicks');
  const hasRate = impressions !== null && engagement !== null;
  const hasCtr = impressions !== null && clicks !== null;
  return {
    impressions,
    engagement,
    clicks,
    ...(hasRate && { rateImpressions: impressions, rateEngagement: engagement }),
    ...(hasCtr && { ctrImpressions: impressions, ctrClicks: clicks }),
    leads: wholeOrZero(given, 'leads'),
    conversions: wholeOrZero(given, 'conversions'),
    revenueMinor: wholeOrZero(given, 'revenueMinor'),
    posts: wholeOrZero(given, 'posts'),
  };
}

function termsOf(given: Fields): ValueTerms {
  return {
    revenueKnown: wholeOrNull(given, 'revenueMinor') !== null,
    leadsKnown: wholeOrNull(given, 'leads') !== null,
    conversionsKnown: wholeOrNull(given, 'conversions') !== null,
    conversionValueMinor: wholeOrNull(given, 'conversionValueMinor'),
    leadValueMinor: wholeOrNull(given, 'leadValueMinor'),
  };
}

function breakdown(given: Fields): Fields {
  const by = word(given['costWeightedBy'], WAYS);
  const keyed = Object.entries(fields(given, dimensionOf(given))).map(
    ([key, row]): [string, Fields] => [key, fields({ row }, 'row')],
  );
  const rest = { ...noSums(CURRENCY), otherMinor: whole(given, 'totalCostMinor') };
  const spread = spreadUnattributed(
    [
      ...keyed.map(([key, row]): BreakdownRow => {
        const seconds = wholeOrZero(row, 'seconds');
        return { key, sums: { ...noSums(CURRENCY), ...outcomeOf(row), seconds } };
      }),
      { key: UNATTRIBUTED, sums: rest },
    ],
    by,
  );
  const told = new Map(
    spread.map(({ key, sums }) => {
      const row = keyed.find(([one]) => one === key)?.[1] ?? { revenueMinor: 0 };
      return [key, valueFigures(sums, termsOf(row))] as const;
    }),
  );
  const named = [...told].filter(([key]) => key !== UNATTRIBUTED);
  const total = spread.map(({ sums }) => sums).reduce(addSums);
  return {
    costMinor: wholeMap(costs(named)),
    unattributedMinor: costs([...told])[UNATTRIBUTED],
    totals: {
      costMinor: numberOrNull(valueFigures(total, termsOf({})).cost.total.totalMinor),
      impressions: numberOrNull(total.impressions),
      engagements: numberOrNull(total.engagement),
      clicks: numberOrNull(total.clicks),
      leads: number(total.leads),
      conversions: number(total.conversions),
      revenueMinor: number(total.revenueMinor),
      posts: number(total.posts),
    },
    roi: Object.fromEntries(
      named.map(([key, { efficiency }]) => [key, ratioFields(efficiency.roi)]),
    ),
  };
}

function costs(told: readonly (readonly [string, ValueFigures])[]): Fields {
  return Object.fromEntries(
    told.map(([key, { cost }]) => [key, numberOrNull(cost.total.totalMinor)]),
  );
}

function dimensionOf(given: Fields): string {
  return word(
    Object.keys(given).find((name) => name !== 'totalCostMinor' && name !== 'costWeightedBy'),
    ['platforms', 'contentTypes', 'campaigns', 'days'],
  );
}
