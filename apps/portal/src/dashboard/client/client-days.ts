import { addDays, dashboardPeriod, type DateSpan, type LocalDate } from '@retainer/domain';

import type { AskedDays } from '../period/period-choice.ts';

/** Days, both included. */
export interface Days {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

/** The days of a client that are looked at. */
export interface ClientDays {
  /** Undefined while no day of the period is over. */
  readonly shown: Days | undefined;
  readonly compared: Days | undefined;
  /** Whether today lies in the period, so that it could be counted in. */
  readonly mayIncludeToday: boolean;
}

/**
 * The days of a client: those of the period that are over, as the overview counts them, and as many before them. With
 * `includesToday` a day that is not over counts as if it were.
 */
export function clientDays(
  { startDate, endDate, comparePeriod = true, compareTo, matchWeekday = false }: AskedDays,
  { today, includesToday }: { readonly today: LocalDate; readonly includesToday: boolean },
): ClientDays {
  const of = (asOf: LocalDate) =>
    dashboardPeriod({
      startDate,
      endDate,
      matchWeekday,
      asOf,
      compareTo: comparePeriod ? (compareTo ?? 'previous_period') : undefined,
    });
  const [without, withToday] = [of(today), of(addDays(today, 1))];
  const { counted, compared } = includesToday ? withToday : without;
  const holdsToday = (span: DateSpan | undefined): boolean =>
    span !== undefined && span.from <= today && today < span.toExclusive;
  return {
    shown: counted && { startDate: counted.from, endDate: addDays(counted.toExclusive, -1) },
    compared: compared && { startDate: compared.from, endDate: addDays(compared.toExclusive, -1) },
    mayIncludeToday: holdsToday(withToday.counted) && !holdsToday(without.counted),
  };
}
