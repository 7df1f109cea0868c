import { shareByRemainder } from '../money/largest-remainder.ts';
import { divideRound, type Rounding } from '../money/rounding.ts';

const SECONDS_PER_HOUR = 3600n;

/** Seconds that share one rate of an hour; null when no rate is known for them. Neither is below 0. */
export interface RatedSegment {
  readonly seconds: number;
  readonly minorPerHour: bigint | null;
}

/** What an entry costs, and what of it each segment does, in their order. */
export interface EntryCost {
  readonly totalMinor: bigint;
  readonly segmentsMinor: readonly bigint[];
}

/**
 * The cost of one entry, rounded once over all its segments. What each one costs exactly is rounded down, and the
 * units left over go to the largest remainders, the earlier of equals first. Undefined when a rate is missing.
 */
export function priceEntry(
  segments: readonly RatedSegment[],
  rounding: Rounding = 'half_away_from_zero',
): EntryCost | undefined {
  const numerators: bigint[] = [];
  for (const { seconds, minorPerHour } of segments) {
    if (minorPerHour === null) return undefined;
    numerators.push(minorPerHour * BigInt(seconds));
  }
  const exact = numerators.reduce((sum, one) => sum + one, 0n);
  const totalMinor = divideRound(exact, SECONDS_PER_HOUR, rounding);
  const parts = { numerators, denominator: SECONDS_PER_HOUR, total: totalMinor };
  return { totalMinor, segmentsMinor: shareByRemainder(parts, (a, b) => a - b) };
}
