import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';

/** A lead, a conversion or revenue. */
export const conversionOut = z.object({
  id: z.string(),
  clientWorkspaceId: z.string(),
  kind: z.enum(['lead', 'conversion', 'revenue']),
  date: z.string().meta({ description: 'The client’s local day that it counts on.' }),
  at: instantOut.nullable(),
  count: z.number(),
  amount: moneyOut.nullable(),
  campaignId: z.string().nullable(),
  platform: z.string().nullable(),
  postId: z.string().nullable(),
  source: z.string(),
  attributionModel: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: instantOut,
  editedAt: instantOut.nullable(),
  deletedAt: instantOut.nullable(),
});

/** One that was sent, as new or again. */
export const createdConversionOut = conversionOut.extend({
  replayed: z.boolean().meta({ description: 'The key had made it before.' }),
});
