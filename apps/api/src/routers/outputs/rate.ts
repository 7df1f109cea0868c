import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';

/** The levels that rates are set on, the most specific first. */
export const rateLevelOut = z.enum([
  'person_campaign',
  'campaign',
  'person_client',
  'client',
  'person',
  'role',
  'agency',
]);

/** What an hour costs on one level from a day on. */
export const rateOut = z.object({
  id: z.string(),
  level: rateLevelOut,
  person: z.string().nullable(),
  role: z.string().nullable(),
  clientWorkspaceId: z.string().nullable(),
  campaignId: z.string().nullable(),
  fromDate: z
    .string()
    .nullable()
    .meta({ description: 'The first local day it holds; null: it was always there.' }),
  hourlyRate: moneyOut
    .nullable()
    .meta({ description: 'Null leaves it to the next wider level; 0 is a rate.' }),
  createdAt: instantOut,
});
