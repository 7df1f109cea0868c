import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

/** What is known of a campaign. */
export const campaignOut = z.object({
  clientWorkspaceId: z.string(),
  campaignId: z.string(),
  name: z.string(),
  startDate: z.string().nullable().meta({ description: 'Its first local day; null is none.' }),
  endDate: z.string().nullable().meta({ description: 'Its last local day; null is none.' }),
  createdAt: instantOut,
  archivedAt: instantOut.nullable(),
});
