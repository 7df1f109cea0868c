import {
  goalState,
  parseDecimal,
  toDecimal,
  type Fraction,
  type GoalAsk,
  type GoalState,
  type MissingReason,
  type TargetDirection,
} from '@retainer/domain';

import { monthOf } from '../../tenancy/month-page.ts';
import { toFigure, type FigureDto } from '../../value/tracking/tracking-dto.ts';
import type { GoalTarget } from './read-targets.ts';

/** A target, and how far the complete days of its month have come. */
export interface GoalDto {
  /** Null: the whole agency's. */
  readonly clientWorkspaceId: string | null;
  readonly metric: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly direction: TargetDirection;
  /** How many days the month has, and how many of them are over. */
  readonly days: number;
  readonly elapsedDays: number;
  /** In the metric's own unit, as are `due` and `actual`; these to 6 places at most. */
  readonly target: string;
  /** As much of it as the days that are over are of the month; all of it where the metric is a ratio. */
  readonly due: string | null;
  /** What the days that are over came to. */
  readonly actual: string | null;
  /** Why `actual` or the state is unknown. */
  readonly reason: MissingReason | null;
  /** Actual over target. */
  readonly ratio: FigureDto;
  /** Actual over what is due. */
  readonly paceRatio: FigureDto;
  readonly state: GoalState | null;
}

/** Judges a target on what was reached. */
export function toGoal(
  target: GoalTarget,
  of: Pick<GoalAsk, 'actual' | 'kind' | 'elapsedDays'> & { readonly days: number },
): GoalDto {
  const { value, direction, month, metric, clientId } = target;
  const { days, elapsedDays, actual } = of;
  const aim = parseDecimal(value) ?? { num: 0n, den: 1n };
  const { due, ratio, paceRatio, state } = goalState({ ...of, target: aim, direction, month });
  const isUnknown = 'reason' in actual;
  return {
    clientWorkspaceId: clientId === '' ? null : clientId,
    metric,
    month: monthOf(month),
    direction,
    days,
    elapsedDays,
    target: value,
    due: due.value === null ? null : plain(due.fraction),
    actual: isUnknown || elapsedDays === 0 ? null : plain(actual),
    reason: isUnknown ? actual.reason : elapsedDays === 0 ? 'no_complete_day' : null,
    ratio: toFigure(ratio),
    paceRatio: toFigure(paceRatio),
    state,
  };
}

/** A decimal without zeros at its end. */
function plain(value: Fraction): string {
  return toDecimal(value, 6).replace(/\.?0+$/u, '');
}
