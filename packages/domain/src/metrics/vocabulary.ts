/** How observations of a metric relate: running totals, amounts of a day, totals of a span, levels, or shares. */
export type MetricKind = 'lifetime' | 'daily' | 'window_total' | 'gauge' | 'rate';

/** What a metric was observed of: one post on one channel, or the channel's whole account. */
export type MetricLevel = 'post' | 'account';

/** The kinds of metric, as hosts name them. */
export const METRIC_KINDS: readonly MetricKind[] = [
  'lifetime',
  'daily',
  'window_total',
  'gauge',
  'rate',
];

/** Our one name for what each host calls otherwise. The name itself need not be listed among its labels. */
const LABELS_BY_METRIC: Readonly<Record<string, readonly string[]>> = {
  impressions: ['impression', 'page_posts_impressions'],
  // What Postiz calls page impressions counts people, not showings.
  reach: ['unique_impressions', 'impressions_unique', 'impressionsunique', 'page_impressions'],
  views: ['view', 'media_views', 'plays', 'desktop_map_views', 'mobile_map_views'],
  video_views: ['video_view', 'videoviews'],
  reactions: ['reaction'],
  likes: ['like', 'favourites'],
  comments: ['comment', 'reply', 'replies'],
  shares: ['share'],
  reposts: ['repost', 'retweet', 'retweets', 'reblog', 'reblogs'],
  quotes: ['quote'],
  saves: ['save', 'saved', 'bookmark', 'bookmarks', 'favorites'],
  clicks: ['click', 'pin_click', 'pin_clicks', 'website_clicks'],
  // Of a network that reports both, these are some of its clicks: one name for the two would lose one.
  link_clicks: ['link_click', 'outbound', 'outbound_click', 'outbound_clicks', 'url_clicks'],
  engagements: [
    'engagement',
    'posts_engagement',
    'page_post_engagements',
    'interactions',
    'postsinteractions',
  ],
  engagement_rate: ['engagementrate', 'pin_click_rate'],
  followers: ['follower', 'followers_count', 'subscribers_total', 'audience_total'],
  followers_gained: [
    'follower_count',
    'page_followers',
    'organic_followers',
    'paid_followers',
    'subscribers_gained',
    'subscribers',
    'follows',
    'followers_delta_count',
    'deltafollowers',
  ],
  followers_lost: ['subscribers_lost', 'unfollows'],
  watch_minutes: ['estimated_minutes_watched', 'watch_time', 'totaltimewatched'],
  avg_view_percentage: ['average_view_percentage'],
  avg_view_duration: ['average_view_duration', 'video_avg_watch_time'],
  calls: ['phone_calls', 'call_clicks'],
  directions: ['direction_requests', 'business_direction_requests'],
  likes_lifetime: ['total_likes'],
  likes_recent20: ['recent_likes'],
  comments_recent20: ['recent_comments'],
  shares_recent20: ['recent_shares'],
  views_recent20: ['recent_views'],
};

const metricByLabel: ReadonlyMap<string, string> = new Map(
  Object.entries(LABELS_BY_METRIC).flatMap(([metric, labels]) =>
    [metric, ...labels].map((label): [string, string] => [label, metric]),
  ),
);

/**
 * Our one name for a host's label, in any case and with spaces or hyphens for underscores; `other:<label>` for one we
 * do not know, never an error. Which network sent it decides nothing: an adapter that must tell knows its host.
 */
export function canonicalMetric(label: string): string {
  const name = label
    .trim()
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '_');
  return metricByLabel.get(name) ?? (name.startsWith('other:') ? name : `other:${name}`);
}
