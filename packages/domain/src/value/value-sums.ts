/**
 * What the facts of one row add up to, in one currency: a client, a breakdown's key, a day. Money is in minor units.
 * A `...Missing` counts facts whose amount is unknown because a rate is missing; what is known of them is in the sum.
 * Metrics are null when nothing was observed, which is not the same as 0.
 */
export interface ValueSums {
  readonly currency: string;
  readonly seconds: bigint;
  readonly billableSeconds: bigint;
  readonly savedSeconds: bigint;
  /** How long the automated actions would have taken by hand; 0 when there were none. */
  readonly savedBaselineSeconds: bigint;
  readonly savedMinor: bigint;
  readonly savedMissing: bigint;
  readonly timeMinor: bigint;
  readonly timeMissing: bigint;
  readonly toolsMinor: bigint;
  readonly toolsMissing: bigint;
  readonly adsMinor: bigint;
  readonly adsMissing: bigint;
  readonly otherMinor: bigint;
  readonly otherMissing: bigint;
  readonly revenueMinor: bigint;
  readonly revenueMissing: bigint;
  readonly leads: bigint;
  readonly conversions: bigint;
  /** Those among the conversions that bring no amount of their own. */
  readonly unpricedConversions: bigint;
  readonly posts: bigint;
  readonly measuredPosts: bigint;
  readonly impressions: bigint | null;
  readonly engagement: bigint | null;
  readonly clicks: bigint | null;
  readonly videoViews: bigint | null;
  /** Of the facts that have both, for the engagement rate. */
  readonly rateEngagement: bigint | null;
  readonly rateImpressions: bigint | null;
  /** Of the facts that have both, for the click-through rate. */
  readonly ctrClicks: bigint | null;
  readonly ctrImpressions: bigint | null;
}

/** The sums of a row without any fact. */
export function noSums(currency: string): ValueSums {
  return {
    currency,
    seconds: 0n,
    billableSeconds: 0n,
    savedSeconds: 0n,
    savedBaselineSeconds: 0n,
    savedMinor: 0n,
    savedMissing: 0n,
    timeMinor: 0n,
    timeMissing: 0n,
    toolsMinor: 0n,
    toolsMissing: 0n,
    adsMinor: 0n,
    adsMissing: 0n,
    otherMinor: 0n,
    otherMissing: 0n,
    revenueMinor: 0n,
    revenueMissing: 0n,
    leads: 0n,
    conversions: 0n,
    unpricedConversions: 0n,
    posts: 0n,
    measuredPosts: 0n,
    impressions: null,
    engagement: null,
    clicks: null,
    videoViews: null,
    rateEngagement: null,
    rateImpressions: null,
    ctrClicks: null,
    ctrImpressions: null,
  };
}

/** The sums of two rows together; a metric that one of them lacks is the other's. */
export function addSums(a: ValueSums, b: ValueSums): ValueSums {
  if (a.currency !== b.currency) {
    throw new RangeError(`sums in ${a.currency} and ${b.currency} cannot be added`);
  }
  return {
    currency: a.currency,
    seconds: a.seconds + b.seconds,
    billableSeconds: a.billableSeconds + b.billableSeconds,
    savedSeconds: a.savedSeconds + b.savedSeconds,
    savedBaselineSeconds: a.savedBaselineSeconds + b.savedBaselineSeconds,
    savedMinor: a.savedMinor + b.savedMinor,
    savedMissing: a.savedMissing + b.savedMissing,
    timeMinor: a.timeMinor + b.timeMinor,
    timeMissing: a.timeMissing + b.timeMissing,
    toolsMinor: a.toolsMinor + b.toolsMinor,
    toolsMissing: a.toolsMissing + b.toolsMissing,
    adsMinor: a.adsMinor + b.adsMinor,
    adsMissing: a.adsMissing + b.adsMissing,
    otherMinor: a.otherMinor + b.otherMinor,
    otherMissing: a.otherMissing + b.otherMissing,
    revenueMinor: a.revenueMinor + b.revenueMinor,
    revenueMissing: a.revenueMissing + b.revenueMissing,
    leads: a.leads + b.leads,
    conversions: a.conversions + b.conversions,
    unpricedConversions: a.unpricedConversions + b.unpricedConversions,
    posts: a.posts + b.posts,
    measuredPosts: a.measuredPosts + b.measuredPosts,
    impressions: addKnown(a.impressions, b.impressions),
    engagement: addKnown(a.engagement, b.engagement),
    clicks: addKnown(a.clicks, b.clicks),
    videoViews: addKnown(a.videoViews, b.videoViews),
    rateEngagement: addKnown(a.rateEngagement, b.rateEngagement),
    rateImpressions: addKnown(a.rateImpressions, b.rateImpressions),
    ctrClicks: addKnown(a.ctrClicks, b.ctrClicks),
    ctrImpressions: addKnown(a.ctrImpressions, b.ctrImpressions),
  };
}

function addKnown(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null) return b;
  return b === null ? a : a + b;
}
