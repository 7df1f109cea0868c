import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';

/** How long posts of a content type are taken to need from a day on. */
export const timeSavedBaselineOut = z.object({
  contentType: z
    .string()
    .meta({ description: 'Empty: every content type that has none of its own.' }),
  fromDate: z.string(),
  version: z.number().meta({ description: 'Counts the changes of the content type’s numbers.' }),
  baselineMinutes: z.number().meta({ description: 'By hand.' }),
  actualMinutes: z.number().meta({ description: 'As it is done now.' }),
  changedAt: instantOut,
});

/** What attention costs a client as ads from a day on. */
export const benchmarkOut = z.object({
  clientWorkspaceId: z.string(),
  fromDate: z.string(),
  cpm: moneyOut.meta({ description: 'Of a thousand impressions.' }),
  cpc: moneyOut.meta({ description: 'Of a click.' }),
  reactionMultiplier: z.string().meta({ description: 'How much of a click a reaction counts as.' }),
  changedAt: instantOut,
});
