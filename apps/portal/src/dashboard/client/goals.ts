import type { InputOf } from '../../connection/wire.ts';
import type { Format } from '../../i18n/format.ts';
import { NOTHING } from '../explanation/show-value.ts';

/** What a goal is offered for, the common ones first. */
export const GOAL_METRICS = [
  'leads',
  'conversions',
  'revenue',
  'value',
  'impressions',
  'engagement',
  'clicks',
  'cost',
  'roiPercent',
  'costPerLead',
] as const satisfies readonly InputOf<'targets.upsert'>['metric'][];
export type GoalMetric = (typeof GOAL_METRICS)[number];

const MONEY: readonly string[] = ['revenue', 'value', 'cost', 'costPerLead'];

/** A goal's value in the unit that its metric has. */
export function showGoal(
  metric: string,
  value: string | null,
  { currency, format }: { readonly currency: string; readonly format: Format },
): string {
  if (value === null) return NOTHING;
  if (MONEY.includes(metric)) return format.money({ amount: value, currency });
  if (metric.endsWith('Percent')) return format.percent(value);
  return format.count(Number(value));
}
