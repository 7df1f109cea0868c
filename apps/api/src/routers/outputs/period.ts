import * as z from 'zod';

/** The days of a dashboard. */
export const periodOut = z.object({
  startDate: z.string(),
  endDate: z.string(),
  days: z.number(),
  elapsedDays: z.number(),
  complete: z.boolean(),
  countedUntil: z
    .string()
    .nullable()
    .meta({ description: 'The last day that counts; null while no day is complete.' }),
});

/** The days it is compared with. */
export const comparisonOut = z
  .object({
    compareTo: z.enum(['previous_period', 'previous_month', 'previous_year']),
    startDate: z.string(),
    endDate: z.string(),
    days: z.number(),
    clamped: z.boolean(),
  })
  .nullable();
