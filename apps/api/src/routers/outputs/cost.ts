import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';

const written = {
  idempotencyKey: z.string().nullable(),
  createdAt: instantOut,
  editedAt: instantOut.nullable(),
  deletedAt: instantOut.nullable(),
} as const;

const replayed = z.boolean().meta({ description: 'The key had made it before.' });

/** Money spent for a client on a day or over some. */
export const clientCostOut = z.object({
  id: z.string(),
  clientWorkspaceId: z.string(),
  name: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  amount: moneyOut.meta({ description: 'Of all its days together; below 0 for what came back.' }),
  campaignId: z.string().nullable(),
  platform: z.string().nullable(),
  ...written,
});

/** One that was sent, as new or again. */
export const createdClientCostOut = clientCostOut.extend({ replayed });

/** What a tool costs. */
export const toolCostOut = z.object({
  id: z.string(),
  clientWorkspaceId: z
    .string()
    .nullable()
    .meta({ description: 'null: the whole agency uses it, and `allocation` says who pays what.' }),
  name: z.string(),
  amount: moneyOut.meta({ description: 'Of the whole span, or of each `everyMonths` months.' }),
  allocation: z.enum(['equal', 'active_days', 'posts', 'seconds', 'custom']).nullable(),
  weights: z.record(z.string(), z.string()).nullable(),
  startDate: z.string(),
  endDate: z.string().nullable().meta({ description: 'null: it goes on.' }),
  everyMonths: z.number().nullable().meta({ description: 'null: it is paid once.' }),
  ...written,
});

/** One that was sent, as new or again. */
export const createdToolCostOut = toolCostOut.extend({ replayed });

/** What one unit of a currency was worth in another on a day. */
export const exchangeRateOut = z.object({
  date: z.string(),
  base: z.string(),
  quote: z.string(),
  rate: z.string().meta({ description: 'An exact decimal: one unit of the base in the quote.' }),
  source: z.string(),
  createdAt: instantOut,
});

/** What became of rates that were sent. */
export const exchangeRatesSetOut = z.object({
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
});
