import { daysBetween, DomainError, type SpreadCostBy } from '@retainer/domain';
import * as z from 'zod';

import type { DateRange } from '../../rollups/sums.ts';
import { invalidField, LocalDay, WorkspaceId } from '../../tenancy/input-fields.ts';
import { MoneyInput } from '../../tenancy/money-input.ts';

const SPREADS = ['impressions', 'posts', 'seconds'] as const satisfies readonly SpreadCostBy[];

export const CalculateValueTrackingInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  startDate: LocalDay,
  endDate: LocalDay,
  /** What an hour costs in place of the agency's rate, in this calculation alone. */
  hourlyRate: MoneyInput.optional(),
  /** What a conversion without an amount of its own is worth; 0 is an amount. */
  conversionValue: MoneyInput.optional(),
  leadValue: MoneyInput.optional(),
  /** Spreads cost that names no platform, content type or campaign over those that are named. */
  spreadCostBy: z.enum(SPREADS).optional(),
});
export type CalculateValueTrackingInput = z.input<typeof CalculateValueTrackingInput>;
export type Assumptions = Omit<
  z.output<typeof CalculateValueTrackingInput>,
  'clientWorkspaceId' | 'startDate' | 'endDate'
>;

/** The longest period that one answer lists day by day. */
const MOST_DAYS = 3660;

/** Refuses a period that ends before it starts, or has more days than one answer lists. */
export function checkPeriod({ startDate, endDate }: DateRange): DateRange {
  if (endDate < startDate) {
    const message = `must not lie before startDate (${startDate})`;
    const issues = [{ path: 'endDate', message }];
    throw new DomainError('period_inverted', `endDate: ${message}`, { issues });
  }
  if (daysBetween(startDate, endDate) >= MOST_DAYS) {
    throw invalidField('endDate', `must lie within ${MOST_DAYS} days of startDate`);
  }
  return { startDate, endDate };
}
