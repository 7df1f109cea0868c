import {
  addDays,
  completeDays,
  dashboardPeriod,
  daysOf,
  type ComparisonMode,
  type DashboardPeriod,
  type LocalDate,
} from '@retainer/domain';
import type * as z from 'zod';

import { checkPeriod } from '../value/tracking/tracking-input.ts';
import { rangeOf } from './counted.ts';
import type { AskedPeriodFields } from './dashboard-input.ts';
import type { ComparisonDto, PeriodDto } from './period-dto.ts';

type Asked = z.output<typeof AskedPeriodFields>;

/** The days that are asked for, those that count, and those they are compared with. `period_inverted`. */
export function askedPeriod(
  { startDate, endDate, comparePeriod, compareTo, matchWeekday }: Asked,
  asOf: LocalDate,
): DashboardPeriod {
  const period = dashboardPeriod({
    startDate,
    endDate,
    matchWeekday,
    asOf,
    compareTo: comparePeriod ? compareTo : undefined,
  });
  checkPeriod(rangeOf(period.asked));
  return period;
}

/** The last day that figures count; yesterday while the period has no complete day, for the months before it. */
export function lastDayOf({ counted }: DashboardPeriod, today: LocalDate): LocalDate {
  return addDays(counted?.toExclusive ?? today, -1);
}

/** The period for the wire. */
export function toPeriod({ asked, counted }: DashboardPeriod, today: LocalDate): PeriodDto {
  return {
    ...rangeOf(asked),
    days: daysOf(asked),
    elapsedDays: completeDays(asked, today),
    complete: asked.toExclusive <= today,
    countedUntil: counted ? rangeOf(counted).endDate : null,
  };
}

/** The days it is compared with, for the wire. */
export function toComparison(
  { compared }: DashboardPeriod,
  compareTo: ComparisonMode,
): ComparisonDto | null {
  if (!compared) return null;
  const { days, clamped } = compared;
  return { compareTo, ...rangeOf(compared), days, clamped };
}
