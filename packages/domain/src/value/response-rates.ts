import { ratioOf, type Ratio } from '../money/ratio.ts';

/** What engagement is measured against. */
export type EngagementBasis = 'impressions' | 'reach' | 'followers';

/** An engagement rate under a name that says its basis. */
export interface EngagementRate {
  readonly name: string;
  readonly rate: Ratio;
}

/** Engagement of posts, and what it is measured against. */
export interface EngagementAsk {
  readonly basis: EngagementBasis;
  readonly engagement: bigint | null;
  readonly denominator: bigint | null;
}

const NAMES: Readonly<Record<EngagementBasis, string>> = {
  impressions: 'engagementRate',
  reach: 'engagementRateByReach',
  followers: 'engagementRateByFollowers',
};

/** Engagement over impressions, or over reach or followers where they were asked for; above 1 it stays as it is. */
export function engagementRate({ basis, engagement, denominator }: EngagementAsk): EngagementRate {
  return { name: NAMES[basis], rate: ratioOf(engagement, denominator) };
}

/** What one post got; null where nothing was observed. */
export interface PostResponse {
  readonly engagement: bigint | null;
  readonly impressions: bigint | null;
}

/** The rate of several posts: a ratio of sums, to which only posts that have both terms add. */
export function groupEngagementRate(posts: readonly PostResponse[]): Ratio {
  let engagement: bigint | null = null;
  let impressions: bigint | null = null;
  for (const post of posts) {
    if (post.engagement === null || post.impressions === null) continue;
    engagement = (engagement ?? 0n) + post.engagement;
    impressions = (impressions ?? 0n) + post.impressions;
  }
  return engagementRate({ basis: 'impressions', engagement, denominator: impressions }).rate;
}

/** CTR: clicks over impressions. */
export function ctr(clicks: bigint | null, impressions: bigint | null): Ratio {
  return ratioOf(clicks, impressions);
}

/** Conversions over clicks. */
export function conversionRate(conversions: bigint | null, clicks: bigint | null): Ratio {
  return ratioOf(conversions, clicks);
}

/** Conversions over leads. */
export function leadConversion(conversions: bigint | null, leads: bigint | null): Ratio {
  return ratioOf(conversions, leads);
}
