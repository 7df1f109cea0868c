import type { Instant } from '../calendar/instant.ts';
import { missing, type Missing } from '../money/missing.ts';

/** One observation of a metric that stands for itself: the total of a window, a level or a share. */
export interface Observation {
  readonly at: Instant;
  readonly value: bigint;
}

/**
 * What is shown of a metric that is never added to days: its newest observation, so that a total pushed twice is
 * told once. Without an observation it is unknown, not 0.
 */
export function shownMetric(
  observations: readonly Observation[],
): { readonly value: bigint } | Missing {
  const [first, ...rest] = observations;
  if (first === undefined) return missing('missing_data');
  const newest = rest.reduce((best, one) => (one.at >= best.at ? one : best), first);
  return { value: newest.value };
}
