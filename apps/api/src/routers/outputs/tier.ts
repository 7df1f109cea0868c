import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';
import { limitOut } from './gate.ts';

const allowedOut = z.union([z.array(z.string()).readonly(), z.literal('all')]);

/** What a report of a tier holds, and how often it comes. */
const reportTerms = {
  level: z.enum(['basic', 'standard', 'advanced']),
  cadence: z.enum(['monthly', 'biweekly', 'weekly']),
} as const;

const aiLevel = z.enum(['none', 'basic', 'advanced', 'all']);
const support = z.enum(['email', 'priority_email', 'dedicated']);

/** One version of a tier. A limit that is left out is not in the tier. */
export const tierOut = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.number(),
  isDefault: z.boolean(),
  archivedAt: instantOut.nullable(),
  pricing: z.object({ monthly: moneyOut, annual: moneyOut }),
  features: z.object({
    postsPerWeek: limitOut.optional(),
    platforms: z.object({
      max: limitOut,
      allowed: allowedOut,
      perPlatform: z.record(z.string(), limitOut),
    }),
    reports: z.object({ ...reportTerms, perPeriod: limitOut.optional() }),
    ai: z.object({ level: aiLevel, generationsPerPeriod: limitOut.optional() }),
    support,
    customBranding: z.boolean(),
    apiAccess: z.boolean(),
  }),
  limits: z.object({
    storageBytes: limitOut.optional(),
    contentLibraryItems: limitOut.optional(),
  }),
  countBy: z.enum(['post', 'channel']),
  enforcement: z.enum(['hard', 'soft']),
});

/** What a tier is called. */
export const tierNameOut = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** What a tier grants without counting it. */
export const grantedOut = z.object({
  ai: aiLevel,
  reports: z.object(reportTerms),
  support,
  platforms: allowedOut,
  customBranding: z.boolean(),
  apiAccess: z.boolean(),
});
