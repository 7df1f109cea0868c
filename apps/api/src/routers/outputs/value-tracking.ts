import * as z from 'zod';

import { instantOut, moneyOut, pageOf } from '../../schemas.ts';

/** Why a figure has no value. */
export const missingReason = z.enum([
  'missing_data',
  'zero_denominator',
  'missing_rate',
  'mixed_currency',
  'not_additive',
  'missing_benchmark',
  'no_complete_day',
  'no_data',
]);

/** An amount that may be unknown. */
export const amountOut = z
  .object({
    amount: z.string().nullable(),
    currency: z.string(),
    reason: missingReason.optional(),
    knownAmount: z.string().optional(),
  })
  .meta({
    description:
      'Major units as a decimal string; null with a `reason` where it is unknown, and then `knownAmount` is the part that is known.',
  });

/** A ratio or percentage that may have no value. */
export const figureOut = z
  .object({ value: z.string().nullable(), reason: missingReason.nullable() })
  .meta({
    description: 'A decimal string; a ratio has 6 places, a percentage 4. Null with a `reason`.',
  });

/** Money for one of something. */
export const unitCostOut = z
  .object({
    value: moneyOut.extend({ exact: z.string() }).nullable(),
    reason: missingReason.nullable(),
  })
  .meta({ description: '`exact` is in minor units, to 6 places. Null with a `reason`.' });

const costOut = z.object({
  timeSpentMinutes: z.number(),
  timeSpentSeconds: z.number(),
  billableMinutes: z.number(),
  time: amountOut,
  tools: amountOut,
  adSpend: amountOut,
  other: amountOut,
  total: amountOut,
});

const count = z.number().nullable();
const outcomeOut = z.object({
  impressions: count,
  reach: count,
  averageDailyReach: z.string().nullable(),
  engagement: count,
  clicks: count,
  videoViews: count,
  leads: count,
  conversions: count,
  revenue: amountOut,
  total: amountOut,
  reasons: z
    .record(z.string(), missingReason)
    .meta({ description: 'For each count that is null, why. Unknown is not 0.' }),
  coverage: z
    .object({ posts: z.number(), measuredPosts: z.number() })
    .meta({ description: 'Posts published, and of how many of them impressions are known.' }),
});

const efficiencyOut = z.object({
  roiPercent: figureOut,
  roas: figureOut,
  costPerImpression: unitCostOut,
  costPerThousandImpressions: unitCostOut,
  costPerClick: unitCostOut,
  costPerLead: unitCostOut,
  costPerConversion: unitCostOut,
  engagementRatePercent: figureOut,
  clickThroughRatePercent: figureOut,
  conversionRatePercent: figureOut,
  leadConversionPercent: figureOut,
  valuePerHour: unitCostOut,
  timeEfficiency: figureOut,
});

const figures = {
  cost: costOut,
  value: outcomeOut,
  efficiency: efficiencyOut,
  timeSaved: z.object({ minutes: z.number(), value: amountOut }),
} as const;

const rows = z.array(z.object({ ...figures, key: z.string(), label: z.string() }));
const trackingFigures = {
  ...figures,
  period: z.object({ startDate: z.string(), endDate: z.string(), days: z.number() }),
  currency: z.string(),
  breakdowns: z.object({ platform: rows, contentType: rows, campaign: rows, day: rows }).meta({
    description: 'Each sums exactly to the totals; the key `unattributed` is what names none.',
  }),
} as const;

const inputs = z
  .object({
    hourlyRate: moneyOut.nullable(),
    conversionValue: moneyOut.nullable(),
    leadValue: moneyOut.nullable(),
    spreadCostBy: z.enum(['impressions', 'posts', 'seconds']).nullable(),
  })
  .meta({ description: 'What was assumed; null is not assumed.' });

/** A calculation that is kept. */
export const valueTrackingOut = z.object({
  ...trackingFigures,
  id: z.uuid(),
  clientWorkspaceId: z.string(),
  inputs,
  calculatedAt: instantOut,
  stale: z
    .boolean()
    .meta({ description: 'Facts of the period changed since: calculated again it would differ.' }),
});

/** A client's figures as they are now, and the calculations that are kept. */
export const clientTrackingOut = z.object({
  clientWorkspaceId: z.string(),
  current: z.object({ ...trackingFigures, inputs, asOf: instantOut }),
  stored: pageOf(valueTrackingOut),
});

/** A client's figures month by month. */
export const clientMonthsOut = z.object({
  clientWorkspaceId: z.string(),
  currency: z.string(),
  months: z
    .array(
      z.object({
        ...figures,
        month: z.string().meta({ description: 'YYYY-MM.' }),
        startDate: z.string(),
        endDate: z.string().meta({ description: 'Its last day that counts.' }),
        complete: z.boolean(),
      }),
    )
    .readonly()
    .meta({ description: 'A month knows what was told by its end. Reach is told of no month.' }),
  asOf: instantOut,
});

/** The agency's figures, and a row a client. */
export const agencyTrackingOut = z.object({
  period: z.object({ startDate: z.string(), endDate: z.string() }),
  currency: z.string(),
  totals: z.object({
    ...figures,
    coverage: z.object({ clients: z.number(), withValue: z.number() }),
    unallocatedTools: amountOut,
  }),
  clients: pageOf(z.object({ ...figures, clientWorkspaceId: z.string(), name: z.string() })),
  asOf: instantOut,
});
