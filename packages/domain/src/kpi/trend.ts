import {
  compareFractions,
  divideFractions,
  subtractFractions,
  fraction,
  type Fraction,
} from '../money/fraction.ts';
import { shownRatio, type Ratio } from '../money/ratio.ts';

/** Which way a figure went; `new` came out of nothing. */
export type Trend = 'up' | 'down' | 'stable' | 'new' | 'no_data';

/** Whether that is welcome: neutral when it is stable or nobody judges it, none when there is nothing to judge. */
export type TrendStatus = 'good' | 'bad' | 'neutral' | 'none';

/** Shares of the value before, or percentage points of a figure that is itself a share. */
export type TrendBasis = 'relative' | 'points';

/** How changes are judged. */
export interface TrendTerms {
  readonly basis: TrendBasis;
  /** Up to here and with it a change is none: a share, or points. */
  readonly stableBand: Fraction;
  /** 1 when more is better, -1 when less is, 0 when nobody judges. */
  readonly polarity: 1 | -1 | 0;
}

/** A figure in two periods; null where it is unknown. */
export interface TrendValues {
  readonly current: Fraction | null;
  readonly previous: Fraction | null;
}

/** How far a figure went, and what to think of it. */
export interface TrendFigures {
  /** Current less previous; null when either is unknown. */
  readonly change: Fraction | null;
  /** The change as a share of the value before, or in points. */
  readonly delta: Ratio | { readonly value: null; readonly reason: 'zero_base' };
  readonly trend: Trend;
  readonly status: TrendStatus;
}

/** Pinned by the published rules; an agency may set its own. */
export const STABLE_BANDS: Readonly<Record<TrendBasis, Fraction>> = {
  relative: { num: 1n, den: 25n },
  points: { num: 2n, den: 1n },
};

const ZERO: Fraction = { num: 0n, den: 1n };

/**
 * Compares a figure with the one before, on exact values: what is shown is rounded after. Out of nothing comes
 * something `new`, or a fall, of which no share can be told. Points have no such base.
 */
export function trend({ current, previous }: TrendValues, terms: TrendTerms): TrendFigures {
  if (current === null || previous === null) {
    const delta = { value: null, reason: 'no_data' } as const;
    return { change: null, delta, trend: 'no_data', status: 'none' };
  }
  const change = subtractFractions(current, previous);
  const isFromZero = terms.basis === 'relative' && previous.num === 0n && change.num !== 0n;
  if (isFromZero) {
    const went = change.num > 0n ? 'new' : 'down';
    const delta = { value: null, reason: 'zero_base' } as const;
    return { change, delta, trend: went, status: statusOf(went, terms.polarity) };
  }
  const moved = terms.basis === 'points' ? change : shareOf(change, previous);
  const went = directionOf(moved, terms.stableBand);
  return { change, delta: shownRatio(moved), trend: went, status: statusOf(went, terms.polarity) };
}

/** The same figure in two periods that may differ in length, in days. */
export interface PerDayValues extends TrendValues {
  readonly currentDays: number;
  readonly previousDays: number;
}

/** The trend of the totals, and beside it the one of their daily means. */
export function perDayTrend(
  values: PerDayValues,
  terms: TrendTerms,
): { readonly total: TrendFigures; readonly perDay: TrendFigures } {
  const means = {
    current: perDay(values.current, values.currentDays),
    previous: perDay(values.previous, values.previousDays),
  };
  return { total: trend(values, terms), perDay: trend(means, terms) };
}

function perDay(total: Fraction | null, days: number): Fraction | null {
  return total === null || days === 0 ? null : divideFractions(total, fraction(BigInt(days), 1n));
}

function shareOf(change: Fraction, previous: Fraction): Fraction {
  return change.num === 0n ? ZERO : divideFractions(change, magnitude(previous));
}

function directionOf(moved: Fraction, band: Fraction): 'up' | 'down' | 'stable' {
  if (compareFractions(magnitude(moved), band) <= 0) return 'stable';
  return moved.num > 0n ? 'up' : 'down';
}

function statusOf(went: 'up' | 'down' | 'stable' | 'new', polarity: 1 | -1 | 0): TrendStatus {
  if (went === 'stable' || polarity === 0) return 'neutral';
  const isMore = went !== 'down';
  return isMore === polarity > 0 ? 'good' : 'bad';
}

function magnitude({ num, den }: Fraction): Fraction {
  return { num: num < 0n ? -num : num, den };
}
