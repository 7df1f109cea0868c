import { daysOf, type DateSpan } from '../calendar/date-span.ts';
import type { Instant, LocalDate, Window } from '../calendar/instant.ts';
import { daysBetween } from '../calendar/local-date.ts';
import { compareFractions, type Fraction } from '../money/fraction.ts';
import type { RunOut } from './run-out.ts';

const DAY_MS = 86_400_000;
const LEVEL_HORIZON_MS = 28 * DAY_MS;
const TRIAL_NOTICE_MS = 7 * DAY_MS;
/** A client that posted nothing for so many days has stopped. */
export const SILENT_DAYS = 14;
/** Fewer days say nothing about a return. */
const FEWEST_DAYS = 7;
/** Fewer leads than these in the days before say nothing about what one costs. */
const FEWEST_LEADS = 5n;
const COST_RISE: Fraction = { num: 1n, den: 5n };

/**
 * Whether the day on which an allowance runs out is to be told: of a window only once a fourth of it is over, for posts
 * are often planned on its first day; of a level within the next 28 days.
 */
export function isRunOutNear(found: RunOut, of: { window: Window; now: Instant }): boolean {
  if (found.at === null) return false;
  const { window, now } = of;
  if (!Number.isFinite(window.end)) return found.at - now <= LEVEL_HORIZON_MS;
  return (now - window.start) * 4 >= window.end - window.start;
}

/** Whether a trial ends soon enough to be told: within seven days. */
export function isTrialEnding(trialEndsAt: Instant | undefined, now: Instant): boolean {
  return trialEndsAt !== undefined && trialEndsAt > now && trialEndsAt - now <= TRIAL_NOTICE_MS;
}

/** Whether a client that has had a tier since a date posts no more: nothing was published for two weeks. */
export function hasStoppedPosting(of: {
  readonly tierSince: LocalDate;
  readonly lastPost: LocalDate | null;
  readonly today: LocalDate;
}): boolean {
  const { tierSince, lastPost, today } = of;
  const isSilent = (since: LocalDate): boolean => daysBetween(since, today) >= SILENT_DAYS;
  return isSilent(tierSince) && (lastPost === null || isSilent(lastPost));
}

/** Whether returns of these days can be compared at all. */
export function isLongEnough(...spans: readonly (DateSpan | undefined)[]): boolean {
  return spans.every((span) => span !== undefined && daysOf(span) >= FEWEST_DAYS);
}

/** A percentage in two periods; null where it is unknown. None needs to be in lowest terms. */
export interface PercentagePair {
  readonly current: Fraction | null;
  readonly previous: Fraction | null;
}

/** How many points a percentage fell by, beyond what is stable; nothing when it did not, or is unknown. */
export function fallOf(
  { current, previous }: PercentagePair,
  stableBand: Fraction,
): Fraction | undefined {
  if (current === null || previous === null) return undefined;
  const fall = {
    num: previous.num * current.den - current.num * previous.den,
    den: previous.den * current.den,
  };
  return compareFractions(fall, stableBand) > 0 ? fall : undefined;
}

/** What leads cost, and how many there were. */
export interface LeadCost {
  readonly costMinor: bigint | null;
  readonly leads: bigint | null;
}

/** By what share a lead costs more than before; undefined where it does not by a fifth, or too few leads tell. */
export function leadCostRise(current: LeadCost, previous: LeadCost): Fraction | undefined {
  const { costMinor: cost, leads } = current;
  const { costMinor: costBefore, leads: leadsBefore } = previous;
  if (cost === null || leads === null || leads <= 0n) return undefined;
  if (costBefore === null || costBefore <= 0n) return undefined;
  if (leadsBefore === null || leadsBefore < FEWEST_LEADS) return undefined;
  const before = costBefore * leads;
  const rise = { num: cost * leadsBefore - before, den: before };
  return compareFractions(rise, COST_RISE) >= 0 ? rise : undefined;
}
