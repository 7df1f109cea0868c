import { HookInputs, type HookOutcome } from '@retainer/core';
import * as z from 'zod';

import { attachmentOut, decisionOut, settlementOut } from './outputs/gate.ts';

/** One event of a batch: the body of a hook, with the hook's name as its type. */
export const hookEvent = z.discriminatedUnion('type', [
  event('reserve'),
  event('commit'),
  event('release'),
  event('move'),
  event('attach'),
  event('postCreated'),
  event('postUpdated'),
  event('postPublished'),
  event('postFailed'),
  event('postDeleted'),
  event('uploadCreated'),
  event('uploadDeleted'),
]);

/** What one event of a batch came to. */
export const outcomeOut = z.union([
  z.object({ ok: z.literal(true), answer: z.union([decisionOut, settlementOut, attachmentOut]) }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.string(),
      detail: z.string(),
      issues: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  }),
]);

/** An outcome for the wire. */
export function outcomeOf(outcome: HookOutcome): z.input<typeof outcomeOut> {
  if (outcome.ok) return { ok: true, answer: outcome.answer };
  const { code, message, issues } = outcome.error;
  return { ok: false, error: { code, detail: message, issues: [...issues] } };
}

function event<TName extends keyof typeof HookInputs>(name: TName) {
  return z.strictObject({ type: z.literal(name), ...HookInputs[name].shape });
}
