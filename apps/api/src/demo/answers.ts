import * as z from 'zod';

const count = z.number();
const instant = z.coerce.date();
const window = z.object({ start: instant, end: instant }).nullable();

/** How much of one limit is taken. */
export const usageAnswer = z.object({
  meter: z.string(),
  platform: z.string().nullable(),
  window,
  used: count,
  held: count,
  limit: count.nullable(),
});
export type UsageAnswer = z.output<typeof usageAnswer>;

/** What an ask was answered. */
export const decisionAnswer = z.object({
  decision: z.enum(['allow', 'warn', 'deny']),
  replayed: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), message: z.string() })),
  nextFitAt: instant.nullable(),
  suggestedTier: z.object({ name: z.string() }).nullable(),
  usage: z.array(usageAnswer),
});
export type DecisionAnswer = z.output<typeof decisionAnswer>;

/** What a report was answered. */
export const settlementAnswer = z.object({
  status: z.enum(['committed', 'released', 'rejected', 'not_found', 'held']),
  replayed: z.boolean(),
  window,
  reason: z.string().nullable(),
  flags: z.array(z.string()),
});
export type SettlementAnswer = z.output<typeof settlementAnswer>;

export const hookAnswer = z.union([decisionAnswer, settlementAnswer]);
/** What a hook was answered. */
export type HookAnswer = z.output<typeof hookAnswer>;

const outcome = z.union([
  z.object({ ok: z.literal(true), answer: hookAnswer }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), detail: z.string() }) }),
]);

/** What a batch of hooks was answered. */
export const batchAnswer = z.object({ results: z.array(outcome) });

export const mintedAnswer = z.object({ token: z.string(), expiresAt: instant });

/** A client's tier and usage. */
export const clientTierAnswer = z.object({
  tier: z.object({ key: z.string(), name: z.string() }).nullable(),
  billing: z.object({ price: z.object({ amount: z.string(), currency: z.string() }) }).nullable(),
  usage: z.array(usageAnswer),
});
export type ClientTierAnswer = z.output<typeof clientTierAnswer>;

export const alertsAnswer = z.object({
  items: z.array(
    z.object({ meter: z.string(), threshold: count, limit: count, at: instant, window }),
  ),
});
/** An alert that was raised. */
export type AlertAnswer = z.output<typeof alertsAnswer>['items'][number];
