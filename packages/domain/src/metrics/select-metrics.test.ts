import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { selectMetrics, type AvailableMetric, type RollupColumn } from './select-metrics.ts';
import { METRIC_KINDS, type MetricLevel } from './vocabulary.ts';

type Row = readonly [MetricLevel, string, AvailableMetric['kind']];

/** What feeds which total, as `column: level kind metric, …`. */
function feedsOf(...rows: readonly Row[]): Record<string, string> {
  const feeds: Record<string, string> = {};
  for (const { level, metric, kind, columns } of selectMetrics(rows.map(metricOf))) {
    for (const column of columns) {
      const name = `${level} ${kind} ${metric}`;
      feeds[column] = feeds[column] === undefined ? name : `${feeds[column]}, ${name}`;
    }
  }
  return feeds;
}

function metricOf([level, metric, kind]: Row): AvailableMetric {
  return { level, metric, kind };
}

describe('given what one platform reports', () => {
  test.each<{ why: string; rows: Row[]; feeds: Partial<Record<RollupColumn, string>> }>([
    { why: 'nothing', rows: [], feeds: {} },
    {
      why: 'posts and their account',
      rows: [
        ['account', 'impressions', 'daily'],
        ['post', 'impressions', 'lifetime'],
      ],
      feeds: { impressions: 'post lifetime impressions' },
    },
    {
      why: 'posts twice, as a running total and by day',
      rows: [
        ['post', 'clicks', 'daily'],
        ['post', 'clicks', 'lifetime'],
        ['account', 'clicks', 'daily'],
      ],
      feeds: { clicks: 'post lifetime clicks' },
    },
    {
      why: 'days of posts before days of the account',
      rows: [
        ['post', 'clicks', 'daily'],
        ['account', 'clicks', 'daily'],
      ],
      feeds: { clicks: 'post daily clicks' },
    },
    {
      why: 'days of the account alone',
      rows: [['account', 'impressions', 'daily']],
      feeds: { impressions: 'account daily impressions' },
    },
    {
      why: 'views where it tells no impressions',
      rows: [['post', 'views', 'lifetime']],
      feeds: { impressions: 'post lifetime views', video_views: 'post lifetime views' },
    },
    {
      why: 'impressions and views',
      rows: [
        ['post', 'views', 'lifetime'],
        ['account', 'impressions', 'daily'],
      ],
      feeds: { impressions: 'account daily impressions', video_views: 'post lifetime views' },
    },
    {
      why: 'views and views of videos',
      rows: [
        ['post', 'views', 'lifetime'],
        ['post', 'video_views', 'lifetime'],
      ],
      feeds: { impressions: 'post lifetime views', video_views: 'post lifetime video_views' },
    },
    {
      why: 'views of videos alone',
      rows: [['post', 'video_views', 'lifetime']],
      feeds: { impressions: 'post lifetime video_views', video_views: 'post lifetime video_views' },
    },
    {
      why: 'reactions, of which likes are some',
      rows: [
        ['post', 'likes', 'lifetime'],
        ['post', 'reactions', 'lifetime'],
        ['post', 'comments', 'lifetime'],
      ],
      feeds: { engagement: 'post lifetime reactions, post lifetime comments' },
    },
    {
      why: 'every part, and its own total',
      rows: [
        ['post', 'engagements', 'lifetime'],
        ['post', 'likes', 'lifetime'],
        ['post', 'comments', 'lifetime'],
        ['post', 'shares', 'lifetime'],
        ['post', 'reposts', 'lifetime'],
        ['post', 'quotes', 'lifetime'],
        ['post', 'saves', 'lifetime'],
        ['post', 'link_clicks', 'lifetime'],
      ],
      feeds: {
        clicks: 'post lifetime link_clicks',
        engagement:
          'post lifetime likes, post lifetime comments, post lifetime shares, post lifetime reposts, ' +
          'post lifetime quotes, post lifetime saves, post lifetime link_clicks',
      },
    },
    {
      why: 'its own total alone; clicks of any kind are no part',
      rows: [
        ['account', 'engagements', 'daily'],
        ['post', 'clicks', 'lifetime'],
      ],
      feeds: { engagement: 'account daily engagements', clicks: 'post lifetime clicks' },
    },
    {
      why: 'its own total, and one part of another level',
      rows: [
        ['post', 'engagements', 'lifetime'],
        ['account', 'likes', 'daily'],
      ],
      feeds: { engagement: 'account daily likes' },
    },
    {
      why: 'parts at two levels, each told once',
      rows: [
        ['post', 'likes', 'lifetime'],
        ['account', 'likes', 'daily'],
        ['account', 'comments', 'daily'],
      ],
      feeds: { engagement: 'post lifetime likes, account daily comments' },
    },
    {
      why: 'what is shown and never added',
      rows: [
        ['post', 'reach', 'lifetime'],
        ['account', 'impressions', 'window_total'],
        ['account', 'impressions', 'lifetime'],
        ['post', 'impressions', 'window_total'],
        ['account', 'followers', 'gauge'],
        ['account', 'engagements', 'rate'],
        ['post', 'other:sparkles', 'lifetime'],
      ],
      feeds: {},
    },
  ])('when it is $why, then each total takes what it should', ({ rows, feeds }) => {
    expect(feedsOf(...rows)).toEqual(feeds);
  });

  test('when it is anything, then no metric counts from two sources, and order decides nothing', () => {
    const names = ['impressions', 'views', 'video_views', 'likes', 'reactions', 'comments'];
    const anyRow = fc.record<AvailableMetric>({
      level: fc.constantFrom<MetricLevel>('post', 'account'),
      metric: fc.constantFrom(...names, 'clicks', 'link_clicks', 'engagements', 'reach'),
      kind: fc.constantFrom(...METRIC_KINDS),
    });
    const key = (one: AvailableMetric): string => `${one.level} ${one.metric} ${one.kind}`;
    const anyRows = fc.uniqueArray(anyRow, { selector: key, maxLength: 20 });
    fc.assert(
      fc.property(anyRows, (rows) => {
        const selected = selectMetrics(rows);
        const counting = selected.filter(({ columns }) => columns.length > 0);
        expect(new Set(counting.map(({ metric }) => metric)).size).toBe(counting.length);
        for (const column of ['impressions', 'clicks', 'video_views'] as const) {
          expect(counting.filter(({ columns }) => columns.includes(column)).length <= 1).toBe(true);
        }
        const engagement = counting.filter(({ columns }) => columns.includes('engagement'));
        const whole = engagement.some(({ metric }) => metric === 'engagements');
        expect(whole && engagement.length > 1).toBe(false);
        const turned = selectMetrics(rows.toReversed()).toReversed();
        expect(turned).toEqual(selected);
      }),
    );
  });
});
