import { DomainError, isLocalDate, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { readPlace, type DayPlace } from './day-page.ts';
import { PageInput } from './input-fields.ts';

/** A calendar month, YYYY-MM. */
export const LocalMonth = z
  .string()
  .refine((text) => isLocalDate(firstDay(text)), { error: 'is not a month written YYYY-MM' });

/** A part of a list by month, the latest first; both months are included, and one that is left out is open. */
export const MonthPageInput = PageInput.extend({
  startMonth: LocalMonth.optional(),
  endMonth: LocalMonth.optional(),
});
type MonthPage = z.output<typeof MonthPageInput>;

/** The months of a list, and the last row that the caller has seen, if any. */
export interface MonthsAsked {
  readonly months: { readonly $gte?: LocalDate; readonly $lte?: LocalDate };
  readonly after: DayPlace | undefined;
}

/** Reads the months and the place of a page; refuses a period that ends before it starts. */
export function readMonthPage({ cursor, startMonth, endMonth }: MonthPage): MonthsAsked {
  if (startMonth !== undefined && endMonth !== undefined && endMonth < startMonth) {
    const message = 'must not lie before startMonth';
    const issues = [{ path: 'endMonth', message }];
    throw new DomainError('period_inverted', `endMonth: ${message}`, { issues });
  }
  return {
    months: {
      ...(startMonth !== undefined && { $gte: firstDay(startMonth) }),
      ...(endMonth !== undefined && { $lte: firstDay(endMonth) }),
    },
    after: readPlace(cursor, () => true),
  };
}

/** The first day of a month written YYYY-MM. */
export function firstDay(month: string): LocalDate {
  return `${month}-01`;
}

/** The month of a day. */
export function monthOf(day: LocalDate): string {
  return day.slice(0, 7);
}
