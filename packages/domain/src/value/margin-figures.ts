import { missing, type MissingReason } from '../money/missing.ts';
import { percentOf, type MoneyRatio, type Percent } from '../money/ratio.ts';
import type { Total } from '../money/total.ts';
import { effectiveHourlyRate, margin } from './margin.ts';

/** What a client was charged, what of its cost the agency bears, and all the time that was tracked for it. */
export interface MarginTerms {
  readonly fee: Total;
  readonly cost: Total;
  readonly seconds: bigint;
}

/** What the agency keeps of a fee, and what an hour of its work brings in. */
export interface MarginFigures {
  /** Below 0 where the work cost more than the fee. */
  readonly kept:
    | { readonly minor: bigint }
    | { readonly minor: null; readonly reason: MissingReason };
  readonly marginPercent: Percent;
  readonly effectiveHourlyRate: MoneyRatio;
}

/** Puts a fee beside its cost. Where a rate is missing, whatever needs it has no value, and says so. */
export function marginFigures({ fee, cost, seconds }: MarginTerms): MarginFigures {
  const feeMinor = fee.totalMinor;
  const costMinor = cost.totalMinor;
  const reason = fee.reason ?? cost.reason;
  const isKnown = feeMinor !== null && costMinor !== null;
  return {
    kept: isKnown
      ? { minor: feeMinor - costMinor }
      : { minor: null, reason: reason ?? 'missing_data' },
    marginPercent:
      reason === undefined ? percentOf(margin({ feeMinor, costMinor })) : missing(reason),
    effectiveHourlyRate:
      fee.reason === undefined
        ? effectiveHourlyRate(feeMinor, seconds)
        : { minor: null, reason: fee.reason },
  };
}
