import type { KpiDashboard } from '@retainer/core';

/** A part of the dashboard, by the name that the API gives it. */
export type Section =
  | 'performance'
  | 'contentVelocity'
  | 'clients'
  | 'campaigns'
  | 'roi'
  | 'insights.margin';

/** What a figure counts in. A ratio is told as such and shown in per cent. */
export type Unit = 'count' | 'money' | 'decimal' | 'percent' | 'ratio';

/** A figure in two periods. */
export type Kpi =
  | KpiDashboard['performance']['impressions']
  | KpiDashboard['performance']['revenue']
  | KpiDashboard['performance']['averageRoi'];

/** A figure of the dashboard, and how it is spoken of. */
export interface FigureEntry {
  readonly section: Section;
  /** Its name in the API. */
  readonly figure: string;
  readonly label: string;
  readonly unit: Unit;
  /** What it is, in a sentence. */
  readonly definition: string;
  /** What to look at where it got worse. */
  readonly next: string;
  readonly of: (dashboard: KpiDashboard) => Kpi;
}

const PER_DAY = 'divided by the complete days of the period';

/** Every figure there is, in the order in which they are shown. */
export const CATALOGUE: readonly FigureEntry[] = [
  {
    section: 'performance',
    figure: 'impressions',
    label: 'Impressions',
    unit: 'count',
    definition: 'How often posts were shown; of a platform that tells none, its views.',
    next: 'Impressions: see which platform lost them, and whether fewer posts went out.',
    of: ({ performance }) => performance.impressions,
  },
  {
    section: 'performance',
    figure: 'engagement',
    label: 'Engagement',
    unit: 'count',
    definition: 'Reactions, comments, shares, quotes, saves and link clicks.',
    next: 'Engagement: see which content types lost it, and do more of those that kept it.',
    of: ({ performance }) => performance.engagement,
  },
  {
    section: 'performance',
    figure: 'leads',
    label: 'Leads',
    unit: 'count',
    definition: 'Leads that were told, on the day they came in.',
    next: 'Leads: see which campaign brought fewer, and move its budget to the best.',
    of: ({ performance }) => performance.leads,
  },
  {
    section: 'performance',
    figure: 'conversions',
    label: 'Conversions',
    unit: 'count',
    definition: 'Conversions that were told, on the day they came in.',
    next: 'Conversions: see where leads are lost on their way.',
    of: ({ performance }) => performance.conversions,
  },
  {
    section: 'performance',
    figure: 'revenue',
    label: 'Revenue',
    unit: 'money',
    definition: 'What clients sold, refunds taken off, at the exchange rate of the day.',
    next: 'Revenue: see which client sold less, and whether all of it was told.',
    of: ({ performance }) => performance.revenue,
  },
  {
    section: 'performance',
    figure: 'averageRoi',
    label: 'Average ROI',
    unit: 'ratio',
    definition: 'The mean of the ROI of each client with a cost and a known value.',
    next: 'Average ROI: see which clients fell, and what they cost more or brought less.',
    of: ({ performance }) => performance.averageRoi,
  },
  {
    section: 'contentVelocity',
    figure: 'posts',
    label: 'Posts published',
    unit: 'count',
    definition: 'Posts that went out; one to several channels is one post.',
    next: 'Posts: see which clients published less than their tier allows.',
    of: ({ contentVelocity }) => contentVelocity.posts,
  },
  {
    section: 'contentVelocity',
    figure: 'content',
    label: 'Content created',
    unit: 'count',
    definition: 'Posts that were created, whatever became of them.',
    next: 'Content: plan more of it, or see who is short of time.',
    of: ({ contentVelocity }) => contentVelocity.content,
  },
  {
    section: 'contentVelocity',
    figure: 'postsPerDay',
    label: 'Posts a day',
    unit: 'decimal',
    definition: `Posts published, ${PER_DAY}.`,
    next: 'Posts: see which clients published less than their tier allows.',
    of: ({ contentVelocity }) => contentVelocity.postsPerDay,
  },
  {
    section: 'contentVelocity',
    figure: 'contentPerDay',
    label: 'Content a day',
    unit: 'decimal',
    definition: `Content created, ${PER_DAY}.`,
    next: 'Content: plan more of it, or see who is short of time.',
    of: ({ contentVelocity }) => contentVelocity.contentPerDay,
  },
  {
    section: 'clients',
    figure: 'total',
    label: 'Clients',
    unit: 'count',
    definition: 'Clients that the agency had in the period.',
    next: 'Clients: see who left, and why.',
    of: ({ clients }) => clients.total,
  },
  {
    section: 'clients',
    figure: 'active',
    label: 'Active clients',
    unit: 'count',
    definition: 'Clients whose tier was active or on trial on the last day of the period.',
    next: 'Active clients: see whose tier ended or was paused.',
    of: ({ clients }) => clients.active,
  },
  {
    section: 'clients',
    figure: 'activeAnyDay',
    label: 'Active on any day',
    unit: 'count',
    definition: 'Clients whose tier was active or on trial on any day of the period.',
    next: 'Active clients: see whose tier ended or was paused.',
    of: ({ clients }) => clients.activeAnyDay,
  },
  {
    section: 'clients',
    figure: 'withActivity',
    label: 'Clients with activity',
    unit: 'count',
    definition: 'Clients with a post or tracked time in the period.',
    next: 'Activity: see which clients had neither a post nor time.',
    of: ({ clients }) => clients.withActivity,
  },
  {
    section: 'campaigns',
    figure: 'active',
    label: 'Active campaigns',
    unit: 'count',
    definition: 'Campaigns whose dates overlap the period.',
    next: 'Campaigns: see which ended, and what comes next.',
    of: ({ campaigns }) => campaigns.active,
  },
  {
    section: 'campaigns',
    figure: 'roiPercent',
    label: 'ROI of campaigns',
    unit: 'percent',
    definition: '(Value − cost) ÷ cost of all campaigns together; tools are no campaign’s.',
    next: 'ROI of campaigns: see which cost more or brought less.',
    of: ({ campaigns }) => campaigns.roiPercent,
  },
  {
    section: 'roi',
    figure: 'totalCost',
    label: 'Cost',
    unit: 'money',
    definition: 'Tracked time at its rates, tools, ad spend and other costs.',
    next: 'Cost: see which client’s time, tools or ads grew.',
    of: ({ roi }) => roi.totalCost,
  },
  {
    section: 'roi',
    figure: 'totalValue',
    label: 'Value',
    unit: 'money',
    definition:
      'Revenue, and leads and conversions without an amount at the value that was agreed for them.',
    next: 'Value: see which client brought less.',
    of: ({ roi }) => roi.totalValue,
  },
  {
    section: 'roi',
    figure: 'netValue',
    label: 'Net value',
    unit: 'money',
    definition: 'Value less cost.',
    next: 'Net value: see whether cost grew or value fell.',
    of: ({ roi }) => roi.netValue,
  },
  {
    section: 'roi',
    figure: 'roiPercent',
    label: 'ROI',
    unit: 'percent',
    definition: '(Value − cost) ÷ cost: sums over sums, of the clients whose value is known.',
    next: 'ROI: see whether cost grew or value fell.',
    of: ({ roi }) => roi.roiPercent,
  },
  {
    section: 'insights.margin',
    figure: 'fee',
    label: 'Fees',
    unit: 'money',
    definition: 'What clients were charged for their tiers, by the day.',
    next: 'Fees: see whose tier ended, was paused or became smaller.',
    of: ({ insights }) => insights.margin.fee,
  },
  {
    section: 'insights.margin',
    figure: 'cost',
    label: 'Cost we bear',
    unit: 'money',
    definition: 'Time, tools and other costs; ad spend is paid by clients.',
    next: 'Cost we bear: see whose time or tools grew, and whether the tier pays for it.',
    of: ({ insights }) => insights.margin.cost,
  },
  {
    section: 'insights.margin',
    figure: 'kept',
    label: 'Kept of fees',
    unit: 'money',
    definition: 'Fees less the cost we bear.',
    next: 'Kept of fees: see which clients cost more than before.',
    of: ({ insights }) => insights.margin.kept,
  },
  {
    section: 'insights.margin',
    figure: 'marginPercent',
    label: 'Margin',
    unit: 'percent',
    definition: 'What is kept, as a share of the fees.',
    next: 'Margin: see which clients’ fees no longer cover their work.',
    of: ({ insights }) => insights.margin.marginPercent,
  },
];
