import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { levelChange, readPostizAnalytics, seriesObservations } from './postiz-analytics.ts';
import { createUnknownNames } from './unknown-names.ts';

const card = (label: string, ...points: (readonly [unknown, string])[]) => ({
  label,
  percentageChange: 5,
  data: points.map(([total, date]) => ({ total, date })),
});
const account = (provider: string, days = 7) => ({ provider, scope: 'account', days }) as const;
const post = (provider: string) => ({ provider, scope: 'post', days: 30 }) as const;

describe('given analytics of an account at Postiz', () => {
  test('when X sends pairs, then each is one total of the days between', () => {
    const body = [card('IMPRESSION', [0, '2026-03-01'], ['1204', '2026-03-08'])];
    expect(readPostizAnalytics(body, account('x'))).toMatchObject({
      series: [
        {
          metric: 'impressions',
          kind: 'window_total',
          windowDays: 7,
          values: { '2026-03-08': 1204 },
        },
      ],
      dropped: [],
    });
  });

  test('when Instagram tells a total twice, then it is one, and daily ones stay daily', () => {
    const body = [
      card('Likes', ['31', '2026-03-08'], ['31', '2026-03-09']),
      card('Reach', [12, '2026-03-07'], [15, '2026-03-08']),
    ];
    const { series, warnings } = readPostizAnalytics(body, account('instagram-standalone', 30));
    expect(series).toMatchObject([
      { metric: 'likes', kind: 'window_total', windowDays: 30, values: { '2026-03-08': 31 } },
      { metric: 'reach', kind: 'daily', values: { '2026-03-07': 12, '2026-03-08': 15 } },
    ]);
    expect(warnings).toEqual(['daily reach is not additive']);
  });

  test('when TikTok sends levels, then none of them is a flow', () => {
    const labels = ['Followers', 'Following', 'Total Likes', 'Videos', 'Views', 'Recent Comments'];
    const body = labels.map((label) => card(label, ['9', '2026-03-04']));
    const { series } = readPostizAnalytics(body, account('tiktok-business'));
    expect(series.map(({ metric, kind }) => `${metric} ${kind}`)).toEqual([
      'followers gauge',
      'other:following gauge',
      'likes_lifetime gauge',
      'other:videos gauge',
      'views_recent20 gauge',
      'comments_recent20 gauge',
    ]);
    expect(levelChange(9000, 8990)).toEqual({ value: -10, isCorrection: true });
    expect(levelChange(9000, 9001)).toEqual({ value: 1, isCorrection: false });
  });

  test('when two labels are one metric, then their days are added up; shares are not', () => {
    const body = [
      card('Organic Followers', [3, '2026-03-03'], [1, '2026-03-04']),
      card('Paid Followers', [2, '2026-03-04']),
      card('Engagement', [0.021, '2026-03-03']),
    ];
    expect(readPostizAnalytics(body, account('linkedin-page')).series).toMatchObject([
      {
        metric: 'followers_gained',
        labels: ['Organic Followers', 'Paid Followers'],
        values: { '2026-03-03': 3, '2026-03-04': 3 },
      },
      {
        metric: 'engagement_rate',
        kind: 'rate',
        aggregate: 'mean',
        values: { '2026-03-03': 0.021 },
      },
    ]);
  });

  test('when YouTube sends means and empty cards, then means are rates and what is empty is named', () => {
    const body = [
      {
        label: 'Average View Percentage',
        average: true,
        data: [{ total: 38.2, date: '2026-03-03' }],
      },
      { label: 'Likes' },
      { label: 'Comments', data: [] },
    ];
    expect(readPostizAnalytics(body, account('youtube'))).toMatchObject({
      series: [{ metric: 'avg_view_percentage', kind: 'rate' }],
      dropped: [
        { label: 'Likes', reason: 'no_data' },
        { label: 'Comments', reason: 'no_data' },
      ],
    });
  });

  test('when a value cannot be, then its card is dropped and the others stay', () => {
    const body = [
      card('Likes', ['many', '2026-03-03']),
      card('Comments', [2.5, '2026-03-03']),
      card('Shares', [2, '2026-02-30']),
      { data: [] },
      card('Saves', [1, '2026-03-03T00:00:00.000Z']),
    ];
    const { series, dropped } = readPostizAnalytics(body, account('pinterest'));
    expect(series).toMatchObject([{ metric: 'saves', values: { '2026-03-03': 1 } }]);
    expect(dropped.map(({ reason }) => reason)).toEqual([
      'not_a_number',
      'fraction',
      'bad_date',
      'no_label',
    ]);
  });

  test('when it is empty, then there is nothing to write', () => {
    expect(readPostizAnalytics([], account('x')).series).toEqual([]);
  });
});

describe('given analytics of a post at Postiz', () => {
  test('when Facebook sends them, then impressions are people and types of clicks are left out', () => {
    const body = [
      card('Impressions', ['80', '2026-03-04']),
      card('Clicks', ['7', '2026-03-04']),
      card('Clicks by Type', ['7', '2026-03-04']),
    ];
    const { series, dropped } = readPostizAnalytics(body, post('facebook'));
    expect(series).toMatchObject([
      { metric: 'reach', kind: 'lifetime', aggregate: 'none' },
      { metric: 'clicks', kind: 'lifetime' },
    ]);
    expect(dropped).toEqual([{ label: 'Clicks by Type', reason: 'double' }]);
    expect(seriesObservations(series, { postId: 'p', platform: 'facebook' })).toEqual([
      {
        postId: 'p',
        platform: 'facebook',
        metric: 'reach',
        kind: 'lifetime',
        value: 80,
        date: '2026-03-04',
      },
      {
        postId: 'p',
        platform: 'facebook',
        metric: 'clicks',
        kind: 'lifetime',
        value: 7,
        date: '2026-03-04',
      },
    ]);
  });

  test('when Postiz does not know where it is, then that is said', () => {
    expect(readPostizAnalytics({ missing: true }, post('tiktok'))).toMatchObject({
      series: [],
      isMissing: true,
    });
  });
});

describe('given anything at all', () => {
  test('when it is read, then nothing is thrown and every value is a number of a real day', () => {
    const unknown = createUnknownNames();
    const point = fc.record({ total: fc.anything(), date: fc.anything() });
    const cards = fc.array(
      fc.oneof(
        fc.record({ label: fc.oneof(fc.string(), fc.constant('Views')), data: fc.array(point) }),
        fc.anything(),
      ),
    );
    const providers = fc.constantFrom('x', 'instagram', 'tiktok', 'constructor', '__proto__');
    fc.assert(
      fc.property(fc.oneof(cards, fc.anything()), providers, (body, provider) => {
        const read = readPostizAnalytics(body, { ...account(provider), unknown });
        for (const { values } of read.series) {
          for (const [date, value] of Object.entries(values)) {
            expect(date).toMatch(/^\d{4}-\d\d-\d\d$/u);
            expect(Number.isFinite(value)).toBe(true);
          }
        }
      }),
    );
  });
});
