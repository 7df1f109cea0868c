import * as z from 'zod';

import { instantOut, moneyOut, pageOf } from '../../schemas.ts';
import { auditItemOut } from './audit.ts';
import { decisionOut, limitOut, meterOut, usageOut, windowOut } from './gate.ts';
import { grantedOut, tierNameOut, tierOut } from './tier.ts';

const statusOut = z.enum(['trialing', 'active', 'paused', 'past_due', 'canceled']);
const intervalOut = z.enum(['monthly', 'quarterly', 'annual']);

const scheduledChangeOut = z
  .object({ tier: tierNameOut, version: z.number(), effectiveAt: instantOut })
  .nullable();

const billingOut = z.object({
  interval: intervalOut,
  anchor: z.string().meta({ description: 'The day that periods are counted from.' }),
  periodStart: instantOut,
  periodEnd: instantOut,
  price: moneyOut.meta({ description: 'For one period, as it was when the tier was assigned.' }),
  scheduledChange: scheduledChangeOut,
});

/** A client's tier, billing period and usage. `tier` is null before the first assignment. */
export const clientTierOut = z.object({
  clientWorkspaceId: z.string(),
  tier: tierOut.nullable(),
  status: statusOut.nullable(),
  billing: billingOut.nullable(),
  startsAt: instantOut
    .nullable()
    .meta({ description: 'When the first assignment begins, if none has yet.' }),
  trialEndsAt: instantOut.nullable(),
  endsAt: instantOut.nullable().meta({ description: 'When the service ends, once canceled.' }),
  usage: z.array(usageOut).readonly(),
});

/** Who is on which tier. */
export const clientTiersOut = z.object({
  holders: z
    .array(z.object({ tierId: z.string(), version: z.number(), clients: z.number() }))
    .readonly()
    .meta({ description: 'Of all clients whose service has not ended, whatever the page.' }),
  clients: pageOf(
    z.object({
      clientWorkspaceId: z.string(),
      name: z.string(),
      tier: tierNameOut.extend({ version: z.number() }).nullable(),
      status: statusOut.nullable(),
      since: instantOut.nullable().meta({ description: 'From when on it has this version.' }),
      periodEnd: instantOut.nullable(),
      trialEndsAt: instantOut.nullable(),
      endsAt: instantOut.nullable(),
      scheduledChange: scheduledChangeOut,
    }),
  ),
  asOf: instantOut,
});

const prorationOut = z.object({
  lines: z.array(z.object({ description: z.string(), amount: moneyOut })).readonly(),
  total: moneyOut,
});

/** The client's tier after an assignment; for a change at once also what it costs. */
export const assignedTierOut = clientTierOut.extend({ proration: prorationOut.optional() });

/** What an assignment would do. */
export const previewOut = z.object({
  effectiveAt: instantOut.nullable(),
  proration: prorationOut.nullable(),
  over: z.array(usageOut).readonly().meta({ description: 'What is taken beyond the new limits.' }),
});

/** Every limit with what is taken of it. */
const limitsOut = z.object({
  clientWorkspaceId: z.string(),
  status: statusOut.nullable(),
  usage: z.array(usageOut).readonly(),
  features: grantedOut.nullable(),
});

/** The state of every limit or, for an ask, a decision. */
export const checkedOut = z.union([decisionOut, limitsOut]);

/** A promise beside the tier: one of `delta` and `limit` is there. */
export const overrideOut = z.object({
  id: z.string(),
  meter: meterOut,
  platform: z.string().nullable(),
  delta: z.number().optional(),
  limit: limitOut.optional(),
  from: instantOut,
  to: instantOut.nullable(),
  reason: z.string(),
  createdAt: instantOut,
  revokedAt: instantOut.nullable(),
});

/** The client's tier after a promise, and the promise. */
export const grantedOverrideOut = clientTierOut.extend({ override: overrideOut });

/** A share of a limit that was reached. */
export const alertOut = z.object({
  id: z.string(),
  meter: meterOut,
  platform: z.null(),
  window: windowOut.nullable(),
  threshold: z.union([z.literal(80), z.literal(100)]),
  limit: z.number(),
  at: instantOut,
});

/** The whole story of a client's tiers. */
export const historyOut = z.object({
  clientWorkspaceId: z.string(),
  assignments: z
    .array(
      z.object({
        id: z.string(),
        tierId: z.string(),
        tier: tierNameOut,
        version: z.number(),
        startsAt: instantOut,
        endsAt: instantOut.nullable(),
        endedBy: z.enum(['change', 'cancel']).nullable(),
        anchor: z.string(),
        interval: intervalOut,
        trialEndsAt: instantOut.nullable(),
        price: moneyOut,
      }),
    )
    .readonly(),
  blocks: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(['paused', 'stopped', 'past_due']),
        from: instantOut,
        until: instantOut.nullable(),
        reason: z.string(),
      }),
    )
    .readonly(),
  overrides: z.array(overrideOut).readonly(),
  changes: z.array(auditItemOut).readonly().meta({ description: 'The latest first.' }),
});
