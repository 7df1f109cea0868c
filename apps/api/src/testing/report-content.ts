import type { ReportContent } from '@retainer/core';

type Count = ReportContent['figures']['outcomes']['posts'];

/** A count that is told without anything to compare with. */
export function count(current: number | null): Count {
  const unknown = current === null ? ({ reason: 'missing_data' } as const) : {};
  return {
    current,
    previous: null,
    change: null,
    changePercent: null,
    trend: 'no_data',
    good: null,
    ...unknown,
  };
}

/** A count beside what it was. */
function grown(current: number, previous: number, changePercent: string): Count {
  const change = current - previous;
  const trend = change > 0 ? 'up' : 'down';
  return { current, previous, change, changePercent, trend, good: change > 0 };
}

/** A whole September on Gold, as many clients have one. */
export function september(): ReportContent {
  const money = (amount: string) => ({ amount, currency: 'USD' });
  return {
    level: 'advanced',
    cadence: 'monthly',
    agency: { name: 'Harbor & Pine' },
    client: { clientWorkspaceId: 'lakeside', name: 'Lakeside Hotel' },
    tier: { key: 'gold', name: 'Gold' },
    period: { startDate: '2026-09-01', endDate: '2026-09-30', days: 30 },
    comparison: { startDate: '2026-08-01', endDate: '2026-08-31', days: 31 },
    timeZone: 'Europe/Berlin',
    currency: 'USD',
    figures: {
      usage: [
        {
          meter: 'posts',
          platform: null,
          window: { startDate: '2026-09-28', endDate: '2026-10-04' },
          used: 9,
          held: 2,
          limit: 15,
        },
        {
          meter: 'ai_generations',
          platform: null,
          window: { startDate: '2026-09-15', endDate: '2026-10-14' },
          used: 212,
          held: 0,
          limit: null,
        },
        {
          meter: 'storage_bytes',
          platform: null,
          window: null,
          used: 41_250_000_000,
          held: 0,
          limit: 100_000_000_000,
        },
      ],
      outcomes: {
        posts: grown(45, 41, '9.7561'),
        impressions: grown(184_230, 151_004, '22.0034'),
        reach: count(92_400),
        engagement: { ...grown(9120, 9050, '0.7735'), trend: 'stable', good: null },
        leads: grown(86, 72, '19.4444'),
        measuredPosts: 43,
      },
      platforms: [
        {
          key: 'linkedin',
          label: 'linkedin',
          posts: grown(20, 18, '11.1111'),
          impressions: grown(100_230, 80_004, '25.2812'),
          engagement: grown(5120, 4050, '26.4198'),
          leads: grown(60, 40, '50.0000'),
        },
        {
          key: 'instagram',
          label: 'instagram',
          posts: grown(25, 23, '8.6957'),
          impressions: grown(84_000, 71_000, '18.3099'),
          engagement: grown(4000, 5000, '-20.0000'),
          leads: grown(26, 32, '-18.7500'),
        },
      ],
      contentTypes: [
        {
          key: 'video',
          label: 'video',
          posts: count(12),
          impressions: count(90_000),
          engagement: count(6000),
          leads: count(50),
        },
      ],
      campaigns: [
        {
          key: 'autumn',
          label: 'Autumn getaway — 秋の旅',
          posts: count(14),
          impressions: count(64_000),
          engagement: count(3000),
          leads: count(41),
        },
        {
          key: 'unattributed',
          label: 'Unattributed',
          posts: count(31),
          impressions: count(120_230),
          engagement: count(6120),
          leads: count(45),
        },
      ],
      clientReturn: {
        fee: money('1999.00'),
        adSpend: money('1200.00'),
        paid: money('3199.00'),
        revenue: money('9480.00'),
        value: money('9480.00'),
        roiPercent: {
          current: '196.3426',
          previous: '171.1000',
          change: '25.2426',
          changePercent: null,
          trend: 'up',
          good: true,
        },
        roas: { value: '7.900000', reason: null },
        assumed: { leadValue: money('20.00'), conversionValue: null },
      },
      timeSaved: { minutes: 2303 },
      drivers: [
        {
          metric: 'leads',
          dimension: 'platform',
          key: 'linkedin',
          label: 'linkedin',
          change: 20,
          totalChange: 14,
          sharePercent: '142.8571',
        },
        {
          metric: 'leads',
          dimension: 'contentType',
          key: 'video',
          label: 'video',
          change: 12,
          totalChange: 14,
          sharePercent: '85.7143',
        },
      ],
    },
  };
}
