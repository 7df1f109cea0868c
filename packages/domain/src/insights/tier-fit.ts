import { fraction, type Fraction } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import type { TierTerms } from '../tiers/terms.ts';
import {
  takesAll,
  wishedOf,
  wishPeaks,
  type WishedWeek,
  type WishPeaks,
  type Wishes,
} from './tier-gaps.ts';

/** A tier with what a month of it costs. */
export interface PricedTier {
  readonly terms: TierTerms;
  readonly monthly: Money;
}

/** Whether a client is on the tier that suits it: it wants more than that takes, or a cheaper one would do. */
export type Fit = 'fits' | 'over' | 'under';

/** The tier that would have fitted, beside the one there is. */
export interface TierFit<TTier extends PricedTier> {
  /** Null where there is no tier, or no week to judge by. */
  readonly fit: Fit | null;
  /** The cheapest that would have taken every wish; undefined when none would. */
  readonly fitted: TTier | undefined;
  /** What a month of the fitting tier costs more than one of the present; null where that is not to be told. */
  readonly differenceMinor: bigint | null;
}

/** Finds the tier that would have fitted some weeks, of tiers in the order of their monthly price. */
export function tierFit<TTier extends PricedTier>(
  wishes: Wishes,
  offers: readonly TTier[],
  current: PricedTier | undefined,
): TierFit<TTier> {
  if (wishes.weeks.length === 0) {
    return { fit: null, fitted: undefined, differenceMinor: null };
  }
  const peaks = wishPeaks(wishes);
  const fitted = offers.find(({ terms }) => takesAll(terms, peaks));
  const differenceMinor = differenceOf(current?.monthly, fitted?.monthly);
  return { fit: fitOf(current, peaks, differenceMinor), fitted, differenceMinor };
}

function fitOf(
  current: PricedTier | undefined,
  peaks: WishPeaks,
  differenceMinor: bigint | null,
): Fit | null {
  if (!current) return null;
  if (!takesAll(current.terms, peaks)) return 'over';
  return differenceMinor !== null && differenceMinor < 0n ? 'under' : 'fits';
}

function differenceOf(from: Money | undefined, to: Money | undefined): bigint | null {
  if (!from || to?.currency !== from.currency) return null;
  return to.amountMinor - from.amountMinor;
}

/** Weeks as people read them: the one with the most wishes, the earliest of several, and the one in the middle. */
export function busiestAndMedian<TWeek extends Pick<WishedWeek, 'posts'>>(
  weeks: readonly TWeek[],
): { readonly peak: TWeek; readonly median: Fraction } | undefined {
  const [peak] = weeks.toSorted((a, b) => wishedOf(b.posts) - wishedOf(a.posts));
  if (!peak) return undefined;
  const counts = weeks.map(({ posts }) => wishedOf(posts)).toSorted((a, b) => a - b);
  const upper = counts[counts.length >> 1] ?? 0;
  const lower = counts[(counts.length - 1) >> 1] ?? 0;
  return { peak, median: fraction(BigInt(lower + upper), 2n) };
}
