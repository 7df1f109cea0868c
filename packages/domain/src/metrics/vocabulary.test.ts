import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalMetric } from './vocabulary.ts';

describe('given what a host calls a metric', () => {
  test.each([
    ['IMPRESSION', 'impressions'],
    ['Impressions', 'impressions'],
    ['Page Impressions', 'reach'],
    ['impressionsunique', 'reach'],
    ['Media views', 'views'],
    ['plays', 'views'],
    ['videoViews', 'video_views'],
    ['video_views', 'video_views'],
    ['favourites', 'likes'],
    ['REPLY', 'comments'],
    ['reblogs', 'reposts'],
    ['BOOKMARK', 'saves'],
    ['Website Clicks', 'clicks'],
    ['Outbound Clicks', 'link_clicks'],
    ['Posts Engagement', 'engagements'],
    ['Pin click rate', 'engagement_rate'],
    ['audience.total', 'followers'],
    ['Follower Count', 'followers_gained'],
    ['Subscribers Lost', 'followers_lost'],
    ['Estimated Minutes Watched', 'watch_minutes'],
    ['Average View Percentage', 'avg_view_percentage'],
    ['business_direction_requests', 'directions'],
    ['Total Likes', 'likes_lifetime'],
    [' recent-likes ', 'likes_recent20'],
    ['Clicks by Type', 'other:clicks_by_type'],
    ['Sparkles', 'other:sparkles'],
    ['other:sparkles', 'other:sparkles'],
    ['constructor', 'other:constructor'],
    ['', 'other:'],
  ])('when it is %j, then it is our %s', (label, metric) => {
    expect(canonicalMetric(label)).toBe(metric);
  });

  test('when it is any text, then it has a name, and the name is its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (label) => {
        const name = canonicalMetric(label);
        expect(canonicalMetric(name)).toBe(name);
      }),
    );
  });
});
