import { describe, expect, test } from 'vitest';

import { readMetric } from './metrics.ts';
import { createUnknownNames } from './unknown-names.ts';

describe('given what a host calls a metric', () => {
  test.each([
    ['mixpost', 'account', 'page_posts_impressions', 'impressions', 'daily', 'sum'],
    ['mixpost', 'account', 'audience.total', 'followers', 'gauge', 'last'],
    ['buffer', 'post', 'engagementRate', 'engagement_rate', 'rate', 'mean'],
    ['buffer', 'account', 'follows', 'followers_gained', 'daily', 'sum'],
    ['metricool', 'account', 'impressionsunique', 'reach', 'daily', 'none'],
    ['metricool', 'account', 'engagement', 'engagement_rate', 'rate', 'mean'],
    ['zernio', 'post', 'reach', 'reach', 'lifetime', 'none'],
    ['zernio', 'post', 'likes', 'likes', 'lifetime', 'last'],
    ['metricool', 'account', 'call_clicks', 'calls', 'daily', 'sum'],
  ] as const)(
    'when %s of an %s says %s, then it is %s, %s',
    (host, scope, label, metric, kind, aggregate) => {
      expect(readMetric(label, { host, scope })).toMatchObject({ metric, kind, aggregate });
    },
  );

  test('when it is a call, then it may count as a lead and does not by itself', () => {
    expect(readMetric('Phone Calls', { host: 'postiz', scope: 'account' })).toMatchObject({
      countsAs: 'lead_candidate',
    });
  });

  test('when nobody knows it, then it keeps its name and is counted', () => {
    const unknown = createUnknownNames();
    expect(readMetric('Sparkles', { host: 'buffer', scope: 'post', unknown })).toMatchObject({
      metric: 'other:sparkles',
    });
    expect(unknown.list()).toEqual([
      { kind: 'metric', host: 'buffer', name: 'Sparkles', count: 1 },
    ]);
  });
});
