import { missing, type MissingReason } from '../money/missing.ts';
import { percentOf, type MoneyRatio, type Percent, type Ratio } from '../money/ratio.ts';
import { addTotals, type Total } from '../money/total.ts';
import { cpa, cpc, cpi, cpl, cpm } from './cost-per.ts';
import { valuePerHour } from './margin.ts';
import { conversionRate, ctr, engagementRate, leadConversion } from './response-rates.ts';
import { roas, roi } from './return-on.ts';
import { timeEfficiency } from './time-saved.ts';
import type { ValueSums } from './value-sums.ts';

/** What must be known beside the sums to judge them. A price that nobody set is null; 0 is a price. */
export interface ValueTerms {
  readonly revenueKnown: boolean;
  readonly leadsKnown: boolean;
  readonly conversionsKnown: boolean;
  readonly conversionValueMinor: bigint | null;
  readonly leadValueMinor: bigint | null;
  /** The agency counts the money of saved time as value when it works out the ROI; it does not unless it says so. */
  readonly savedTimeInRoi?: boolean;
}

/** What a row cost. */
export interface CostFigures {
  readonly seconds: bigint;
  readonly billableSeconds: bigint;
  readonly time: Total;
  readonly tools: Total;
  readonly adSpend: Total;
  readonly other: Total;
  readonly total: Total;
  /** All but the ad spend, which the client pays: what a margin is counted with. */
  readonly borneByAgency: Total;
}

/** What came of it; a count is null when it is unknown. */
export interface OutcomeFigures {
  readonly posts: bigint;
  readonly measuredPosts: bigint;
  readonly impressions: bigint | null;
  readonly engagement: bigint | null;
  readonly clicks: bigint | null;
  readonly videoViews: bigint | null;
  readonly leads: bigint | null;
  readonly conversions: bigint | null;
  readonly revenue: Total;
  readonly total: Total;
}

/** The one in relation to the other. */
export interface EfficiencyFigures {
  readonly roi: Ratio;
  readonly roiPercent: Percent;
  readonly roas: Ratio;
  readonly costPerImpression: MoneyRatio;
  readonly costPerThousandImpressions: MoneyRatio;
  readonly costPerClick: MoneyRatio;
  readonly costPerLead: MoneyRatio;
  readonly costPerConversion: MoneyRatio;
  readonly engagementRate: Ratio;
  readonly engagementRatePercent: Percent;
  readonly ctr: Ratio;
  readonly conversionRate: Ratio;
  readonly leadConversion: Ratio;
  readonly valuePerHour: MoneyRatio;
  readonly timeEfficiency: Ratio;
}

/** Every figure of one row. */
export interface ValueFigures {
  readonly currency: string;
  readonly cost: CostFigures;
  readonly value: OutcomeFigures;
  readonly efficiency: EfficiencyFigures;
  readonly timeSaved: { readonly seconds: bigint; readonly value: Total };
}

/**
 * Works out every figure of a row from its sums. Where a rate is missing, the amount and whatever needs it have no
 * value, and the part that is known stands beside the amount.
 */
export function valueFigures(sums: ValueSums, terms: ValueTerms): ValueFigures {
  const judged = returnFigures(sums, terms);
  return {
    currency: sums.currency,
    cost: judged.cost,
    value: judged.value,
    efficiency: efficiencyFigures(sums, judged),
    timeSaved: { seconds: sums.savedSeconds, value: savedOf(sums) },
  };
}

/** What a row cost and brought, before the one is related to the other. */
export interface ReturnFigures {
  readonly cost: CostFigures;
  readonly value: OutcomeFigures;
  /** The value as the agency counts it for its ROI. */
  readonly returned: Total;
}

/** The part of `valueFigures` that needs no division, for whoever goes through many rows. */
export function returnFigures(sums: ValueSums, terms: ValueTerms): ReturnFigures {
  const value = outcomeFigures(sums, terms);
  const returned =
    terms.savedTimeInRoi === true ? addTotals([value.total, savedOf(sums)]) : value.total;
  return { cost: costFigures(sums), value, returned };
}

/** The ROI of a row; without an amount it says why that one is missing. */
export function returnOnCost({ returned, cost: { total } }: ReturnFigures): Ratio {
  return ratioBy(
    [returned, total],
    roi({ valueMinor: returned.totalMinor, costMinor: total.totalMinor }),
  );
}

function savedOf(sums: ValueSums): Total {
  return totalOf(sums.savedMinor, sums.savedMissing);
}

function costFigures(sums: ValueSums): CostFigures {
  const time = totalOf(sums.timeMinor, sums.timeMissing);
  const tools = totalOf(sums.toolsMinor, sums.toolsMissing);
  const adSpend = totalOf(sums.adsMinor, sums.adsMissing);
  const other = totalOf(sums.otherMinor, sums.otherMissing);
  return {
    seconds: sums.seconds,
    billableSeconds: sums.billableSeconds,
    time,
    tools,
    adSpend,
    other,
    total: addTotals([time, tools, adSpend, other]),
    borneByAgency: addTotals([time, tools, other]),
  };
}

function outcomeFigures(sums: ValueSums, terms: ValueTerms): OutcomeFigures {
  const revenue = revenueOf(sums, terms);
  return {
    posts: sums.posts,
    measuredPosts: sums.measuredPosts,
    impressions: sums.impressions,
    engagement: sums.engagement,
    clicks: sums.clicks,
    videoViews: sums.videoViews,
    leads: terms.leadsKnown ? sums.leads : null,
    conversions: terms.conversionsKnown ? sums.conversions : null,
    revenue,
    total: valueOf(revenue, sums, terms),
  };
}

function revenueOf(sums: ValueSums, { revenueKnown }: ValueTerms): Total {
  return revenueKnown || sums.revenueMissing > 0n
    ? totalOf(sums.revenueMinor, sums.revenueMissing)
    : unknown('missing_data');
}

/** A price stands in for revenue that nobody tells, so only without one is the value unknown too. */
function valueOf(revenue: Total, sums: ValueSums, terms: ValueTerms): Total {
  const { conversionValueMinor, leadValueMinor } = terms;
  const isPriced = conversionValueMinor !== null || leadValueMinor !== null;
  if (revenue.reason === 'missing_data' && !isPriced) return revenue;

  const conversionsMinor = sums.unpricedConversions * (conversionValueMinor ?? 0n);
  const leadsMinor = sums.leads * (leadValueMinor ?? 0n);
  const told = revenue.reason === 'missing_data' ? totalOf(0n, 0n) : revenue;
  return addTotals([told, totalOf(conversionsMinor + leadsMinor, 0n)]);
}

function efficiencyFigures(sums: ValueSums, judged: ReturnFigures): EfficiencyFigures {
  const { cost, value } = judged;
  const { total, adSpend } = cost;
  const { impressions, clicks, leads, conversions, revenue } = value;
  const costMinor = total.totalMinor;
  const returned = returnOnCost(judged);
  const { rate } = engagementRate({
    basis: 'impressions',
    engagement: sums.rateEngagement,
    denominator: sums.rateImpressions,
  });
  return {
    roi: returned,
    roiPercent: percentOf(returned),
    roas: ratioBy([revenue, adSpend], roas(revenue.totalMinor, adSpend.totalMinor)),
    costPerImpression: moneyBy([total], cpi(costMinor, impressions)),
    costPerThousandImpressions: moneyBy([total], cpm(costMinor, impressions)),
    costPerClick: moneyBy([adSpend], cpc(adSpend.totalMinor, clicks)),
    costPerLead: moneyBy([total], cpl(costMinor, leads)),
    costPerConversion: moneyBy([total], cpa(costMinor, conversions)),
    engagementRate: rate,
    engagementRatePercent: percentOf(rate),
    ctr: ctr(sums.ctrClicks, sums.ctrImpressions),
    conversionRate: conversionRate(conversions, clicks),
    leadConversion: leadConversion(conversions, leads),
    valuePerHour: moneyBy([value.total], valuePerHour(value.total.totalMinor, sums.seconds)),
    timeEfficiency: timeEfficiency(sums.savedSeconds, sums.savedBaselineSeconds),
  };
}

function totalOf(knownMinor: bigint, missingFacts: bigint): Total {
  return missingFacts > 0n
    ? { totalMinor: null, knownMinor, reason: 'missing_rate' }
    : { totalMinor: knownMinor, knownMinor, reason: undefined };
}

function unknown(reason: MissingReason): Total {
  return { totalMinor: null, knownMinor: 0n, reason };
}

/** A ratio that lacks an amount says why the amount is missing, not only that it is. */
function ratioBy(amounts: readonly Total[], ratio: Ratio): Ratio {
  const reason = reasonOf(amounts);
  return reason === undefined ? ratio : missing(reason);
}

function moneyBy(amounts: readonly Total[], ratio: MoneyRatio): MoneyRatio {
  const reason = reasonOf(amounts);
  return reason === undefined ? ratio : { minor: null, reason };
}

function reasonOf(amounts: readonly Total[]): MissingReason | undefined {
  return amounts.find(({ reason }) => reason !== undefined)?.reason;
}
