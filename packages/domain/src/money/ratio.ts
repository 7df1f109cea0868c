import { fraction, multiplyFractions, toDecimal, type Fraction } from './fraction.ts';
import { missing, type Missing, type MissingReason } from './missing.ts';
import { divideRound, type Rounding } from './rounding.ts';

/** A ratio of sums: the exact fraction, and its decimal of 6 places to show. */
export type Ratio = { readonly value: string; readonly fraction: Fraction } | Missing;

/** A ratio times 100, as a decimal of 4 places. */
export type Percent = { readonly value: string } | Missing;

/** An amount of money for one of something: whole minor units, and as `exact` the same to 6 places of them. */
export type MoneyRatio =
  | { readonly minor: bigint; readonly exact: string; readonly fraction: Fraction }
  | { readonly minor: null; readonly reason: MissingReason };

/** How a money ratio is counted: for how many of the denominator (1), and how halves of a minor unit go. */
export interface MoneyRatioTerms {
  readonly scale?: bigint;
  readonly rounding?: Rounding;
}

// Pinned by the published rules, as is rounding what is shown away from zero whatever an agency books with.
const RATIO_PLACES = 6;
const PERCENT_PLACES = 4;
const HUNDRED: Fraction = { num: 100n, den: 1n };

/** The ratio of two sums. A term that is unknown is told before a denominator of zero; nothing is clamped. */
export function ratioOf(num: bigint | null, den: bigint | null): Ratio {
  if (num === null || den === null) return missing('missing_data');
  return den === 0n ? missing('zero_denominator') : shownRatio(fraction(num, den));
}

/** An exact number as a ratio that is shown, for figures that were not made by one division. */
export function shownRatio(value: Fraction): Ratio {
  return { value: toDecimal(value, RATIO_PLACES), fraction: value };
}

/** The ratio in per cent, taken from the exact fraction. */
export function percentOf(ratio: Ratio): Percent {
  if (ratio.value === null) return ratio;
  return { value: toDecimal(multiplyFractions(ratio.fraction, HUNDRED), PERCENT_PLACES) };
}

/** The money there is for `scale` of the denominator; what is missing is told as for a ratio. */
export function moneyRatio(
  numMinor: bigint | null,
  den: bigint | null,
  { scale = 1n, rounding = 'half_away_from_zero' }: MoneyRatioTerms = {},
): MoneyRatio {
  const ratio = ratioOf(numMinor === null ? null : numMinor * scale, den);
  if (ratio.value === null) return { minor: null, reason: ratio.reason };
  const { value: exact, fraction: exactly } = ratio;
  return { minor: divideRound(exactly.num, exactly.den, rounding), exact, fraction: exactly };
}
