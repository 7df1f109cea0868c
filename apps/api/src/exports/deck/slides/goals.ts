import { clientGoalRows, goalRows, type GoalRows } from '../../figures/goal-rows.ts';
import type { ExportRow } from '../../figures/rows.ts';
import { showMonth } from '../../figures/show-dates.ts';
import { showGoal } from '../../figures/show-goal.ts';
import { showCurrent } from '../../figures/show-row.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide, SlideRow, TableBlock, TextBlock } from '../deck.ts';
import { clientGoalsMessage, goalMessage, goalsMessage, goalStateOf } from '../goal-messages.ts';

/** What a slide has room for; all of them are in the spreadsheet. */
const SHOWN = 10;

/** What was aimed at, beside what was reached; no slide where nobody set a goal. */
export function goalsSlide({ dashboard }: SlideFacts): Slide | undefined {
  const goals = goalRows(dashboard);
  const { clients } = dashboard.goals;
  const ofClients = clientGoalRows(dashboard).filter(({ current }) => current !== '0');
  if (goals.length === 0 && ofClients.length === 0) return undefined;
  const own: SlideRow[] = goals.length > 0 ? [{ blocks: [tableOf(goals)] }] : [];
  const others: SlideRow[] =
    ofClients.length > 0
      ? [{ blocks: [clientsBlock(ofClients, clientGoalsMessage(clients))] }]
      : [];
  return {
    topic: 'Goals',
    title: goalsMessage(goals, clients),
    rows: [...own, ...others],
    notes: [
      'Due: as much of the target as the days that are over are of the month; of a ratio all of it.',
      'On track: within 4 % of what is due.',
      ...goals.map((goal) => `${showMonth(goal.of.month)}: ${goalMessage(goal)}.`),
      ...(ofClients.length > 0 ? [`${clientGoalsMessage(clients)}.`] : []),
    ].join('\n'),
  };
}

function clientsBlock(rows: readonly ExportRow[], heading: string): TextBlock {
  const lines = rows.map((row) => `${row.label}: ${showCurrent(row)}`);
  return { kind: 'text', heading, lines, bullets: true };
}

function tableOf(goals: readonly GoalRows[]): TableBlock {
  const left = goals.length - SHOWN;
  return {
    kind: 'table',
    columns: [
      { label: 'Goal', align: 'left', share: 2.2 },
      { label: 'Month', align: 'left', share: 1 },
      { label: 'Target', align: 'right', share: 1.5 },
      { label: 'Due by now', align: 'right', share: 1.5 },
      { label: 'Actual', align: 'right', share: 1.5 },
      { label: 'Of target', align: 'right', share: 1 },
      { label: 'State', align: 'right', share: 1.1 },
    ],
    rows: goals
      .slice(0, SHOWN)
      .map(({ of, label, target, due, actual, ratio }) => [
        label,
        showMonth(of.month),
        `${of.direction === 'less' ? 'at most ' : ''}${showGoal(target)}`,
        showGoal(due),
        showGoal(actual),
        showCurrent(ratio),
        { direction: 'none', ...goalStateOf(of.state) },
      ]),
    note: left > 0 ? `${left} more are in the spreadsheet.` : undefined,
  };
}
