import type { MetricKind } from './vocabulary.ts';

/** What keeps a value from being observed: part of something that is counted whole, or less of it than none. */
export type ValueProblem = 'fraction' | 'negative';

/** Metrics of our vocabulary that are measured; all others count people or what they did. */
const MEASURED: ReadonlySet<string> = new Set([
  'engagement_rate',
  'watch_minutes',
  'avg_view_percentage',
  'avg_view_duration',
]);

const WHOLE = /^-?\d+(?:\.0+)?$/;

/**
 * Why a metric, under our name for it, cannot have been observed at a decimal number. A running total and what a day
 * added to it are whole where things are counted; a total is never below 0, a day may be: corrections take away.
 */
export function valueProblem(
  metric: string,
  kind: MetricKind,
  decimal: string,
): ValueProblem | undefined {
  if (kind === 'lifetime' && decimal.startsWith('-') && Number(decimal) < 0) return 'negative';
  const isCounted = !metric.startsWith('other:') && !MEASURED.has(metric);
  const isSummed = kind === 'lifetime' || kind === 'daily';
  return isCounted && isSummed && !WHOLE.test(decimal) ? 'fraction' : undefined;
}
