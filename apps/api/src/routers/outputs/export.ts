import * as z from 'zod';

import { FORMATS } from '../../exports/files/media-types.ts';
import { instantOut } from '../../schemas.ts';

/** How far an export is. */
export const exportStatusOut = z.object({
  exportId: z.string(),
  format: z.enum(FORMATS),
  state: z.enum(['running', 'done', 'failed']),
  step: z.number().meta({ description: 'So many of `steps` are behind it.' }),
  steps: z.number(),
  doing: z.string(),
  fileName: z.string().nullable(),
  failure: z.string().nullable(),
  createdAt: instantOut,
  expiresAt: instantOut.meta({ description: 'Until when the file can be fetched.' }),
});

/** What an agency set of its look. */
export const agencyBrandOut = z.object({
  primaryColor: z.string().nullable(),
  accentColor: z.string().nullable(),
  font: z.string().nullable(),
  logo: z
    .object({
      type: z.enum(['image/png', 'image/jpeg']),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      sha256: z.string(),
    })
    .nullable(),
});
