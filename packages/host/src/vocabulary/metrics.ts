import { canonicalMetric } from '@retainer/domain';

import type { UnknownNames } from './unknown-names.ts';

/** What a metric was observed of: one post on one channel, or the channel's whole account. */
export type MetricScope = 'post' | 'account';

/** How values of a metric relate, as the `metrics` hook has it. */
export type MetricKind = 'lifetime' | 'daily' | 'window_total' | 'gauge' | 'rate';

/** How values of a metric over days make one figure: summed, averaged, the last one, or not at all. */
export type Aggregate = 'sum' | 'mean' | 'last' | 'none';

/** A host's label as we understand it. */
export interface ReadMetric {
  readonly metric: string;
  readonly kind: MetricKind;
  readonly aggregate: Aggregate;
  /** What an agency may decide to count as leads; it never is one by itself. */
  readonly countsAs?: 'lead_candidate';
}

/** Where a label comes from. */
export interface MetricReading {
  readonly host: string;
  readonly scope: MetricScope;
  readonly unknown?: UnknownNames | undefined;
}

const RATES: ReadonlySet<string> = new Set([
  'engagement_rate',
  'avg_view_percentage',
  'avg_view_duration',
]);
const GAUGES: ReadonlySet<string> = new Set([
  'followers',
  'following',
  'videos',
  'likes_lifetime',
  'likes_recent20',
  'comments_recent20',
  'shares_recent20',
  'views_recent20',
]);
const LEAD_CANDIDATES: ReadonlySet<string> = new Set(['calls', 'directions']);

/** Labels that mean something else at one host than everywhere. Keys are `host label` in small letters. */
const BY_HOST: ReadonlyMap<string, string> = new Map([
  ['metricool engagement', 'engagement_rate'],
  ['brightbean engagement', 'engagement_rate'],
  ['buffer follows', 'followers_gained'],
  ['metricool impressionsunique', 'reach'],
]);

/**
 * What a host's label counts, and how. An unknown label keeps its name as `other:<label>` and is counted; nothing is
 * ever thrown.
 */
export function readMetric(label: string, reading: MetricReading): ReadMetric {
  const { host, scope, unknown } = reading;
  const own = BY_HOST.get(`${host} ${label.trim().toLowerCase()}`);
  const metric = own ?? canonicalMetric(label);
  if (metric.startsWith('other:')) unknown?.note({ kind: 'metric', host, name: label });
  return metricAs(metric, scope === 'post' ? 'lifetime' : 'daily');
}

/** A metric by our name for it: its kind is `kind` unless it can only be a rate or a level. */
export function metricAs(metric: string, kind: MetricKind): ReadMetric {
  const own = metric.replace(/^other:/u, '');
  const real = RATES.has(own) ? 'rate' : GAUGES.has(own) ? 'gauge' : kind;
  return {
    metric,
    kind: real,
    aggregate: aggregateOf(metric, real),
    ...(LEAD_CANDIDATES.has(metric) && { countsAs: 'lead_candidate' as const }),
  };
}

function aggregateOf(metric: string, kind: MetricKind): Aggregate {
  if (kind === 'rate') return 'mean';
  if (metric === 'reach') return 'none';
  return kind === 'daily' ? 'sum' : 'last';
}
