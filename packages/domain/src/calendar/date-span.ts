import type { LocalDate } from './instant.ts';
import { daysBetween } from './local-date.ts';

/** A half-open span of local dates: `from` belongs to it, `toExclusive` is the first date that does not. */
export interface DateSpan {
  readonly from: LocalDate;
  readonly toExclusive: LocalDate;
}

/** How many dates a span has. */
export function daysOf({ from, toExclusive }: DateSpan): number {
  return daysBetween(from, toExclusive);
}
