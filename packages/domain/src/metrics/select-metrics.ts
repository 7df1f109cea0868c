import type { MetricKind, MetricLevel } from './vocabulary.ts';

/** A total of the rollups that observed metrics add to. */
export type RollupColumn = 'impressions' | 'engagement' | 'clicks' | 'video_views';

/** One metric that a client has observations of on one platform; its name is canonical. */
export interface AvailableMetric {
  readonly level: MetricLevel;
  readonly metric: string;
  readonly kind: MetricKind;
}

/** A metric and the totals its daily values add to, none when it is only shown. */
export interface SelectedMetric extends AvailableMetric {
  readonly columns: readonly RollupColumn[];
}

/** Where the count of a metric may come from, the best first: an account's days repeat what its posts say. */
const SOURCES: readonly (readonly [MetricLevel, MetricKind])[] = [
  ['post', 'lifetime'],
  ['post', 'daily'],
  ['account', 'daily'],
];

const WHOLE_ENGAGEMENT = 'engagements';
// Likes are some of the reactions, so a platform that tells both is asked for one.
const ENGAGEMENT_PARTS: readonly (readonly string[])[] = [
  ['reactions', 'likes'],
  ['comments'],
  ['shares'],
  ['reposts'],
  ['quotes'],
  ['saves'],
  ['link_clicks'],
];

/** For each total, its parts; for each part, the metrics that can stand for it, the best first. */
type Recipe = readonly (readonly [RollupColumn, readonly (readonly string[])[]])[];

const ALWAYS: Recipe = [
  ['impressions', [['impressions', 'views', 'video_views']]],
  ['clicks', [['clicks', 'link_clicks']]],
  ['video_views', [['video_views', 'views']]],
];

/**
 * Says for every metric of one client on one platform which totals it adds to. Of each metric one source counts: the
 * running totals of posts, else the days of posts, else the days of the account, never two of them. Each part of a
 * total is one metric, the first of its list that has a source. So the parts of an engagement may come from different
 * levels, but no like, comment or click is counted twice; the host's own total counts only where no part is told.
 * Totals of a window, levels and shares add to nothing, nor does reach.
 */
export function selectMetrics(available: readonly AvailableMetric[]): SelectedMetric[] {
  const sources = new Map(
    available.flatMap(({ metric }) => {
      const source = SOURCES.find(([level, kind]) =>
        available.some((one) => isSame(one, { level, metric, kind })),
      );
      return source === undefined ? [] : [[metric, source] as const];
    }),
  );
  const counts = (metrics: readonly string[]): string | undefined =>
    metrics.find((metric) => sources.has(metric));

  const parts = ENGAGEMENT_PARTS.filter((part) => counts(part) !== undefined);
  const engagement = parts.length > 0 ? parts : [[WHOLE_ENGAGEMENT]];
  const recipe: Recipe = [...ALWAYS, ['engagement', engagement]];

  return available.map((one) => {
    const [level, kind] = sources.get(one.metric) ?? [];
    const isSource = one.level === level && one.kind === kind;
    const feeds = recipe.filter(([, all]) => all.some((part) => counts(part) === one.metric));
    return { ...one, columns: isSource ? feeds.map(([column]) => column) : [] };
  });
}

function isSame(a: AvailableMetric, b: AvailableMetric): boolean {
  return a.metric === b.metric && a.level === b.level && a.kind === b.kind;
}
