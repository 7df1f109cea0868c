import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

/** One remembered change: who, when, from what to what. */
export const auditItemOut = z.object({
  id: z.string(),
  at: instantOut,
  actor: z.string(),
  action: z.string(),
  clientWorkspaceId: z.string().nullable(),
  subject: z.string(),
  before: z.unknown().meta({ description: 'null before a creation.' }),
  after: z.unknown().meta({ description: 'null after a removal.' }),
});
