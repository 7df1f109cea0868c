import type { KpiDashboard } from '@retainer/core';

import type { GoalRows } from '../figures/goal-rows.ts';
import { showGoal } from '../figures/show-goal.ts';
import { whyUnknown } from '../figures/show-row.ts';
import type { Tone } from './deck.ts';

type State = GoalRows['of']['state'];
type ClientGoals = KpiDashboard['goals']['clients'];

/** How a goal stands, in a word and in its colour. */
export function goalStateOf(state: State): { readonly text: string; readonly tone: Tone } {
  return state === null ? { text: 'Not known', tone: 'neutral' } : STATES[state];
}

/** How a goal stands, in a sentence that holds its numbers: "Leads reached the goal: 86 of 80". */
export function goalMessage({ of, label, target, due, actual }: GoalRows): string {
  const { state, direction, reason } = of;
  if (state === null) return whyUnknown(label, reason);
  const goal = `${direction === 'less' ? 'at most ' : ''}${showGoal(target)}`;
  switch (state) {
    case 'reached':
      return `${label} reached the goal: ${showGoal(actual)} of ${goal}`;
    case 'missed':
      return `${label} missed the goal: ${showGoal(actual)} of ${goal}`;
    case 'ahead':
    case 'on_track':
    case 'behind':
      return `${label}: ${STATES[state].text.toLowerCase()} with ${showGoal(actual)}, where ${showGoal(due)} are due of ${goal}`;
  }
}

/** What all goals come to; the one that is furthest from its aim is told with its numbers. */
export function goalsMessage(goals: readonly GoalRows[], clients: ClientGoals): string {
  const [first] = goals;
  if (!first) return clientGoalsMessage(clients);
  if (goals.length === 1) return goalMessage(first);
  const well = goals.filter(({ of }) => isWell(of.state)).length;
  const worst = goals.find(({ of }) => of.state === 'missed') ?? behindIn(goals);
  const sum = `${well} of ${goals.length} goals reached or on track`;
  return worst ? `${sum}; ${goalMessage(worst)}` : sum;
}

/** How many goals of clients stand well. */
export function clientGoalsMessage(clients: ClientGoals): string {
  const { reached, ahead, onTrack, behind, missed, unknown } = clients;
  const well = reached + ahead + onTrack;
  const all = well + behind + missed + unknown;
  return `${well} of ${all} ${all === 1 ? 'goal' : 'goals'} of clients reached or on track`;
}

const STATES = {
  reached: { text: 'Reached', tone: 'good' },
  ahead: { text: 'Ahead', tone: 'good' },
  on_track: { text: 'On track', tone: 'neutral' },
  behind: { text: 'Behind', tone: 'bad' },
  missed: { text: 'Missed', tone: 'bad' },
} as const satisfies Readonly<Record<NonNullable<State>, { text: string; tone: Tone }>>;

function isWell(state: State): boolean {
  return state === 'reached' || state === 'ahead' || state === 'on_track';
}

function behindIn(goals: readonly GoalRows[]): GoalRows | undefined {
  return goals.find(({ of }) => of.state === 'behind');
}
