import type { ComparisonMode } from '@retainer/domain';
import * as z from 'zod';

import { LocalDay } from '../tenancy/input-fields.ts';

const COMPARISONS = [
  'previous_period',
  'previous_month',
  'previous_year',
] as const satisfies readonly ComparisonMode[];

/** Which days are asked for, and with which they are compared. */
export const AskedPeriodFields = z.strictObject({
  /** The first day of the period; without dates it is the month to date. */
  startDate: LocalDay.optional(),
  /** Its last day; yesterday unless told. */
  endDate: LocalDay.optional(),
  /** Whether to compare with other days at all. */
  comparePeriod: z.boolean().default(true),
  /** Which days to compare with. */
  compareTo: z.enum(COMPARISONS).default('previous_period'),
  /** Of the year before: 364 days back instead of the same dates, so that Mondays meet Mondays. */
  matchWeekday: z.boolean().default(false),
});

export const GetAgencyKPIDashboardInput = AskedPeriodFields.extend({
  /** How many campaigns to highlight. */
  highlights: z.int().min(1).max(50).default(5),
});
export type GetAgencyKPIDashboardInput = z.input<typeof GetAgencyKPIDashboardInput>;
