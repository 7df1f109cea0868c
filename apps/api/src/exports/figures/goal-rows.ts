import type { KpiDashboard } from '@retainer/core';

import { counted, told } from './counted.ts';
import { goalMetric } from './goal-metrics.ts';
import { NOTHING, type ExportRow } from './rows.ts';

type Goal = KpiDashboard['goals']['agency'][number];

/** A goal of the agency, and the numbers of it. */
export interface GoalRows {
  readonly of: Goal;
  readonly label: string;
  readonly target: ExportRow;
  /** As much of the target as the days that are over are of the month. */
  readonly due: ExportRow;
  readonly actual: ExportRow;
  /** Actual over target, and over what is due. */
  readonly ratio: ExportRow;
  readonly paceRatio: ExportRow;
  readonly rows: readonly ExportRow[];
}

/** The agency's own goals, the latest month first. */
export function goalRows({ goals, currency }: KpiDashboard): GoalRows[] {
  return goals.agency.map((of) => {
    const { label, unit } = goalMetric(of.metric);
    const place = (part: string) =>
      ({
        section: 'goals',
        figure: `${of.metric}.${part}`,
        label,
        key: { month: of.month, name: label },
      }) as const;
    const amount = (part: 'target' | 'due' | 'actual'): ExportRow => ({
      ...NOTHING,
      ...place(part),
      unit,
      current: of[part],
      reason: of[part] === null ? of.reason : null,
      currency: unit === 'money' ? currency : null,
    });
    const ratio = (part: 'ratio' | 'paceRatio'): ExportRow => {
      const { value, reason } = of[part];
      return { ...NOTHING, ...place(part), unit: 'ratio', current: value, reason };
    };
    const numbers = {
      target: amount('target'),
      due: amount('due'),
      actual: amount('actual'),
      ratio: ratio('ratio'),
      paceRatio: ratio('paceRatio'),
    };
    const texts = [told(place('direction'), of.direction), told(place('state'), of.state)];
    return { of, label, ...numbers, rows: [...Object.values(numbers), ...texts] };
  });
}

const STATES = [
  { name: 'reached', label: 'Goals of clients that were reached' },
  { name: 'ahead', label: 'Goals of clients ahead' },
  { name: 'onTrack', label: 'Goals of clients on track' },
  { name: 'behind', label: 'Goals of clients behind' },
  { name: 'missed', label: 'Goals of clients that were missed' },
  { name: 'unknown', label: 'Goals of clients not yet known' },
] as const;

/** How many goals of clients stand how. */
export function clientGoalRows({ goals }: KpiDashboard): ExportRow[] {
  return STATES.map(({ name, label }) =>
    counted({ section: 'goals', figure: `clients.${name}`, label }, goals.clients[name]),
  );
}
