import { ATTENTION_CODES, type Meter } from '@retainer/domain';
import * as z from 'zod';

import { instantOut, moneyOut, pageOf } from '../../schemas.ts';
import { comparisonOut, periodOut } from './period.ts';
import { budgetUseOut } from './plan.ts';
import { amountOut, figureOut, unitCostOut } from './value-tracking.ts';

const month = z.string().meta({ description: 'YYYY-MM.' });

const marginShape = {
  fee: amountOut,
  cost: z
    .object({
      time: amountOut,
      tools: amountOut,
      other: amountOut,
      borneByAgency: amountOut,
      adSpendPassedOn: amountOut,
    })
    .meta({
      description:
        '`borneByAgency` is time, tools and other. The client pays for ads beside the fee, so they are in no margin.',
    }),
  margin: amountOut,
  marginPercent: figureOut,
  effectiveHourlyRate: unitCostOut,
  trackedSeconds: z.number(),
} as const;

/** What the agency keeps of each client's fee. */
export const clientMarginsOut = z.object({
  period: z.object({ startDate: z.string(), endDate: z.string() }),
  currency: z.string(),
  totals: z.object({ ...marginShape, unallocatedTools: amountOut }),
  clients: pageOf(z.object({ ...marginShape, clientWorkspaceId: z.string(), name: z.string() })),
  asOf: instantOut,
});

const utilisationShape = {
  billableSeconds: z.number(),
  availableSeconds: z.number().nullable(),
  utilisationPercent: figureOut,
} as const;

/** How much of a month's capacities went into billable work. */
export const utilisationOut = z.object({
  month,
  team: z
    .object({ ...utilisationShape, people: z.number() })
    .meta({ description: 'The sums of those who have a capacity.' }),
  people: pageOf(z.object({ ...utilisationShape, person: z.string(), trackedSeconds: z.number() })),
  asOf: instantOut,
});

/** How far the budgets of a month are used, client by client. */
export const budgetStatesOut = z.object({
  month,
  clients: pageOf(
    z.object({
      clientWorkspaceId: z.string(),
      name: z.string(),
      money: z.object({ amount: moneyOut.nullable(), use: budgetUseOut }),
      hours: z.object({ hours: z.number().nullable(), use: budgetUseOut }),
    }),
  ),
  asOf: instantOut,
});

const meter = z.enum([
  'posts',
  'ai_generations',
  'reports',
  'storage_bytes',
  'library_items',
] as const satisfies readonly Meter[]);

const window = z.object({ start: instantOut, end: instantOut }).nullable();

/** An allowance, and the day on which it runs out. */
export const runOutOut = z.object({
  clientWorkspaceId: z.string(),
  name: z.string(),
  meter,
  window: window.meta({ description: 'The one that runs; null for a level.' }),
  taken: z.number().meta({ description: 'Used and held.' }),
  limit: z.number().nullable(),
  remaining: z.number().nullable(),
  pacePerDay: z.string().nullable().meta({
    description:
      'Of a window over the part of it that has passed, of a level over the last 28 days.',
  }),
  runsOutOn: z.string().nullable().meta({ description: 'The client’s local date.' }),
  runsOutAt: instantOut.nullable(),
  reason: z
    .enum([
      'not_in_tier',
      'unlimited',
      'limit_is_zero',
      'used_up',
      'no_elapsed_time',
      'no_use',
      'lasts',
    ])
    .nullable()
    .meta({ description: 'Why there is no such day.' }),
});

/** When allowances run out. */
export const runOutsOut = z.object({ allowances: pageOf(runOutOut), asOf: instantOut });

/** When each allowance of one client runs out. */
export const clientRunOutsOut = z.object({
  clientWorkspaceId: z.string(),
  allowances: z.array(runOutOut),
  asOf: instantOut,
});

const bookedTier = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  version: z.number(),
  monthly: moneyOut,
});

/** How many clients fit their tier. */
export const fitCountsOut = z
  .object({ fits: z.number(), over: z.number(), under: z.number(), unknown: z.number() })
  .meta({
    description:
      '`over`: more was wished than the tier takes; `under`: a cheaper tier would have done; `unknown`: no tier, or no whole week.',
  });

const fit = z.enum(['fits', 'over', 'under']);

/** Which tiers would have fitted. */
export const tierFitsOut = z.object({
  counts: fitCountsOut,
  clients: pageOf(
    z.object({
      clientWorkspaceId: z.string(),
      name: z.string(),
      fit: fit.nullable(),
      reason: z.enum(['no_tier', 'no_complete_week']).nullable(),
      currentTier: bookedTier.nullable(),
      fittedTier: bookedTier
        .nullable()
        .meta({ description: 'The cheapest that would have taken every wish.' }),
      priceDifference: moneyOut.nullable(),
      weeks: z.number().meta({ description: 'Whole weeks that were looked at, twelve at most.' }),
      startDate: z.string().nullable(),
      endDate: z.string().nullable(),
      peakWeek: z
        .object({
          startDate: z.string(),
          endDate: z.string(),
          taken: z.number(),
          denied: z.number(),
          wished: z.number(),
        })
        .nullable(),
      medianWeek: z.string().nullable(),
      weeksOver: z.number(),
      deniedPosts: z.number(),
      gaps: z
        .array(
          z.object({
            code: z.enum([
              'limit_reached',
              'limit_is_zero',
              'not_in_tier',
              'platform_not_in_tier',
              'platform_count',
            ]),
            meter,
            platform: z.string().nullable(),
            limit: z.number().nullable(),
            wished: z.number(),
            weeks: z.number(),
          }),
        )
        .meta({ description: 'What the present tier would not have taken.' }),
    }),
  ),
  asOf: instantOut,
});

const measure = z
  .object({
    value: z.string(),
    unit: z.enum(['count', 'bytes', 'days', 'date', 'percent', 'money', 'hours']),
    currency: z.string().nullable(),
  })
  .nullable();

const attentionCode = z.enum(ATTENTION_CODES);

/** One thing that needs attention. */
export const attentionOut = z.object({
  code: attentionCode,
  severity: z.enum(['urgent', 'warning', 'notice']),
  clientWorkspaceId: z.string(),
  clientName: z.string(),
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  meter: meter.nullable(),
  figure: measure,
  comparedWith: measure,
  message: z.string(),
  lookAt: z.enum([
    'tier',
    'limits',
    'posts',
    'margin',
    'budgets',
    'value',
    'campaign',
    'metrics',
    'time_entries',
    'exchange_rates',
  ]),
});

/** How much needs attention. */
export const attentionCountsOut = z.object({
  total: z.number(),
  urgent: z.number(),
  warning: z.number(),
  notice: z.number(),
});

/** What needs attention. */
export const needsAttentionOut = z.object({
  period: periodOut,
  comparison: comparisonOut,
  counts: attentionCountsOut,
  byCode: z.array(z.object({ code: attentionCode, count: z.number() })),
  items: pageOf(attentionOut),
  asOf: instantOut,
});
