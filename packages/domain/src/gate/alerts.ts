import type { Limit } from '../tiers/terms.ts';

/** The shares of a limit at which the client is told. */
export const ALERT_THRESHOLDS: readonly (80 | 100)[] = [80, 100];

/** One threshold passed by growth: told if it is the highest, only spent if it is not. */
export interface Crossing {
  readonly threshold: 80 | 100;
  readonly emitted: boolean;
}

/** Thresholds that used + held grew to or past. None for unlimited and 0; a limit that moves crosses nothing. */
export function crossings(limit: Limit | undefined, before: number, after: number): Crossing[] {
  if (!limit || after <= before) return [];
  const reached = (count: number, threshold: number): boolean => count * 100 >= limit * threshold;
  const passed = ALERT_THRESHOLDS.filter(
    (threshold) => !reached(before, threshold) && reached(after, threshold),
  );
  const highest = passed.at(-1);
  if (highest === undefined) return [];
  return ALERT_THRESHOLDS.filter((threshold) => threshold <= highest).map((threshold) => ({
    threshold,
    emitted: threshold === highest,
  }));
}

/** Thresholds of a level that its value fell below: they may be told again. */
export function rearmed(limit: Limit | undefined, after: number): (80 | 100)[] {
  if (!limit) return [...ALERT_THRESHOLDS];
  return ALERT_THRESHOLDS.filter((threshold) => after * 100 < limit * threshold);
}
