import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';

/** An agency and its settings. */
export const agencyOut = z.object({
  agencyWorkspaceId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  weekStartsOn: z.enum(['monday', 'sunday']),
  rounding: z.enum(['half_away_from_zero', 'half_even']),
  pastDueBlocks: z.boolean().meta({ description: 'Whether being past due refuses new posts.' }),
  unassignedChannels: z.enum(['allow', 'deny']),
  hourlyRate: moneyOut
    .nullable()
    .meta({ description: 'What an hour costs today where no nearer rate is set.' }),
  conversionValue: moneyOut.nullable(),
  leadValue: moneyOut.nullable(),
  timeRounding: z
    .object({
      mode: z.enum(['none', 'up', 'down', 'nearest']),
      minutes: z.number(),
      per: z.enum(['entry', 'client_day']),
    })
    .meta({ description: 'What becomes of billable time. Cost is never rounded by it.' }),
  timeAttribution: z.enum(['split', 'start']).meta({
    description: 'Whether time over midnight belongs to its days, or to the one it started on.',
  }),
  savedTimeInRoi: z
    .boolean()
    .meta({ description: 'Whether the money of saved time counts as value in ROI.' }),
  stablePercent: z
    .string()
    .meta({ description: 'A figure that changed by no more per cent than this is stable.' }),
  stablePoints: z
    .string()
    .meta({ description: 'The same in points, of figures that are percentages themselves.' }),
  highlightsAbove: moneyOut
    .nullable()
    .meta({ description: 'What a campaign must have cost more than to be a highlight.' }),
  createdAt: instantOut,
  archivedAt: instantOut.nullable(),
});

/** A client and its settings. */
export const clientOut = z.object({
  clientWorkspaceId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  revenueConnected: z.boolean(),
  scheduledReports: z.boolean().meta({
    description: 'Whether reports are made at the cadence of its tier, or only when somebody asks.',
  }),
  reportRecipients: z
    .array(z.string())
    .readonly()
    .meta({ description: 'Who is mailed its reports as they are made.' }),
  own: z
    .object({ timeZone: z.string().nullable(), currency: z.string().nullable() })
    .meta({ description: 'What is the client’s own; null is taken over from its agency.' }),
  createdAt: instantOut,
  archivedAt: instantOut.nullable(),
});

/** A client after an upsert. */
export const upsertedClientOut = clientOut.extend({
  timeZoneChange: z
    .object({ timeZone: z.string(), effectiveAt: instantOut })
    .nullable()
    .meta({ description: 'A change of the time zone waits for the next week.' }),
});
