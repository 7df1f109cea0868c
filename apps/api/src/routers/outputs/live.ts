import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

const version = z.int().nonnegative().meta({
  description: 'Grows with every change, whichever process tells of it. The id of the event.',
});

/** That something of a client changed. */
export const clientEventOut = z.object({ version, at: instantOut });

/** That something of an agency changed. */
export const agencyEventOut = z.object({
  version,
  clients: z.array(z.string()).nullable().meta({
    description:
      'The clients for whom something was written; null where it may be any of them, or the agency itself.',
  }),
  at: instantOut,
});
