import type { LocalDate } from '../calendar/instant.ts';

/** Where a rate can be set, the most specific first. */
export const RATE_LEVELS = [
  'entry',
  'person_campaign',
  'campaign',
  'person_client',
  'client',
  'person',
  'role',
  'agency',
] as const;

/** One of `RATE_LEVELS`. */
export type RateLevel = (typeof RATE_LEVELS)[number];

/** What an hour costs; 0 is a rate, null leaves it to the next wider level. */
export interface HourlyRate {
  readonly minorPerHour: bigint | null;
}

/** A rate from a local date on, until another begins. */
export interface DatedRate extends HourlyRate {
  readonly from: LocalDate;
}

/** The rate that applies, the level it was found on, and all that was said with it. */
export interface ResolvedRate<R> {
  readonly level: RateLevel;
  readonly minorPerHour: bigint;
  readonly rate: R;
}

/** The most specific rate that is not null, or undefined: then a cost is unknown, and never 0. */
export function resolveRate<R extends HourlyRate>(
  rates: Readonly<Partial<Record<RateLevel, R | undefined>>>,
): ResolvedRate<R> | undefined {
  for (const level of RATE_LEVELS) {
    const rate = rates[level];
    const minorPerHour = rate?.minorPerHour ?? null;
    if (rate !== undefined && minorPerHour !== null) return { level, minorPerHour, rate };
  }
  return undefined;
}

/** The rate of one level in force on a date: the last to begin by then, of those on one date the one given last. */
export function rateOnDate<R extends DatedRate>(
  rates: readonly R[],
  date: LocalDate,
): R | undefined {
  let inForce: R | undefined;
  for (const rate of rates) {
    const isLater = inForce === undefined || rate.from >= inForce.from;
    if (rate.from <= date && isLater) inForce = rate;
  }
  return inForce;
}
