import type { FigureName, RatioFigure } from './figure-names.ts';

/** How a figure is divided out of others, each of which can be explained in turn. */
export interface RatioFigureSpec {
  readonly formula: string;
  readonly terms: readonly FigureName[];
}

/** Every figure that is divided out of others. */
export const RATIOS: Readonly<Record<RatioFigure, RatioFigureSpec>> = {
  'efficiency.roiPercent': {
    formula: '(value.total - cost.total) / cost.total x 100',
    terms: ['value.total', 'cost.total'],
  },
  'efficiency.roas': {
    formula: 'value.revenue / cost.adSpend',
    terms: ['value.revenue', 'cost.adSpend'],
  },
  'efficiency.costPerImpression': {
    formula: 'cost.total / value.impressions',
    terms: ['cost.total', 'value.impressions'],
  },
  'efficiency.costPerThousandImpressions': {
    formula: 'cost.total x 1000 / value.impressions',
    terms: ['cost.total', 'value.impressions'],
  },
  'efficiency.costPerClick': {
    formula: 'cost.adSpend / value.clicks',
    terms: ['cost.adSpend', 'value.clicks'],
  },
  'efficiency.costPerLead': {
    formula: 'cost.total / value.leads',
    terms: ['cost.total', 'value.leads'],
  },
  'efficiency.costPerConversion': {
    formula: 'cost.total / value.conversions',
    terms: ['cost.total', 'value.conversions'],
  },
  'efficiency.engagementRatePercent': {
    formula: 'value.engagementWithImpressions / value.impressionsWithEngagement x 100',
    terms: ['value.engagementWithImpressions', 'value.impressionsWithEngagement'],
  },
  'efficiency.clickThroughRatePercent': {
    formula: 'value.clicksWithImpressions / value.impressionsWithClicks x 100',
    terms: ['value.clicksWithImpressions', 'value.impressionsWithClicks'],
  },
  'efficiency.conversionRatePercent': {
    formula: 'value.conversions / value.clicks x 100',
    terms: ['value.conversions', 'value.clicks'],
  },
  'efficiency.leadConversionPercent': {
    formula: 'value.conversions / value.leads x 100',
    terms: ['value.conversions', 'value.leads'],
  },
  'efficiency.valuePerHour': {
    formula: 'value.total x 60 / cost.timeSpentMinutes',
    terms: ['value.total', 'cost.timeSpentMinutes'],
  },
  'efficiency.timeEfficiency': {
    formula: 'timeSaved.minutes / timeSaved.baselineMinutes',
    terms: ['timeSaved.minutes', 'timeSaved.baselineMinutes'],
  },
};

/** The ROI of an agency that counts the money of saved time as value. */
export const ROI_WITH_SAVED_TIME: RatioFigureSpec = {
  formula: '(value.total + timeSaved.value - cost.total) / cost.total x 100',
  terms: ['value.total', 'timeSaved.value', 'cost.total'],
};
