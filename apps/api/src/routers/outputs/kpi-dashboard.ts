import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';
import { annotationOut } from './annotation.ts';
import { attentionCountsOut, attentionOut, fitCountsOut, runOutOut } from './insights.ts';
import { comparisonOut, periodOut } from './period.ts';
import { goalOut } from './plan.ts';
import { amountOut, figureOut, missingReason } from './value-tracking.ts';

const change = {
  changePercent: z.string().nullable(),
  trend: z.enum(['up', 'down', 'stable', 'new', 'no_data']),
  good: z.boolean().nullable(),
} as const;

const reasons = {
  reason: missingReason.optional(),
  previousReason: missingReason.optional(),
} as const;

const perDay = z
  .object(change)
  .optional()
  .meta({ description: 'The same a day, where the two periods differ in length.' });

/** A count in a period and in the one it is compared with. */
export const countKpiOut = z.object({
  current: z.number().nullable(),
  previous: z.number().nullable(),
  change: z.number().nullable(),
  ...change,
  ...reasons,
  perDay,
});

/** An amount in both. */
export const amountKpiOut = z.object({
  current: amountOut,
  previous: amountOut.nullable(),
  change: moneyOut.nullable(),
  ...change,
  ...reasons,
  perDay,
});

/** A ratio or percentage in both. */
export const decimalKpiOut = z
  .object({
    current: z.string().nullable(),
    previous: z.string().nullable(),
    change: z.string().nullable(),
    ...change,
    ...reasons,
    perDay,
  })
  .meta({ description: 'A ratio has 6 places, a percentage 4.' });

const byTier = z
  .array(
    z.object({
      tier: z.string(),
      name: z.string(),
      clients: z.number(),
      previous: z.number().nullable(),
      change: z.number().nullable(),
      ...change,
      ...reasons,
      perDay,
    }),
  )
  .meta({ description: 'Active clients on the last day, the cheapest tier first.' });

const highlights = z
  .array(
    z.object({
      campaignId: z.string(),
      clientWorkspaceId: z.string(),
      name: z.string(),
      cost: amountOut,
      value: amountOut,
      roiPercent: figureOut,
    }),
  )
  .meta({ description: 'The campaigns with the highest ROI among those that cost something.' });

const trend = z
  .array(
    z.object({
      month: z.string(),
      complete: z.boolean(),
      cost: amountOut,
      value: amountOut,
      roiPercent: figureOut,
      annotations: z.array(z.string()).meta({ description: 'The ids of those of its days.' }),
    }),
  )
  .meta({ description: 'Twelve months, the oldest first. The last ends with `countedUntil`.' });

/** Where an agency stands, beside where it stood. */
export const kpiDashboardOut = z.object({
  agencyWorkspaceId: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  period: periodOut,
  comparison: comparisonOut,
  performance: z.object({
    impressions: countKpiOut,
    engagement: countKpiOut,
    leads: countKpiOut,
    conversions: countKpiOut,
    revenue: amountKpiOut,
    averageRoi: decimalKpiOut,
  }),
  contentVelocity: z.object({
    posts: countKpiOut,
    content: countKpiOut,
    postsPerDay: decimalKpiOut,
    contentPerDay: decimalKpiOut,
  }),
  clients: z.object({
    total: countKpiOut,
    active: countKpiOut,
    activeAnyDay: countKpiOut,
    withActivity: countKpiOut,
    byTier,
  }),
  campaigns: z.object({ active: countKpiOut, roiPercent: decimalKpiOut, highlights }),
  roi: z.object({
    totalCost: amountKpiOut,
    totalValue: amountKpiOut,
    netValue: amountKpiOut,
    roiPercent: decimalKpiOut,
    trend,
  }),
  insights: z.object({
    margin: z
      .object({
        fee: amountKpiOut,
        cost: amountKpiOut,
        kept: amountKpiOut,
        marginPercent: decimalKpiOut,
      })
      .meta({ description: 'Of all clients together. `cost` is all but the ad spend.' }),
    tierFit: fitCountsOut,
    needsAttention: z.object({ counts: attentionCountsOut, items: z.array(attentionOut) }),
    runOuts: z.object({ total: z.number(), items: z.array(runOutOut) }),
  }),
  goals: z.object({
    agency: z.array(goalOut),
    clients: z.object({
      ahead: z.number(),
      onTrack: z.number(),
      behind: z.number(),
      reached: z.number(),
      missed: z.number(),
      unknown: z.number(),
    }),
  }),
  annotations: z.array(
    annotationOut.extend({ touches: z.array(z.enum(['period', 'comparison', 'trend'])) }),
  ),
  coverage: z
    .object({
      posts: z.number(),
      measuredPosts: z.number(),
      clients: z.number(),
      withValue: z.number(),
    })
    .nullable(),
  freshness: z.object({
    metricsUntil: z.string().nullable(),
    clientsWithMetrics: z.number(),
    clientsBehind: z.number(),
  }),
  asOf: instantOut,
});
