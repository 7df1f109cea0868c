import { ExplainFigureInput } from '@retainer/core';
import * as z from 'zod';

import { moneyOut } from '../../schemas.ts';
import { amountOut, figureOut, missingReason, unitCostOut } from './value-tracking.ts';

/** Any figure, as value tracking answers it. */
const valueOut = z
  .union([z.number(), z.string(), amountOut, figureOut, unitCostOut])
  .nullable()
  .meta({ description: 'In the shape that it has in value tracking; null where it is unknown.' });

const name = ExplainFigureInput.shape.figure.meta({
  description: 'A figure by its place in an answer.',
});

const kindOut = z.enum([
  'time',
  'saved',
  'tool',
  'ad_spend',
  'other',
  'lead',
  'conversion',
  'revenue',
  'post',
  'placement',
  'observation',
]);

const rateLevelOut = z.enum([
  'entry',
  'person_campaign',
  'campaign',
  'person_client',
  'client',
  'person',
  'role',
  'agency',
]);

const factOut = z.object({
  date: z.string(),
  endDate: z.string().meta({ description: 'The last of its days among those asked for.' }),
  kind: kindOut,
  factId: z.string().nullable(),
  postId: z.string().nullable(),
  channelId: z.string().nullable(),
  platform: z.string().nullable(),
  contentType: z.string().nullable(),
  campaignId: z.string().nullable(),
  label: z.string(),
  seconds: z.number().nullable(),
  count: z.number().nullable(),
  amount: moneyOut.nullable().meta({ description: 'What it adds, in the client’s currency.' }),
  original: moneyOut
    .extend({ exchangeRate: z.object({ rate: z.string(), date: z.string() }).nullable() })
    .nullable()
    .meta({ description: 'In its own currency, with the exchange rate that it was given.' }),
  rate: z
    .object({ perHour: moneyOut, level: rateLevelOut })
    .nullable()
    .meta({ description: 'What an hour of it cost, and whose rate that is.' }),
  whole: moneyOut
    .extend({ startDate: z.string(), endDate: z.string() })
    .nullable()
    .meta({ description: 'Of what it is a share: of a tool, or of more days.' }),
  observed: z
    .object({ value: z.string(), before: z.string().nullable() })
    .nullable()
    .meta({ description: 'The last value of the day, and the last one before it.' }),
  reason: missingReason.nullable(),
  note: z
    .enum(['baseline', 'correction'])
    .nullable()
    .meta({ description: '`baseline`: counting starts here. `correction`: it went down.' }),
});

/** Where a figure comes from. */
export const explanationOut = z.object({
  clientWorkspaceId: z.string(),
  figure: name,
  period: z.object({ startDate: z.string(), endDate: z.string() }),
  currency: z.string(),
  formula: z.string(),
  value: valueOut,
  reason: missingReason.nullable(),
  terms: z
    .array(z.object({ figure: name, value: valueOut, worth: moneyOut.nullable() }))
    .readonly()
    .meta({ description: 'What it is made of; each can be explained in turn.' }),
  sources: z
    .array(
      z.object({
        kind: kindOut,
        source: z.string(),
        detail: z.string().nullable(),
        count: z.number(),
        sum: valueOut,
      }),
    )
    .readonly(),
  sum: valueOut.meta({ description: 'Of all facts, not of this page alone.' }),
  items: z.array(factOut),
  nextCursor: z.string().nullable(),
});
