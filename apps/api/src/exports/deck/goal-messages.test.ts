import { describe, expect, test } from 'vitest';

import { goodDashboard } from '../../testing/exports/dashboards.ts';
import { plain } from '../../testing/exports/read-back.ts';
import { goalRows, type GoalRows } from '../figures/goal-rows.ts';
import { clientGoalsMessage, goalMessage, goalsMessage, goalStateOf } from './goal-messages.ts';

type Goal = GoalRows['of'];

/** A goal of leads with these parts, as its rows. */
function goal(parts: Partial<Goal>): GoalRows {
  const good = goodDashboard();
  const [leads] = good.goals.agency;
  if (!leads) throw new Error('the sample has goals');
  const agency = [{ ...leads, ...parts }];
  const [rows] = goalRows({ ...good, goals: { ...good.goals, agency } });
  if (!rows) throw new Error('a goal has rows');
  return rows;
}

const running = { target: '80', due: '40', elapsedDays: 15 } as const;
const NO_ONE = { ahead: 0, onTrack: 0, behind: 0, reached: 0, missed: 0, unknown: 0 };

const CASES: readonly { why: string; of: Partial<Goal>; says: string }[] = [
  { why: 'reached', of: {}, says: 'Leads reached the goal: 86 of 80' },
  {
    why: 'missed, in money',
    of: { metric: 'revenue', target: '10000', actual: '9480.5', state: 'missed' },
    says: 'Revenue missed the goal: $9,480.50 of $10,000.00',
  },
  {
    why: 'ahead',
    of: { ...running, actual: '50', state: 'ahead' },
    says: 'Leads: ahead with 50, where 40 are due of 80',
  },
  {
    why: 'on track where less is wanted',
    of: { metric: 'cost', direction: 'less', ...running, actual: '41', state: 'on_track' },
    says: 'Cost: on track with $41.00, where $40.00 are due of at most $80.00',
  },
  {
    why: 'behind, in per cent',
    of: { metric: 'roiPercent', target: '150', due: '150', actual: '99.95', state: 'behind' },
    says: 'ROI: behind with 100 %, where 150 % are due of 150 %',
  },
  {
    why: 'of less than the smallest coin',
    of: { metric: 'costPerImpression', direction: 'less', target: '0.005', actual: '0.0012' },
    says: 'Cost per impression reached the goal: $0.0012 of at most $0.005',
  },
  {
    why: 'unknown',
    of: { state: null, actual: null, due: null, reason: 'no_complete_day' },
    says: 'Leads not available: this period has no complete day yet',
  },
];

describe('given a goal', () => {
  test.each(CASES)('when it is $why, then the message holds its numbers', ({ of, says }) => {
    expect(plain(goalMessage(goal(of)))).toBe(says);
  });

  test('when its state is told, then colour judges what is over its band and nothing else', () => {
    const states = ['reached', 'ahead', 'on_track', 'behind', 'missed', null] as const;
    expect(states.map((state) => goalStateOf(state).tone)).toEqual([
      'good',
      'good',
      'neutral',
      'bad',
      'bad',
      'neutral',
    ]);
  });
});

describe('given several goals', () => {
  const behind = goal({ ...running, actual: '20', state: 'behind' });
  const missed = goal({ actual: '20', state: 'missed' });

  test('when some are not met, then what is lost for good is told before what is behind', () => {
    expect(plain(goalsMessage([goal({}), behind, missed], NO_ONE))).toBe(
      '1 of 3 goals reached or on track; Leads missed the goal: 20 of 80',
    );
    expect(plain(goalsMessage([goal({}), behind], NO_ONE))).toContain('; Leads: behind with 20');
  });

  test('when all are met, then that is all', () => {
    expect(goalsMessage([goal({}), goal({})], NO_ONE)).toBe('2 of 2 goals reached or on track');
  });

  test('when there is one, then it speaks for itself', () => {
    expect(goalsMessage([missed], NO_ONE)).toBe('Leads missed the goal: 20 of 80');
  });

  test('when only clients have some, then those are counted', () => {
    const clients = { ...NO_ONE, ahead: 1, onTrack: 2, missed: 1, unknown: 1 };
    expect(goalsMessage([], clients)).toBe('3 of 5 goals of clients reached or on track');
    expect(clientGoalsMessage({ ...NO_ONE, behind: 1 })).toBe(
      '0 of 1 goal of clients reached or on track',
    );
  });
});
