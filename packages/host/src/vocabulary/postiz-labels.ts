import { canonicalMetric } from '@retainer/domain';

import { metricAs, type MetricKind, type MetricScope, type ReadMetric } from './metrics.ts';

/** What a label is at one provider of Postiz: a metric of ours, or nothing because it repeats another. */
export type PostizMetric = ReadMetric | 'double';

interface Provider {
  /** What a label counts here, where that differs from what it counts everywhere; in small letters. */
  readonly names?: Readonly<Record<string, string>>;
  /** The kind of what is not named below. */
  readonly kind: MetricKind;
  readonly kinds?: Readonly<Record<string, MetricKind>>;
}

const DAILY: Provider = { kind: 'daily' };
const LIFETIME: Provider = { kind: 'lifetime' };

const INSTAGRAM: Provider = {
  kind: 'window_total',
  kinds: { 'follower count': 'daily', reach: 'daily' },
};

// Levels of today. "Views" and "Recent ..." are sums over the latest 20 videos, so they fall when an old one leaves.
const TIKTOK: Provider = { kind: 'gauge', names: { views: 'views_recent20' } };

// LinkedIn's "Engagement" is a share, everybody else's a count.
const LINKEDIN_PAGE: Provider = { kind: 'daily', names: { engagement: 'engagement_rate' } };

const ACCOUNTS: Readonly<Record<string, Provider>> = {
  x: { kind: 'window_total' },
  instagram: INSTAGRAM,
  'instagram-standalone': INSTAGRAM,
  'linkedin-page': LINKEDIN_PAGE,
  threads: { kind: 'window_total', kinds: { views: 'daily' } },
  tiktok: TIKTOK,
  'tiktok-business': TIKTOK,
};

const POSTS: Readonly<Record<string, Provider>> = {
  // Facebook's "Impressions" of a post are people.
  facebook: { kind: 'lifetime', names: { impressions: 'reach' } },
  'linkedin-page': LINKEDIN_PAGE,
};

// The same clicks once more, taken apart.
const DOUBLES: ReadonlySet<string> = new Set(['clicks by type']);

/** What a label of Postiz's analytics counts, by the provider that sent it. */
export function postizMetric(
  label: string,
  { provider, scope }: { readonly provider: string; readonly scope: MetricScope },
): PostizMetric {
  const name = label.trim().toLowerCase();
  if (DOUBLES.has(name)) return 'double';
  const [providers, other] = scope === 'account' ? [ACCOUNTS, DAILY] : [POSTS, LIFETIME];
  const { names, kind, kinds } = ownOf(providers, provider) ?? other;
  const metric = ownOf(names ?? {}, name) ?? canonicalMetric(label);
  return metricAs(metric, ownOf(kinds ?? {}, name) ?? kind);
}

// A host's word may be `constructor`.
function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
