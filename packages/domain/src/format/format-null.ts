import type { MissingReason } from '../money/missing.ts';

/** A figure without a value: which one, and why. */
export interface NullFigure {
  readonly metric: string;
  readonly reason: MissingReason | 'zero_base';
}

/** What stands where a number would, and what it means to those who cannot see that it is a dash. */
export interface NullText {
  readonly text: string;
  readonly ariaLabel: string;
}

/** How a metric is called, what it is divided by, and what has to be told for it. */
interface MetricWords {
  readonly label: string;
  readonly per?: string;
  readonly needs: string;
}

const DASH = '—';

/** By the metric's name without case and separators, under its short name and the one it has in the API. */
const WORDS: ReadonlyMap<string, MetricWords> = wordsByName([
  [['roi'], { label: 'ROI', per: 'cost', needs: 'revenue' }],
  [['averageroi'], { label: 'Average ROI', per: 'cost', needs: 'revenue' }],
  [['roiofcampaigns'], { label: 'ROI of campaigns', per: 'cost', needs: 'revenue' }],
  [
    ['clientroi'],
    { label: 'ROI on fee and ad spend', per: 'fee or ad spend', needs: 'revenue or the fee' },
  ],
  [['roas'], { label: 'ROAS', per: 'ad spend', needs: 'revenue' }],
  [
    ['cpm', 'costperthousandimpressions'],
    { label: 'Cost per thousand impressions', per: 'impressions', needs: 'impressions' },
  ],
  [
    ['cpi', 'costperimpression'],
    { label: 'Cost per impression', per: 'impressions', needs: 'impressions' },
  ],
  [['cpl', 'costperlead'], { label: 'Cost per lead', per: 'leads', needs: 'leads' }],
  [
    ['cpa', 'costperconversion'],
    { label: 'Cost per conversion', per: 'conversions', needs: 'conversions' },
  ],
  [['cpc', 'costperclick'], { label: 'Cost per click', per: 'clicks', needs: 'clicks' }],
  [
    ['engagementrate'],
    { label: 'Engagement rate', per: 'impressions', needs: 'engagement or impressions' },
  ],
  [
    ['engagementratebyreach'],
    { label: 'Engagement rate by reach', per: 'reach', needs: 'engagement or reach' },
  ],
  [
    ['engagementratebyfollowers'],
    { label: 'Engagement rate by followers', per: 'followers', needs: 'engagement or followers' },
  ],
  [
    ['ctr', 'clickthroughrate'],
    { label: 'Click-through rate', per: 'impressions', needs: 'clicks or impressions' },
  ],
  [['conversionrate'], { label: 'Conversion rate', per: 'clicks', needs: 'conversions or clicks' }],
  [
    ['leadconversion', 'leadconversionrate'],
    { label: 'Lead conversion', per: 'leads', needs: 'conversions or leads' },
  ],
  [['margin'], { label: 'Margin', per: 'fee', needs: 'the fee or cost' }],
  [['markup'], { label: 'Markup', per: 'cost', needs: 'the fee or cost' }],
  [
    ['effectiverate', 'effectivehourlyrate'],
    { label: 'Effective hourly rate', per: 'tracked time', needs: 'the fee' },
  ],
  [['valueperhour'], { label: 'Value per hour', per: 'tracked time', needs: 'revenue' }],
  [
    ['timeefficiency', 'timesaved'],
    { label: 'Time efficiency', per: 'automated actions', needs: 'automated actions' },
  ],
  [['utilisation'], { label: 'Utilisation', per: 'available time', needs: 'available time' }],
  [['velocity', 'postsperday'], { label: 'Posts per day', per: 'complete days', needs: 'posts' }],
  [['emv', 'earnedmediavalue'], { label: 'Earned media value', needs: 'impressions or clicks' }],
]);

/** A dash, and in words which figure is missing and why: never 0, and never an abbreviation to guess at. */
export function formatNull({ metric, reason }: NullFigure): NullText {
  const words = WORDS.get(nameOf(metric)) ?? wordsFor(metric);
  return { text: DASH, ariaLabel: `${words.label} not available: ${whyOf(reason, words)}` };
}

function whyOf(reason: NullFigure['reason'], { label, per, needs }: MetricWords): string {
  switch (reason) {
    case 'zero_denominator':
      return per === undefined ? `nothing to divide by in this period` : `no ${per} in this period`;
    case 'missing_data':
      return `no data on ${needs} in this period`;
    case 'missing_rate':
      return 'an hourly or exchange rate is missing';
    case 'mixed_currency':
      return 'amounts are in several currencies';
    case 'not_additive':
      return `${label.toLowerCase()} of single days cannot be added`;
    case 'missing_benchmark':
      return 'no benchmarks are set for this client';
    case 'no_complete_day':
      return 'this period has no complete day yet';
    case 'no_data':
      return 'nothing to compare yet';
    case 'zero_base':
      return 'it was 0 before';
  }
}

function wordsFor(metric: string): MetricWords {
  const spaced = metric
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()
    .trim();
  return { label: spaced.charAt(0).toUpperCase() + spaced.slice(1), needs: spaced };
}

function wordsByName(
  rows: readonly (readonly [readonly string[], MetricWords])[],
): Map<string, MetricWords> {
  return new Map(rows.flatMap(([names, words]) => names.map((name) => [name, words] as const)));
}

function nameOf(metric: string): string {
  return metric
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/percent$/, '');
}
