import type { LeafKind } from '../../rollups/leaf.ts';
import type { FactFigure, FigureName } from './figure-names.ts';

/** What a leaf adds. `worth` is its amount or, where a lead or conversion has none, what one is taken to be worth. */
export type LeafMeasure =
  | 'seconds'
  | 'billableSeconds'
  | 'baselineSeconds'
  | 'count'
  | 'minor'
  | 'worth';

/** A total of observed metrics, as the rollups name it. */
export type ObservedColumn = 'impressions' | 'engagement' | 'clicks' | 'video_views';

/** The facts that a figure is the sum of. */
export type FactsOf =
  | {
      readonly from: 'leaves';
      readonly kinds: readonly LeafKind[];
      readonly measure: LeafMeasure;
      /** Only conversions that have an amount of their own, or only those without. */
      readonly conversions?: 'with_amount' | 'without_amount';
    }
  | {
      readonly from: 'observations';
      readonly column: ObservedColumn;
      /** Only of posts and channels that tell this as well: the other term of a rate. */
      readonly beside?: Exclude<ObservedColumn, 'video_views'>;
    }
  | { readonly from: 'reach' };

/** How a figure comes from its facts, in plain words, and the figures it can be seen as a sum of. */
export interface FactFigureSpec {
  readonly formula: string;
  readonly facts: FactsOf;
  readonly terms?: readonly FigureName[];
}

const OF_DAYS = 'what each day added: its last value less the last one before, of';
const REACH = { from: 'reach' } as const;

/** Every figure that facts add up to, and where they are found. */
export const FACT_FIGURES: Readonly<Record<FactFigure, FactFigureSpec>> = {
  'cost.timeSpentMinutes': {
    formula: 'tracked seconds / 60',
    facts: leaves(['time'], 'seconds'),
  },
  'cost.billableMinutes': {
    formula: 'billable seconds, rounded as the agency rounds them, / 60',
    facts: leaves(['time'], 'billableSeconds'),
  },
  'cost.time': {
    formula: 'tracked seconds x hourly rate of the day / 3600, each entry rounded once',
    facts: leaves(['time'], 'minor'),
  },
  'cost.tools': {
    formula: 'the client’s shares of what tools cost, each spread evenly over the days it pays for',
    facts: leaves(['tool'], 'minor'),
  },
  'cost.adSpend': {
    formula: 'ad spend, each amount spread evenly over its days',
    facts: leaves(['ad_spend'], 'minor'),
  },
  'cost.other': {
    formula: 'other costs, each amount spread evenly over its days',
    facts: leaves(['other'], 'minor'),
  },
  'cost.total': {
    formula: 'cost.time + cost.tools + cost.adSpend + cost.other',
    facts: leaves(['time', 'tool', 'ad_spend', 'other'], 'minor'),
    terms: ['cost.time', 'cost.tools', 'cost.adSpend', 'cost.other'],
  },
  'value.impressions': {
    formula: `${OF_DAYS} impressions, or of views where a platform tells none`,
    facts: observed('impressions'),
  },
  'value.engagement': {
    formula: `${OF_DAYS} reactions (or likes) + comments + shares + reposts + quotes + saves + link clicks, or of the host’s own total where it tells no parts`,
    facts: observed('engagement'),
  },
  'value.clicks': { formula: `${OF_DAYS} clicks`, facts: observed('clicks') },
  'value.videoViews': { formula: `${OF_DAYS} video views`, facts: observed('video_views') },
  'value.leads': { formula: 'leads', facts: leaves(['lead'], 'count') },
  'value.conversions': { formula: 'conversions', facts: leaves(['conversion'], 'count') },
  'value.revenue': {
    formula: 'revenue + conversions that have an amount of their own',
    facts: { ...leaves(['revenue', 'conversion'], 'minor'), conversions: 'with_amount' },
  },
  'value.total': {
    formula:
      'value.revenue + value.conversionsWithoutAmount x conversionValue + value.leads x leadValue',
    facts: leaves(['revenue', 'conversion', 'lead'], 'worth'),
    terms: ['value.revenue', 'value.conversionsWithoutAmount', 'value.leads'],
  },
  'timeSaved.minutes': {
    formula: '(seconds that the work takes by hand - seconds that it took) / 60',
    facts: leaves(['saved'], 'seconds'),
  },
  'timeSaved.value': {
    formula: 'saved seconds x hourly rate of the day / 3600, each rounded once',
    facts: leaves(['saved'], 'minor'),
  },
  'timeSaved.baselineMinutes': {
    formula: 'seconds that the work takes by hand / 60',
    facts: leaves(['saved'], 'baselineSeconds'),
  },
  'value.conversionsWithoutAmount': {
    formula: 'conversions that have no amount of their own',
    facts: { ...leaves(['conversion'], 'count'), conversions: 'without_amount' },
  },
  'value.engagementWithImpressions': {
    formula: 'value.engagement of the posts and channels that tell impressions too',
    facts: { ...observed('engagement'), beside: 'impressions' },
  },
  'value.impressionsWithEngagement': {
    formula: 'value.impressions of the posts and channels that tell engagement too',
    facts: { ...observed('impressions'), beside: 'engagement' },
  },
  'value.clicksWithImpressions': {
    formula: 'value.clicks of the posts and channels that tell impressions too',
    facts: { ...observed('clicks'), beside: 'impressions' },
  },
  'value.impressionsWithClicks': {
    formula: 'value.impressions of the posts and channels that tell clicks too',
    facts: { ...observed('impressions'), beside: 'clicks' },
  },
  'value.reach': {
    formula: 'the reach that the host tells of the whole period; that of days is never added up',
    facts: REACH,
  },
  'value.averageDailyReach': { formula: 'the mean of the reach of each day', facts: REACH },
};

function leaves(kinds: readonly LeafKind[], measure: LeafMeasure) {
  return { from: 'leaves', kinds, measure } as const;
}

function observed(column: ObservedColumn) {
  return { from: 'observations', column } as const;
}
