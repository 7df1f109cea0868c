import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

/** An API key without its secret. */
export const apiKeyOut = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'How the key begins, to tell it from others.' }),
  role: z.enum(['agency', 'host']),
  scopes: z.array(z.string()).readonly(),
  createdAt: instantOut,
  expiresAt: instantOut.nullable(),
  revokedAt: instantOut.nullable(),
});

/** A new key with its secret. */
export const createdApiKeyOut = apiKeyOut.extend({
  key: z.string().meta({ description: 'The secret, shown this once.' }),
});

/** A token and when it stops working. */
export const mintedTokenOut = z.object({ token: z.string(), expiresAt: instantOut });
