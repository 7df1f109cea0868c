import * as z from 'zod';

import { instantOut } from '../../schemas.ts';
import { amountKpiOut, countKpiOut, decimalKpiOut } from './kpi-dashboard.ts';
import { comparisonOut, periodOut } from './period.ts';
import { amountOut, figureOut } from './value-tracking.ts';

const point = z.object({
  startDate: z.string(),
  endDate: z.string(),
  complete: z
    .boolean()
    .meta({ description: 'All its days are over, and it has as many as the other points.' }),
  cost: amountOut,
  value: amountOut,
  revenue: amountOut,
  roiPercent: figureOut,
  leads: z.number().nullable(),
  posts: z.number(),
  activeClients: z.number().meta({ description: 'On its last day.' }),
});

/** The figures of a dashboard over time. */
export const kpiSeriesOut = z.object({
  timeZone: z.string(),
  currency: z.string(),
  period: periodOut,
  comparison: comparisonOut,
  unit: z.enum(['day', 'week', 'month']),
  current: z.array(point).meta({ description: 'Up to today, which is told as not complete.' }),
  previous: z.array(point).meta({ description: 'The first lies beside the first of `current`.' }),
  asOf: instantOut,
});

/** The clients of an agency beside each other. */
export const kpiClientsOut = z.object({
  currency: z.string(),
  period: periodOut,
  comparison: comparisonOut,
  total: z.number(),
  found: z.number().meta({ description: 'How many of them were asked for.' }),
  page: z.number(),
  pages: z.number(),
  items: z.array(
    z.object({
      clientWorkspaceId: z.string(),
      name: z.string(),
      tier: z
        .object({ key: z.string(), name: z.string() })
        .nullable()
        .meta({ description: 'The one it is on on the period’s last day.' }),
      posts: countKpiOut,
      leads: countKpiOut,
      cost: amountKpiOut,
      revenue: amountKpiOut,
      roiPercent: decimalKpiOut,
      budget: z
        .object({
          kind: z.enum(['money', 'hours']),
          state: z.enum(['no_budget', 'ok', 'warning', 'reached', 'over']).nullable(),
          ratio: figureOut,
        })
        .nullable()
        .meta({ description: 'Of the present month, up to today; null where nobody set one.' }),
      metricsUntil: z.string().nullable(),
      postsByDay: z
        .array(z.number())
        .meta({ description: 'Of the 30 days up to the last one that counts.' }),
    }),
  ),
  asOf: instantOut,
});

const campaign = {
  campaignId: z.string(),
  clientWorkspaceId: z.string(),
  clientName: z.string(),
  name: z.string(),
  platforms: z.array(z.string()),
  cost: amountKpiOut.meta({ description: 'Without tools, which are no campaign’s.' }),
  revenue: amountKpiOut,
  roiPercent: decimalKpiOut,
  leads: countKpiOut,
  costPerLead: amountKpiOut,
} as const;

/** The campaigns of an agency that did best, and those to look at. */
export const kpiCampaignsOut = z.object({
  currency: z.string(),
  period: periodOut,
  comparison: comparisonOut,
  total: z.number(),
  best: z.array(z.object(campaign)).meta({ description: 'The highest ROI first.' }),
  troubled: z
    .array(
      z.object({
        ...campaign,
        trouble: z
          .object({
            code: z.enum(['cost_per_lead_up', 'roi_fallen', 'roi_negative']),
            by: z.string(),
          })
          .meta({
            description:
              'By how many per cent a lead costs more, by how many points the ROI fell, or the ROI itself.',
          }),
      }),
    )
    .meta({ description: 'The lowest ROI first; none of the best is among them.' }),
  asOf: instantOut,
});
