import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';
import { decisionOut, limitOut, meterOut } from './gate.ts';
import { countKpiOut, decimalKpiOut } from './kpi-dashboard.ts';
import { amountOut, figureOut } from './value-tracking.ts';

/** How often reports of a kind are made. */
export const cadenceOut = z
  .enum(['monthly', 'biweekly', 'weekly'])
  .nullable()
  .meta({ description: 'null: somebody asked for it.' });
/** What a report tells. */
export const reportLevelOut = z.enum(['basic', 'standard', 'advanced']);
const dates = z.object({ startDate: z.string(), endDate: z.string() });
/** Local dates, both included, and how many they are. */
export const countedDatesOut = dates.extend({ days: z.number() });

const usage = z.object({
  meter: meterOut,
  platform: z.string().nullable(),
  window: dates.nullable().meta({ description: 'The one in which the period ended.' }),
  used: z.number(),
  held: z.number(),
  limit: limitOut,
});

const counts = {
  posts: countKpiOut,
  impressions: countKpiOut,
  engagement: countKpiOut,
  leads: countKpiOut,
} as const;
/** The rows of a breakdown, those that brought most first. */
export const rowsOut = z
  .array(z.object({ key: z.string(), label: z.string(), ...counts }))
  .readonly();

/** What a client paid, and what that brought. */
export const clientReturnOut = z
  .object({
    fee: amountOut,
    adSpend: amountOut,
    paid: amountOut,
    revenue: amountOut,
    value: amountOut,
    roiPercent: decimalKpiOut,
    roas: figureOut,
    assumed: z.object({ leadValue: moneyOut.nullable(), conversionValue: moneyOut.nullable() }),
  })
  .meta({ description: 'What the client paid, and what that brought.' });

const driver = z.object({
  metric: z.enum(['leads', 'engagement', 'impressions']),
  dimension: z.enum(['platform', 'contentType', 'campaign']),
  key: z.string(),
  label: z.string(),
  change: z.number(),
  totalChange: z.number(),
  sharePercent: z.string(),
});

/** What came of the work. */
export const outcomesOut = z.object({
  ...counts,
  reach: countKpiOut,
  measuredPosts: z.number(),
});

const figures = z.object({
  usage: z.array(usage).readonly(),
  outcomes: outcomesOut,
  platforms: rowsOut.optional(),
  contentTypes: rowsOut.optional(),
  campaigns: rowsOut.optional(),
  clientReturn: clientReturnOut.optional(),
  timeSaved: z.object({ minutes: z.number().nullable() }).optional(),
  drivers: z
    .array(driver)
    .readonly()
    .optional()
    .meta({ description: 'What moved leads most, or else engagement or impressions.' }),
});

const content = z
  .object({
    level: reportLevelOut,
    cadence: cadenceOut,
    agency: z.object({ name: z.string() }),
    client: z.object({ clientWorkspaceId: z.string(), name: z.string() }),
    tier: z.object({ key: z.string(), name: z.string() }),
    period: countedDatesOut,
    comparison: countedDatesOut.nullable(),
    timeZone: z.string(),
    currency: z.string(),
    figures,
  })
  .meta({ description: 'As it was made. It never changes.' });

/** A report as lists show it. */
export const reportOut = z.object({
  id: z.uuid(),
  clientWorkspaceId: z.string(),
  cadence: cadenceOut,
  period: dates,
  state: z.enum(['due', 'denied', 'made', 'sent', 'failed']).meta({
    description: '`denied`: not made, see `denial`. `failed`: its mail was not taken so far.',
  }),
  level: reportLevelOut.nullable(),
  denial: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  createdAt: instantOut,
  madeAt: instantOut.nullable(),
  sentAt: instantOut.nullable(),
  mail: z
    .object({
      sentTo: z.array(z.string()).readonly(),
      attempts: z.number(),
      nextAttemptAt: instantOut.nullable(),
      lastError: z.string().nullable(),
    })
    .nullable()
    .meta({ description: 'How the mailing stands; null for the client itself.' }),
});

/** What the gate decided, and the report unless it was denied. */
export const createdReportOut = z.object({ decision: decisionOut, report: reportOut.nullable() });

/** A report and what it says, beside what it would say today. */
export const reportInFullOut = z.object({
  report: reportOut,
  content: content.nullable(),
  today: z
    .object({ figures, asOf: instantOut })
    .nullable()
    .meta({ description: 'The same figures from all facts known now.' }),
});
