import * as z from 'zod';

import { instantOut } from '../../schemas.ts';

/** The name of a meter in an answer. */
export const meterOut = z.enum([
  'posts',
  'ai_generations',
  'reports',
  'storage_bytes',
  'library_items',
]);

/** A limit in an answer: null is unlimited, 0 is none. */
export const limitOut = z
  .number()
  .nullable()
  .meta({ description: 'null is unlimited, 0 is none.' });

/** A span of time in an answer, up to and not including its end. */
export const windowOut = z.object({ start: instantOut, end: instantOut });

/** What is taken of one limit. */
export const usageOut = z.object({
  meter: meterOut,
  platform: z.string().nullable().meta({ description: 'null is the meter as a whole.' }),
  window: windowOut.nullable().meta({ description: 'null for a level, which is never reset.' }),
  used: z.number(),
  held: z.number(),
  limit: limitOut,
  remaining: limitOut,
  over: z.number(),
  percent: z.string().nullable().meta({ description: 'null where the limit is null or 0.' }),
  resetsAt: instantOut.nullable(),
});

/** One reason of a decision, with the counts before the ask. */
export const reasonOut = z.object({
  code: z.enum([
    'limit_reached',
    'limit_is_zero',
    'not_in_tier',
    'platform_not_in_tier',
    'platform_count',
    'no_assignment',
    'assignment_paused',
    'assignment_ended',
    'assignment_past_due',
    'trial_ended',
    'near_limit',
    'soft_limit_exceeded',
  ]),
  meter: meterOut,
  platform: z.string().nullable(),
  limit: limitOut,
  used: z.number(),
  held: z.number(),
  asked: z.number(),
  window: windowOut.nullable(),
  resetsAt: instantOut.nullable(),
  message: z.string(),
});

/** The answer to an ask. `reasons` count before it, `usage` after it. */
export const decisionOut = z.object({
  decision: z.enum(['allow', 'warn', 'deny']),
  reservationId: z.string().nullable(),
  replayed: z.boolean().meta({ description: 'The same request was answered before.' }),
  reasons: z.array(reasonOut).readonly(),
  nextFitAt: instantOut.nullable().meta({ description: 'When a denied ask would fit.' }),
  suggestedTier: z
    .object({ id: z.string(), key: z.string(), name: z.string() })
    .nullable()
    .meta({ description: 'The smallest tier that would have allowed a denied ask.' }),
  usage: z.array(usageOut).readonly(),
  flags: z.array(z.string()).readonly(),
});

/** The answer to a report or a settlement. */
export const settlementOut = z.object({
  status: z.enum(['committed', 'released', 'rejected', 'not_found', 'held']),
  replayed: z.boolean(),
  late: z.boolean(),
  overLimit: z.boolean(),
  window: windowOut.nullable(),
  reason: z.enum(['already_committed', 'already_released', 'not_held', 'was_denied']).nullable(),
  flags: z.array(z.string()).readonly(),
});

/** What became of each post that a hold was made for. */
export const attachmentOut = z.object({
  reservationId: z.string(),
  attached: z.array(z.string()).readonly(),
  alreadyCounted: z
    .array(z.string())
    .readonly()
    .meta({ description: 'Posts that were counted on their own: the hold gave their part back.' }),
});
