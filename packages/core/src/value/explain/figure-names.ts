/** The figures that are sums of facts, by their place in a value tracking answer. */
export const SUMMED_FIGURES = [
  'cost.timeSpentMinutes',
  'cost.billableMinutes',
  'cost.time',
  'cost.tools',
  'cost.adSpend',
  'cost.other',
  'cost.total',
  'value.impressions',
  'value.engagement',
  'value.clicks',
  'value.videoViews',
  'value.leads',
  'value.conversions',
  'value.revenue',
  'value.total',
  'timeSaved.minutes',
  'timeSaved.value',
] as const;

/** Sums that no answer shows by themselves: others are made of them. */
export const PART_FIGURES = [
  'value.conversionsWithoutAmount',
  'value.engagementWithImpressions',
  'value.impressionsWithEngagement',
  'value.clicksWithImpressions',
  'value.impressionsWithClicks',
  'timeSaved.baselineMinutes',
] as const;

/** What the host tells and nobody adds up. */
export const TOLD_FIGURES = ['value.reach', 'value.averageDailyReach'] as const;

/** Figures that are divided out of others. */
export const RATIO_FIGURES = [
  'efficiency.roiPercent',
  'efficiency.roas',
  'efficiency.costPerImpression',
  'efficiency.costPerThousandImpressions',
  'efficiency.costPerClick',
  'efficiency.costPerLead',
  'efficiency.costPerConversion',
  'efficiency.engagementRatePercent',
  'efficiency.clickThroughRatePercent',
  'efficiency.conversionRatePercent',
  'efficiency.leadConversionPercent',
  'efficiency.valuePerHour',
  'efficiency.timeEfficiency',
] as const;

/** Every figure that can be explained. */
export const FIGURE_NAMES = [
  ...SUMMED_FIGURES,
  ...PART_FIGURES,
  ...TOLD_FIGURES,
  ...RATIO_FIGURES,
] as const;

export type FactFigure = (
  | typeof SUMMED_FIGURES
  | typeof PART_FIGURES
  | typeof TOLD_FIGURES
)[number];
export type RatioFigure = (typeof RATIO_FIGURES)[number];
export type FigureName = (typeof FIGURE_NAMES)[number];
