import type { LocalDate } from '@retainer/domain';

/** What is counted of one row of figures: additive sums, and nothing that was divided. Amounts are minor units. */
export interface Sums {
  readonly seconds: bigint;
  readonly billableSeconds: bigint;
  readonly savedSeconds: bigint;
  readonly savedBaselineSeconds: bigint;
  readonly savedMinor: bigint;
  /** How many facts have an amount that no rate gives yet; likewise below. */
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
  readonly unpricedConversions: bigint;
  readonly posts: bigint;
  readonly measuredPosts: bigint;
  /** Null where nothing was observed, which is not 0; likewise below. */
  readonly impressions: bigint | null;
  readonly engagement: bigint | null;
  readonly clicks: bigint | null;
  readonly videoViews: bigint | null;
  readonly rateEngagement: bigint | null;
  readonly rateImpressions: bigint | null;
  readonly ctrClicks: bigint | null;
  readonly ctrImpressions: bigint | null;
}

/** What figures are broken down by. */
export type Dimension = 'platform' | 'contentType' | 'campaign' | 'day';

/** The sums of one platform, content type, campaign or day; the empty key is what names none. */
export interface KeyedSums {
  readonly key: string;
  readonly sums: Sums;
}

/** A client's sums over some days, whole and broken down; each breakdown sums to the total. */
export interface ClientSums {
  readonly total: Sums;
  readonly breakdowns: Readonly<Record<Dimension, readonly KeyedSums[]>>;
}

/** Local dates, both included. */
export interface DateRange {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

/** Nothing counted, nothing observed. */
export const NO_SUMS: Sums = {
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

const NAMES = Object.keys(NO_SUMS) as readonly (keyof Sums)[];

/** Both together. What one of them does not know, the other's figure stands for. */
export function addSums(a: Sums, b: Sums): Sums {
  const both = NAMES.map((name) => [name, add(a[name], b[name])] as const);
  return { ...NO_SUMS, ...Object.fromEntries(both) };
}

function add(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null) return b;
  return b === null ? a : a + b;
}
