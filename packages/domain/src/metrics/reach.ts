import { missing, type Missing } from '../money/missing.ts';
import { ratioOf, type Ratio } from '../money/ratio.ts';

/** What is known of the people reached in a period. */
export interface ReachObserved {
  /** One figure a day, `null` for a day without one. */
  readonly dailyReach: readonly (bigint | null)[];
  /** The host's own figure for the whole period. */
  readonly periodUniqueReach: bigint | null;
}

/** The people reached in a period, and the mean of its days to show beside it. */
export interface ReachFigures {
  readonly reach: { readonly value: bigint } | Missing;
  readonly averageDailyReach: Ratio;
}

/**
 * Reach is never summed, as whoever came on two days would count twice: it is the host's own figure for the period,
 * or it is unknown. Days without a figure leave the mean.
 */
export function reachAggregate({ dailyReach, periodUniqueReach }: ReachObserved): ReachFigures {
  const known = dailyReach.filter((value) => value !== null);
  const sum = known.reduce((all, value) => all + value, 0n);
  return {
    reach: reachOf(periodUniqueReach, known.length),
    averageDailyReach:
      known.length === 0 ? missing('missing_data') : ratioOf(sum, BigInt(known.length)),
  };
}

function reachOf(own: bigint | null, knownDays: number): ReachFigures['reach'] {
  if (own !== null) return { value: own };
  return missing(knownDays === 0 ? 'missing_data' : 'not_additive');
}
