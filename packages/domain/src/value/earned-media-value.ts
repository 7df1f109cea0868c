import type { Fraction } from '../money/fraction.ts';
import type { MissingReason } from '../money/missing.ts';
import { divideRound, type Rounding } from '../money/rounding.ts';

/** What the client's own ads pay for attention; a reaction counts as so much of a click. */
export interface Benchmarks {
  readonly cpmMinor: bigint;
  readonly cpcMinor: bigint;
  readonly reactionMultiplier: Fraction;
}

/** Attention that was not paid for; null where nothing was observed. */
export interface EarnedAttention {
  readonly impressions: bigint | null;
  readonly clicks: bigint | null;
  readonly reactions: bigint | null;
}

/** The price of earned attention, or why it has none. */
export type EarnedMediaValue =
  | { readonly minor: bigint }
  | { readonly minor: null; readonly reason: MissingReason };

const MILLE = 1000n;

/**
 * What the attention would have cost as ads, rounded once: CPM x impressions / 1000 + CPC x (multiplier x reactions +
 * clicks). There is none without the client's own benchmarks, and it never enters revenue or ROI.
 */
export function earnedMediaValue(
  attention: EarnedAttention,
  benchmarks: Benchmarks | null,
  rounding: Rounding = 'half_away_from_zero',
): EarnedMediaValue {
  if (benchmarks === null) return { minor: null, reason: 'missing_benchmark' };
  const { impressions, clicks, reactions } = attention;
  if (impressions === null || clicks === null || reactions === null) {
    return { minor: null, reason: 'missing_data' };
  }
  const { cpmMinor, cpcMinor, reactionMultiplier } = benchmarks;
  const { num, den } = reactionMultiplier;
  const seen = cpmMinor * impressions * den;
  const done = MILLE * cpcMinor * (num * reactions + den * clicks);
  return { minor: divideRound(seen + done, MILLE * den, rounding) };
}
