import type { KpiDashboard } from '@retainer/core';

type Insights = KpiDashboard['insights'];
type Amount = Insights['margin']['fee'];
type Decimal = Insights['margin']['marginPercent'];
type Attention = Insights['needsAttention']['items'][number];
type RunOut = Insights['runOuts']['items'][number];
type TierCount = KpiDashboard['clients']['byTier'][number];

/** How a tier's count stands beside the one before. */
export function tierCount(
  clients: number,
  previous: number | undefined,
): Omit<TierCount, 'tier' | 'name' | 'clients'> {
  if (previous === undefined) {
    return { previous: null, change: null, changePercent: null, trend: 'no_data', good: null };
  }
  const change = clients - previous;
  const trend = change === 0 ? 'stable' : change > 0 ? 'up' : 'down';
  const changePercent = ((change * 100) / previous).toFixed(4);
  return { previous, change, changePercent, trend, good: null };
}

/** Nothing needs attention, nothing runs out, and no margin is known. */
export function nothingToTell(amount: Amount, percent: Decimal): Insights {
  return {
    margin: { fee: amount, cost: amount, kept: amount, marginPercent: percent },
    tierFit: { fits: 0, over: 0, under: 0, unknown: 0 },
    needsAttention: { counts: { total: 0, urgent: 0, warning: 0, notice: 0 }, items: [] },
    runOuts: { total: 0, items: [] },
  };
}

/** No goal was set. */
export const NO_GOALS: KpiDashboard['goals'] = {
  agency: [],
  clients: { ahead: 0, onTrack: 0, behind: 0, reached: 0, missed: 0, unknown: 0 },
};

/** Margins as many agencies have them, one client over its limit and one with dear leads. */
export function someInsights(margin: Insights['margin'], name = 'Tidal Gym'): Insights {
  return {
    margin,
    tierFit: { fits: 7, over: 2, under: 1, unknown: 2 },
    needsAttention: {
      counts: { total: 7, urgent: 1, warning: 4, notice: 2 },
      items: [
        attention(name, {
          code: 'over_limit',
          severity: 'urgent',
          message: `${name} has 12 of 10 posts this week.`,
          lookAt: 'limits',
        }),
        attention('Lakeside Hotel', {
          code: 'cost_per_lead_up',
          severity: 'warning',
          figure: { value: '36.11', unit: 'money', currency: 'USD' },
          comparedWith: { value: '26.17', unit: 'money', currency: 'USD' },
          message: 'A lead of Lakeside Hotel cost 38 % more.',
          lookAt: 'value',
        }),
      ],
    },
    runOuts: {
      total: 3,
      items: [
        runOut(name, {
          meter: 'ai_generations',
          taken: 180,
          limit: 200,
          remaining: 20,
          pacePerDay: '6.0000',
          runsOutOn: '2026-10-04',
          reason: null,
        }),
        runOut('Lakeside Hotel', {
          meter: 'storage_bytes',
          taken: 5_000_000_000,
          limit: 5_000_000_000,
          remaining: 0,
          pacePerDay: '12000000.0000',
          runsOutOn: null,
          reason: 'used_up',
        }),
      ],
    },
  };
}

/** One goal that was reached and one that was missed. */
export function someGoals(): KpiDashboard['goals'] {
  const goal = {
    clientWorkspaceId: null,
    month: '2026-09',
    direction: 'more',
    days: 30,
    elapsedDays: 30,
    reason: null,
  } as const;
  const all = (value: string) => ({ ratio: ratio(value), paceRatio: ratio(value) });
  return {
    agency: [
      {
        ...goal,
        ...{ metric: 'leads', target: '80', due: '80', actual: '86' },
        ...all('1.075000'),
        state: 'reached',
      },
      {
        ...goal,
        ...{ metric: 'revenue', target: '10000', due: '10000', actual: '9480' },
        ...all('0.948000'),
        state: 'missed',
      },
    ],
    clients: { ahead: 1, onTrack: 3, behind: 2, reached: 2, missed: 1, unknown: 0 },
  };
}

/** Which of them the samples have. */
export const ANNOTATION_ID = '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0b001';

/** Something that happened on a day of the period. */
export function someAnnotations(title = 'Website relaunched'): KpiDashboard['annotations'] {
  const at = new Date('2026-09-14T10:00:00Z');
  return [
    {
      id: ANNOTATION_ID,
      clientWorkspaceId: null,
      startDate: '2026-09-14',
      endDate: '2026-09-14',
      kind: 'note',
      title,
      note: '',
      link: null,
      createdAt: at,
      changedAt: at,
      touches: ['period', 'trend'],
    },
  ];
}

function ratio(value: string): { readonly value: string; readonly reason: null } {
  return { value, reason: null };
}

function runOut(
  name: string,
  told: Omit<RunOut, 'clientWorkspaceId' | 'name' | 'window' | 'runsOutAt'>,
): RunOut {
  const clientWorkspaceId = name.toLowerCase().replaceAll(' ', '-');
  return { clientWorkspaceId, name, window: null, runsOutAt: null, ...told };
}

function attention(
  clientName: string,
  told: Pick<Attention, 'code' | 'severity' | 'message' | 'lookAt'> & Partial<Attention>,
): Attention {
  return {
    clientWorkspaceId: clientName.toLowerCase().replaceAll(' ', '-'),
    clientName,
    campaignId: null,
    campaignName: null,
    meter: null,
    figure: null,
    comparedWith: null,
    ...told,
  };
}
