import type { DateSpan, GoalState, LocalDate } from '@retainer/domain';

import { monthsOf, readGoals, type GoalWorld } from '../plans/targets/read-goals.ts';
import type { GoalTarget } from '../plans/targets/read-targets.ts';
import type { GoalsDto } from './dashboard-dto.ts';

/** Of how many months goals are told: the latest that a period touches. */
const MOST_MONTHS = 12;

/** The months that the goals of a period are of, by their first days. */
export function goalMonths(period: DateSpan): LocalDate[] {
  return monthsOf(period).slice(-MOST_MONTHS);
}

/** Where goals stand: each of the agency's own, and how many of clients. */
export async function judgeGoals(
  world: GoalWorld,
  targets: readonly GoalTarget[],
): Promise<GoalsDto> {
  const goals = await readGoals(world, targets);
  const ofClients = goals.filter((goal) => goal.clientWorkspaceId !== null);
  const count = (state: GoalState | null): number =>
    ofClients.filter((goal) => goal.state === state).length;
  return {
    agency: goals.filter((goal) => goal.clientWorkspaceId === null),
    clients: {
      ahead: count('ahead'),
      onTrack: count('on_track'),
      behind: count('behind'),
      reached: count('reached'),
      missed: count('missed'),
      unknown: count(null),
    },
  };
}
