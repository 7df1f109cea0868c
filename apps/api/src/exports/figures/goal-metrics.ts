import type { TargetMetric } from '@retainer/core';

import type { Unit } from './catalogue.ts';

/** How a metric that is aimed at is spoken of. */
export interface GoalMetric {
  readonly label: string;
  readonly unit: Unit | 'hours';
}

const METRICS = {
  impressions: { label: 'Impressions', unit: 'count' },
  reach: { label: 'Reach', unit: 'count' },
  engagement: { label: 'Engagement', unit: 'count' },
  clicks: { label: 'Clicks', unit: 'count' },
  videoViews: { label: 'Video views', unit: 'count' },
  leads: { label: 'Leads', unit: 'count' },
  conversions: { label: 'Conversions', unit: 'count' },
  revenue: { label: 'Revenue', unit: 'money' },
  value: { label: 'Value', unit: 'money' },
  posts: { label: 'Posts published', unit: 'count' },
  cost: { label: 'Cost', unit: 'money' },
  adSpend: { label: 'Ad spend', unit: 'money' },
  hours: { label: 'Hours', unit: 'hours' },
  roiPercent: { label: 'ROI', unit: 'percent' },
  roas: { label: 'ROAS', unit: 'decimal' },
  costPerImpression: { label: 'Cost per impression', unit: 'money' },
  costPerThousandImpressions: { label: 'Cost per thousand impressions', unit: 'money' },
  costPerClick: { label: 'Cost per click', unit: 'money' },
  costPerLead: { label: 'Cost per lead', unit: 'money' },
  costPerConversion: { label: 'Cost per conversion', unit: 'money' },
  engagementRatePercent: { label: 'Engagement rate', unit: 'percent' },
  clickThroughRatePercent: { label: 'Click-through rate', unit: 'percent' },
  conversionRatePercent: { label: 'Conversion rate', unit: 'percent' },
  leadConversionPercent: { label: 'Lead conversion', unit: 'percent' },
  valuePerHour: { label: 'Value per hour', unit: 'money' },
  timeEfficiency: { label: 'Time efficiency', unit: 'decimal' },
  marginPercent: { label: 'Margin', unit: 'percent' },
} as const satisfies Readonly<Record<TargetMetric, GoalMetric>>;

/** The words for a metric by its name in the API. */
export function goalMetric(metric: string): GoalMetric {
  const known: Readonly<Record<string, GoalMetric>> = METRICS;
  return known[metric] ?? { label: metric, unit: 'decimal' };
}
