import {
  daysBetween,
  formatMoney,
  percentOf,
  valueFigures,
  type LocalDate,
  type MissingReason,
  type MoneyRatio,
  type Percent,
  type Ratio,
  type ReachFigures,
  type Total,
  type ValueFigures,
  type ValueSums,
} from '@retainer/domain';

import type { Dimension, KeyedSums } from '../../rollups/sums.ts';
import type { ClientFacts } from './client-figures.ts';

/** An amount that may be unknown: then `amount` is null, and `reason` and the part that is known stand beside it. */
export interface AmountDto {
  readonly amount: string | null;
  readonly currency: string;
  readonly reason?: MissingReason;
  readonly knownAmount?: string;
}

/** A figure that may have no value, and why. */
export interface FigureDto {
  readonly value: string | null;
  readonly reason: MissingReason | null;
}

/** Money for one of something; `exact` is in minor units, to 6 places. */
export interface UnitCostDto {
  readonly value: {
    readonly amount: string;
    readonly currency: string;
    readonly exact: string;
  } | null;
  readonly reason: MissingReason | null;
}

/** What a row cost. */
export interface CostDto {
  readonly timeSpentMinutes: number;
  readonly timeSpentSeconds: number;
  readonly billableMinutes: number;
  readonly time: AmountDto;
  readonly tools: AmountDto;
  readonly adSpend: AmountDto;
  readonly other: AmountDto;
  readonly total: AmountDto;
}

/** What came of it. A count is null where it is unknown, which is not 0; `reasons` says why. */
export interface OutcomeDto {
  readonly impressions: number | null;
  readonly reach: number | null;
  readonly averageDailyReach: string | null;
  readonly engagement: number | null;
  readonly clicks: number | null;
  readonly videoViews: number | null;
  readonly leads: number | null;
  readonly conversions: number | null;
  readonly revenue: AmountDto;
  readonly total: AmountDto;
  readonly reasons: Readonly<Record<string, MissingReason>>;
  /** How many posts were published, and of how many of them impressions are known. */
  readonly coverage: { readonly posts: number; readonly measuredPosts: number };
}

/** The one in relation to the other. */
export interface EfficiencyDto {
  readonly roiPercent: FigureDto;
  readonly roas: FigureDto;
  readonly costPerImpression: UnitCostDto;
  readonly costPerThousandImpressions: UnitCostDto;
  readonly costPerClick: UnitCostDto;
  readonly costPerLead: UnitCostDto;
  readonly costPerConversion: UnitCostDto;
  readonly engagementRatePercent: FigureDto;
  readonly clickThroughRatePercent: FigureDto;
  readonly conversionRatePercent: FigureDto;
  readonly leadConversionPercent: FigureDto;
  readonly valuePerHour: UnitCostDto;
  readonly timeEfficiency: FigureDto;
}

/** All figures of a client, of an agency, or of one row of a breakdown. */
export interface FiguresDto {
  readonly cost: CostDto;
  readonly value: OutcomeDto;
  readonly efficiency: EfficiencyDto;
  readonly timeSaved: { readonly minutes: number; readonly value: AmountDto };
}

/** One platform, content type, campaign or day. */
export interface BreakdownRowDto extends FiguresDto {
  readonly key: string;
  readonly label: string;
}

/** A client's figures of a period, whole and broken down. */
export interface TrackingFiguresDto extends FiguresDto {
  readonly period: {
    readonly startDate: LocalDate;
    readonly endDate: LocalDate;
    readonly days: number;
  };
  readonly currency: string;
  readonly breakdowns: Readonly<Record<Dimension, BreakdownRowDto[]>>;
}

/** The key of the row of what names no platform, content type or campaign. */
export const UNATTRIBUTED_KEY = 'unattributed';

/** Works out and writes down all figures of a client and period. */
export function toTrackingFigures(
  facts: ClientFacts,
  { startDate, endDate }: { readonly startDate: LocalDate; readonly endDate: LocalDate },
): TrackingFiguresDto {
  const { sums, currency, terms, campaignNames, reachByPlatform } = facts;
  const rowsOf = (
    rows: readonly KeyedSums[],
    labelOf: (key: string) => string,
    reachOf: (key: string) => ReachFigures | undefined = () => undefined,
  ): BreakdownRowDto[] =>
    rows.map((row) => ({
      key: row.key === '' ? UNATTRIBUTED_KEY : row.key,
      label: row.key === '' ? 'Unattributed' : labelOf(row.key),
      ...toFigures(valueFigures(row.sums, terms), row.sums, reachOf(row.key)),
    }));
  const { platform, contentType, campaign, day } = sums.breakdowns;
  return {
    period: { startDate, endDate, days: daysBetween(startDate, endDate) + 1 },
    currency,
    ...toFigures(valueFigures(sums.total, terms), sums.total, facts.reach),
    breakdowns: {
      platform: rowsOf(
        platform,
        (key) => key,
        (key) => reachByPlatform.get(key),
      ),
      contentType: rowsOf(contentType, (key) => key),
      campaign: rowsOf(campaign, (key) => campaignNames.get(key) ?? key),
      day: rowsOf(day, (key) => key),
    },
  };
}

/** Writes down the figures of one row. */
export function toFigures(
  figures: ValueFigures,
  sums: Pick<ValueSums, 'posts' | 'measuredPosts'>,
  reach?: ReachFigures,
): FiguresDto {
  const { cost, efficiency, timeSaved, currency } = figures;
  const amount = (total: Total): AmountDto => toAmount(total, currency);
  const unit = (ratio: MoneyRatio): UnitCostDto => toUnitCost(ratio, currency);
  return {
    cost: {
      timeSpentMinutes: minutesOf(cost.seconds),
      timeSpentSeconds: Number(cost.seconds),
      billableMinutes: minutesOf(cost.billableSeconds),
      time: amount(cost.time),
      tools: amount(cost.tools),
      adSpend: amount(cost.adSpend),
      other: amount(cost.other),
      total: amount(cost.total),
    },
    value: toOutcome(figures, sums, reach),
    efficiency: {
      roiPercent: toFigure(efficiency.roiPercent),
      roas: toFigure(efficiency.roas),
      costPerImpression: unit(efficiency.costPerImpression),
      costPerThousandImpressions: unit(efficiency.costPerThousandImpressions),
      costPerClick: unit(efficiency.costPerClick),
      costPerLead: unit(efficiency.costPerLead),
      costPerConversion: unit(efficiency.costPerConversion),
      engagementRatePercent: toFigure(efficiency.engagementRatePercent),
      clickThroughRatePercent: toFigure(percentOf(efficiency.ctr)),
      conversionRatePercent: toFigure(percentOf(efficiency.conversionRate)),
      leadConversionPercent: toFigure(percentOf(efficiency.leadConversion)),
      valuePerHour: unit(efficiency.valuePerHour),
      timeEfficiency: toFigure(efficiency.timeEfficiency),
    },
    timeSaved: { minutes: minutesOf(timeSaved.seconds), value: amount(timeSaved.value) },
  };
}

/** Reach is told of an account: a content type, a campaign or a day has none. */
const UNKNOWN_REACH = { value: null, reason: 'missing_data' } as const;

function toOutcome(
  { value, currency }: ValueFigures,
  sums: Pick<ValueSums, 'posts' | 'measuredPosts'>,
  reach: ReachFigures | undefined,
): OutcomeDto {
  const counts = {
    impressions: countOf(value.impressions),
    engagement: countOf(value.engagement),
    clicks: countOf(value.clicks),
    videoViews: countOf(value.videoViews),
    leads: countOf(value.leads),
    conversions: countOf(value.conversions),
  };
  const unknown = Object.entries(counts).filter(([, count]) => count === null);
  const reasons: Record<string, MissingReason> = Object.fromEntries(
    unknown.map(([name]) => [name, 'missing_data']),
  );
  const people = reach?.reach ?? UNKNOWN_REACH;
  if (people.value === null) reasons['reach'] = people.reason;
  return {
    ...counts,
    reach: countOf(people.value),
    averageDailyReach: reach?.averageDailyReach.value ?? null,
    revenue: toAmount(value.revenue, currency),
    total: toAmount(value.total, currency),
    reasons,
    coverage: { posts: Number(sums.posts), measuredPosts: Number(sums.measuredPosts) },
  };
}

/** An amount for the wire. */
export function toAmount(total: Total, currency: string): AmountDto {
  const text = (amountMinor: bigint): string => formatMoney({ amountMinor, currency }).amount;
  if (total.totalMinor !== null) return { amount: text(total.totalMinor), currency };
  const { reason = 'missing_data', knownMinor } = total;
  return {
    amount: null,
    currency,
    reason,
    ...(reason === 'missing_rate' && { knownAmount: text(knownMinor) }),
  };
}

/** A ratio or percentage for the wire. */
export function toFigure(figure: Ratio | Percent): FigureDto {
  return figure.value === null
    ? { value: null, reason: figure.reason }
    : { value: figure.value, reason: null };
}

/** Money for one of something, for the wire. */
export function toUnitCost(ratio: MoneyRatio, currency: string): UnitCostDto {
  if (ratio.minor === null) return { value: null, reason: ratio.reason };
  const { amount } = formatMoney({ amountMinor: ratio.minor, currency });
  return { value: { amount, currency, exact: ratio.exact }, reason: null };
}

/** A count for the wire. */
export function countOf(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}

/** Seconds as minutes with two decimals, enough for people. Shown, and never an input. */
export function minutesOf(seconds: bigint): number {
  return Math.round(Number(seconds) / 0.6) / 100;
}
