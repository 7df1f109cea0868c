import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

/** What happened on some days. */
export const annotationOut = z.object({
  id: z.string(),
  clientWorkspaceId: z
    .string()
    .nullable()
    .meta({ description: 'null: it is about the whole agency.' }),
  startDate: z.string(),
  endDate: z.string(),
  kind: z.enum(['note', 'launch', 'campaign', 'change', 'incident', 'holiday']),
  title: z.string(),
  note: z.string(),
  link: z.string().nullable(),
  createdAt: instantOut,
  changedAt: instantOut,
});
