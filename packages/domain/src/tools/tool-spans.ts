import type { LocalDate } from '../calendar/instant.ts';
import { addDays, addMonthsClamped } from '../calendar/local-date.ts';

/** When a tool is paid for. */
export interface ToolTerm {
  readonly startsOn: LocalDate;
  /** The last day; null: it goes on, which only a recurring cost may. */
  readonly endsOn: LocalDate | null;
  /** One amount for each so many months; null: one amount for the whole. At least 1. */
  readonly everyMonths: number | null;
}

/** The days that one amount pays for, both ends included. */
export interface ToolSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The spans of a tool that have begun by `until`, in order; each costs the amount once, and the last may end later.
 * Every span is counted from the original start, so that one of the 31st comes back after February. A span that has
 * begun is paid whole: a tool that ends within it spreads the whole amount over the days that are left.
 */
export function toolSpans(term: ToolTerm, until: LocalDate): ToolSpan[] {
  const { startsOn, endsOn, everyMonths } = term;
  if (everyMonths === null) {
    return startsOn > until ? [] : [{ from: startsOn, to: endsOn ?? startsOn }];
  }
  const last = endsOn !== null && endsOn < until ? endsOn : until;
  const spans: ToolSpan[] = [];
  let from = startsOn;
  for (let months = everyMonths; from <= last; months += everyMonths) {
    const next = addMonthsClamped(startsOn, months);
    const to = addDays(next, -1);
    spans.push({ from, to: endsOn !== null && endsOn < to ? endsOn : to });
    from = next;
  }
  return spans;
}
