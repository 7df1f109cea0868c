import { daysOf, type DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addMonthsClamped } from '../calendar/local-date.ts';
import {
  addFractions,
  compareFractions,
  divideFractions,
  fraction,
  multiplyFractions,
  type Fraction,
} from '../money/fraction.ts';
import { missing } from '../money/missing.ts';
import { shownRatio, type Ratio } from '../money/ratio.ts';

/** The targets of single months, by their first day. */
export type MonthlyTargets = ReadonlyMap<LocalDate, Fraction>;

/** Which side of a target is good. */
export type TargetDirection = 'more' | 'less';

/** Whether a target was met, and actual over target. */
export interface TargetFigures {
  /** Null while the actual value is unknown. */
  readonly attained: boolean | null;
  readonly ratio: Ratio;
}

/**
 * What is aimed at over any span: of each month it touches as much as it has of the month's real days. Missing when
 * one of these months has no target.
 */
export function targetOver(targets: MonthlyTargets, span: DateSpan): Ratio {
  let sum = fraction(0n, 1n);
  for (let { from } = span; from < span.toExclusive;) {
    const month = `${from.slice(0, -2)}01`;
    const next = addMonthsClamped(month, 1);
    const target = targets.get(month);
    if (target === undefined) return missing('missing_data');

    const end = next < span.toExclusive ? next : span.toExclusive;
    const days = daysOf({ from, toExclusive: end });
    const share = fraction(BigInt(days), BigInt(daysOf({ from: month, toExclusive: next })));
    sum = addFractions(sum, multiplyFractions(target, share));
    from = end;
  }
  return shownRatio(sum);
}

/** Puts what was reached beside its target; meeting it exactly is enough either way. */
export function targetState(
  actual: Fraction | null,
  target: Fraction,
  direction: TargetDirection,
): TargetFigures {
  if (actual === null) return { attained: null, ratio: missing('missing_data') };
  const order = compareFractions(actual, target);
  return {
    attained: direction === 'less' ? order <= 0 : order >= 0,
    ratio:
      target.num === 0n ? missing('zero_denominator') : shownRatio(divideFractions(actual, target)),
  };
}
