import type { LocalDate } from '../calendar/instant.ts';
import { addDays, addMonthsClamped } from '../calendar/local-date.ts';
import {
  compareFractions,
  multiplyFractions,
  subtractFractions,
  type Fraction,
} from '../money/fraction.ts';
import { missing, type Missing } from '../money/missing.ts';
import { shownRatio, type Ratio } from '../money/ratio.ts';
import { targetOver, targetState, type TargetDirection } from './target.ts';

/** How a goal stands; `reached` and `missed` are for good. */
export type GoalState = 'ahead' | 'on_track' | 'behind' | 'reached' | 'missed';

/** A figure that should come to something in a month. */
export interface GoalAsk {
  readonly target: Fraction;
  readonly direction: TargetDirection;
  /** The first day of its month. */
  readonly month: LocalDate;
  /** How many of its days are over: those that the figure is of. */
  readonly elapsedDays: number;
  readonly actual: Fraction | Missing;
  /** A sum grows from day to day; a ratio is what it is. */
  readonly kind: 'sum' | 'ratio';
}

/** Where a goal stands on the days that are over. */
export interface GoalFigures {
  /** As much of a sum's target as the days that are over are of the month; of a ratio all of it. */
  readonly due: Ratio;
  /** Actual over target. */
  readonly ratio: Ratio;
  /** Actual over what is due. */
  readonly paceRatio: Ratio;
  /** Null while nobody knows. */
  readonly state: GoalState | null;
}

// As near as a stable figure is to the one before. Pinned by the published rules.
const BAND: Fraction = { num: 1n, den: 25n };

/**
 * Judges a goal on the complete days of its month. One that ended was reached or missed. A sum that passed its target
 * early is through as well: reached where more is wanted, missed where less is. Any other is on track within 4 per
 * cent of what is due by now.
 */
export function goalState(ask: GoalAsk): GoalFigures {
  const { target, direction, actual, month, elapsedDays } = ask;
  const end = addMonthsClamped(month, 1);
  const until = addDays(month, elapsedDays);
  const due = dueOf(ask, until < end ? until : end);
  if ('reason' in actual || due.value === null) {
    const unknown = 'reason' in actual ? actual : missing('no_complete_day');
    return { due, ratio: unknown, paceRatio: unknown, state: null };
  }
  const { attained, ratio } = targetState(actual, target, direction);
  const ended = attained === true ? 'reached' : 'missed';
  return {
    due,
    ratio,
    paceRatio: targetState(actual, due.fraction, direction).ratio,
    state: until >= end ? ended : runningState(ask, actual, due.fraction),
  };
}

function dueOf({ kind, target, month, elapsedDays }: GoalAsk, toExclusive: LocalDate): Ratio {
  if (elapsedDays <= 0) return missing('no_complete_day');
  if (kind === 'ratio') return shownRatio(target);
  return targetOver(new Map([[month, target]]), { from: month, toExclusive });
}

function runningState(
  { kind, target, direction }: GoalAsk,
  actual: Fraction,
  due: Fraction,
): GoalState {
  const isMore = direction === 'more';
  const order = compareFractions(actual, target);
  if (kind === 'sum' && isMore && order >= 0) return 'reached';
  if (kind === 'sum' && !isMore && order > 0) return 'missed';
  const gap = subtractFractions(actual, due);
  const isNear = compareFractions(size(gap), multiplyFractions(size(due), BAND)) <= 0;
  if (isNear) return 'on_track';
  return gap.num > 0n === isMore ? 'ahead' : 'behind';
}

function size({ num, den }: Fraction): Fraction {
  return { num: num < 0n ? -num : num, den };
}
