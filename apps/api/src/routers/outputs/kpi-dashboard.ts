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

const countKpi = z.object({
  current: z.number().nullable(),
  previous: z.number().nullable(),
  change: z.number().nullable(),
  ...change,
  ...reasons,
  perDay,
});

const amountKpi = z.object({
  current: amountOut,
  previous: amountOut.nullable(),
  change: moneyOut.nullable(),
  ...change,
  ...reasons,
  perDay,
});

const decimalKpi = z
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
    impressions: countKpi,
    engagement: countKpi,
    leads: countKpi,
    conversions: countKpi,
    revenue: amountKpi,
    averageRoi: decimalKpi,
  }),
  contentVelocity: z.object({
    posts: countKpi,
    content: countKpi,
    postsPerDay: decimalKpi,
    contentPerDay: decimalKpi,
  }),
  clients: z.object({
    total: countKpi,
    active: countKpi,
    activeAnyDay: countKpi,
    withActivity: countKpi,
    byTier,
  }),
  campaigns: z.object({ active: countKpi, roiPercent: decimalKpi, highlights }),
  roi: z.object({
    totalCost: amountKpi,
    totalValue: amountKpi,
    netValue: amountKpi,
    roiPercent: decimalKpi,
    trend,
  }),
  insights: z.object({
    margin: z
      .object({ fee: amountKpi, cost: amountKpi, kept: amountKpi, marginPercent: decimalKpi })
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
