const METRICS = [
  'impressions',
  'likes',
  'comments',
  'shares',
  'saves',
  'clicks',
  'video_views',
  'reach',
] as const;
const PLATFORMS = ['linkedin', 'instagram', 'x', 'facebook'] as const;
/** Of so many posts that a host polls, one is new since its last poll. */
const ONE_NEW_IN = 30;
const HOUR_MS = 3_600_000;

/** One observation as a host sends it. */
export interface PolledMetric {
  readonly postId: string;
  readonly platform: string;
  readonly metric: string;
  readonly kind: 'lifetime';
  readonly value: number;
  readonly at: string;
}

/** What a host sends after it polled a client's posts. */
export type Poll = readonly PolledMetric[];

/** A client whose posts are polled every hour: all metrics of its latest posts at one instant, no row ever again. */
export function startPolls(size: number): () => Poll {
  const posts = size / METRICS.length;
  let polled = 0;
  return () => {
    polled += 1;
    const oldest = Math.floor((polled * posts) / ONE_NEW_IN);
    const at = new Date(Date.UTC(2025, 0, 1) + polled * HOUR_MS).toISOString();
    return Array.from({ length: posts }, (_, index) => oldest + index).flatMap((post) =>
      METRICS.map((metric, place) => ({
        postId: `post-${post}`,
        platform: PLATFORMS[post % PLATFORMS.length] ?? '',
        metric,
        kind: 'lifetime' as const,
        value: (post % 997) * (place + 1) + polled,
        at,
      })),
    );
  };
}
