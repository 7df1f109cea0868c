import type { Taken } from '@retainer/core';
import * as z from 'zod';

/** What became of each row of a list, in its place. */
export const takenOut = z.object({
  results: z.array(
    z.union([
      z.object({
        ok: z.literal(true),
        id: z.string(),
        replayed: z.boolean().meta({ description: 'The key had made it before.' }),
      }),
      z.object({
        ok: z.literal(false),
        error: z.object({
          code: z.string(),
          detail: z.string(),
          issues: z.array(z.object({ path: z.string(), message: z.string() })),
        }),
      }),
    ]),
  ),
});

/** Rows for the wire. */
export function takenOf(taken: readonly Taken[]): z.input<typeof takenOut> {
  return {
    results: taken.map((one) => {
      if (one.ok) return one;
      const { code, message, issues } = one.error;
      return { ok: false, error: { code, detail: message, issues: [...issues] } };
    }),
  };
}
