import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateSpan, GoalState, LocalDate } from '@retainer/domain';

import { monthsOf, readGoals, type GoalWorld } from '../plans/targets/read-goals.ts';
import { Target } from '../plans/targets/target.entity.ts';
import type { GoalsDto } from './dashboard-dto.ts';

/** Of how many months goals are told: the latest that a period touches. */
const MOST_MONTHS = 12;

/** The months that the goals of a period are of, by their first days. */
export function goalMonths(period: DateSpan): LocalDate[] {
  return monthsOf(period).slice(-MOST_MONTHS);
}

/** Where the goals of the months that a period touches stand: each of the agency's own, and how many of clients. */
export async function readDashboardGoals(
  em: EntityManager,
  world: GoalWorld,
  period: DateSpan,
): Promise<GoalsDto> {
  const { id: agencyId } = world.agency;
  const months = goalMonths(period);
  const targets = await em.find(
    Target,
    { agencyId, month: { $in: months } },
    { orderBy: { month: 'desc', clientId: 'asc', metric: 'asc' } },
  );
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
