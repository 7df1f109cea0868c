import { ratioOf, type Ratio } from '../money/ratio.ts';
import { divideRound, type Rounding } from '../money/rounding.ts';
import { sumKnown, type Total } from '../money/total.ts';

/** Something that was done by a machine, so many times: how long it took, and how long it would have by hand. */
export interface AutomatedAction {
  readonly count: bigint;
  readonly baselineSeconds: bigint;
  readonly actualSeconds: bigint;
}

/** What the time of a person costs, null when nobody said, and how the agency rounds. */
export interface SavedTimeTerms {
  readonly minorPerHour: bigint | null;
  readonly rounding?: Rounding;
}

/** The time that was saved, which may be below 0, and what it is worth. */
export interface TimeSaved {
  readonly savedSeconds: bigint;
  readonly baselineSeconds: bigint;
  /** Saved over what it would have taken by hand. */
  readonly efficiency: Ratio;
  readonly value: Total;
}

const SECONDS_PER_HOUR = 3600n;

/** Adds up what automated actions saved; the money of each is rounded once. */
export function timeSaved(actions: readonly AutomatedAction[], terms: SavedTimeTerms): TimeSaved {
  const saved = actions.map(
    ({ count, baselineSeconds, actualSeconds }) => count * (baselineSeconds - actualSeconds),
  );
  const savedSeconds = saved.reduce((sum, seconds) => sum + seconds, 0n);
  const baselineSeconds = actions.reduce(
    (sum, action) => sum + action.count * action.baselineSeconds,
    0n,
  );
  return {
    savedSeconds,
    baselineSeconds,
    efficiency: timeEfficiency(savedSeconds, baselineSeconds),
    value: sumKnown(saved.map((seconds) => priceOf(seconds, terms))),
  };
}

/** The share of the time by hand that was saved. */
export function timeEfficiency(savedSeconds: bigint, baselineSeconds: bigint): Ratio {
  return ratioOf(savedSeconds, baselineSeconds);
}

function priceOf(
  seconds: bigint,
  { minorPerHour, rounding = 'half_away_from_zero' }: SavedTimeTerms,
): bigint | null {
  if (minorPerHour === null) return null;
  return divideRound(seconds * minorPerHour, SECONDS_PER_HOUR, rounding);
}
