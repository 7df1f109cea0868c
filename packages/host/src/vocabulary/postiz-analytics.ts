import { valueProblem } from '@retainer/domain';

import type { Observation } from '../calls/hook-bodies.ts';
import { fieldOf, listOf, textOf } from '../json.ts';
import type { MetricScope, ReadMetric } from './metrics.ts';
import { postizMetric } from './postiz-labels.ts';
import type { UnknownNames } from './unknown-names.ts';

/** Values of one metric by day, as one reply of Postiz has them. */
export interface MetricSeries extends ReadMetric {
  /** The labels it was read from: several of one metric are added up. */
  readonly labels: readonly string[];
  /** By day (`YYYY-MM-DD`). */
  readonly values: Readonly<Record<string, number>>;
  /** How many days a window total is of. */
  readonly windowDays?: number;
}

/** What a reply held, and what of it was left out. */
export interface ReadAnalytics {
  readonly series: readonly MetricSeries[];
  readonly dropped: readonly { readonly label: string; readonly reason: DropReason }[];
  readonly warnings: readonly string[];
  /** The post is published but Postiz does not know where: link it first. */
  readonly isMissing: boolean;
}

/** Why a label brought nothing. */
export type DropReason =
  | 'no_label'
  | 'no_data'
  | 'double'
  | 'not_a_number'
  | 'bad_date'
  | 'fraction'
  | 'negative';

/** What an analytics reply is about. */
export interface AnalyticsRequest {
  /** The channel's `identifier`, such as `linkedin-page`. */
  readonly provider: string;
  readonly scope: MetricScope;
  /** The `date` that was asked for: how many days window totals are of. */
  readonly days: number;
  readonly unknown?: UnknownNames | undefined;
}

/**
 * Reads a reply of Postiz's `/analytics`: labels by provider, totals as text or number, a pair that stands for one
 * total, cards without data. Whatever it is sent, it answers; an empty reply has no series, so nothing is written.
 */
export function readPostizAnalytics(body: unknown, request: AnalyticsRequest): ReadAnalytics {
  const dropped: { label: string; reason: DropReason }[] = [];
  const byMetric = new Map<string, MetricSeries>();
  for (const card of listOf(body)) {
    const series = readCard(card, request);
    if ('reason' in series) {
      dropped.push(series);
      continue;
    }
    const key = `${series.metric} ${series.kind}`;
    const known = byMetric.get(key);
    byMetric.set(key, known ? addedUp(known, series) : series);
  }
  const series = [...byMetric.values()];
  return {
    series,
    dropped,
    warnings: series.some(isDailyReach) ? ['daily reach is not additive'] : [],
    isMissing: fieldOf(body, 'missing') === true,
  };
}

/** The series as observations of one post or one channel, for the `metrics` hook. */
export function seriesObservations(
  series: readonly MetricSeries[],
  of: { readonly platform: string } & (
    | { readonly postId: string }
    | { readonly channelId: string }
  ),
): Observation[] {
  return series.flatMap(({ metric, kind, values, windowDays }) =>
    Object.entries(values).map(([date, value]) => ({
      ...of,
      metric,
      kind,
      value,
      date,
      ...(kind === 'window_total' && windowDays !== undefined && { windowDays }),
    })),
  );
}

/** What a level grew by between two readings; a fall is a correction, kept as it is and marked. */
export function levelChange(
  from: number,
  to: number,
): { readonly value: number; readonly isCorrection: boolean } {
  return { value: to - from, isCorrection: to < from };
}

type Dropped = { readonly label: string; readonly reason: DropReason };

function readCard(card: unknown, request: AnalyticsRequest): MetricSeries | Dropped {
  const label = textOf(card, 'label');
  if (label === undefined || label.trim() === '') return { label: '', reason: 'no_label' };
  const metric = postizMetric(label, request);
  if (metric === 'double') return { label, reason: 'double' };
  if (metric.metric.startsWith('other:')) {
    request.unknown?.note({ kind: 'metric', host: 'postiz', name: label });
  }
  const points = listOf(fieldOf(card, 'data')).map(readPoint);
  const good = points.flatMap((point) => ('reason' in point ? [] : [point]));
  if (good.length === 0) return { label, reason: reasonOf(points[0]) };
  return seriesOf(metric, { label, points: good, days: request.days });
}

function seriesOf(
  metric: ReadMetric,
  told: { readonly label: string; readonly points: readonly Point[]; readonly days: number },
): MetricSeries | Dropped {
  const { label, days } = told;
  const points = metric.kind === 'window_total' ? [windowTotal(told.points, days)] : told.points;
  const problems = points.flatMap(
    ({ value }) => valueProblem(metric.metric, metric.kind, String(value)) ?? [],
  );
  if (problems[0] !== undefined) return { label, reason: problems[0] };
  const values = Object.fromEntries(points.map(({ date, value }) => [date, value]));
  const windowDays = points[0]?.windowDays;
  return { ...metric, labels: [label], values, ...(windowDays !== undefined && { windowDays }) };
}

interface Point {
  readonly date: string;
  readonly value: number;
  readonly windowDays?: number;
}

function reasonOf(point: Point | { readonly reason: DropReason } | undefined): DropReason {
  return point && 'reason' in point ? point.reason : 'no_data';
}

const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/u;
const MOST = 1e15;
const DAY = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/u;

function readPoint(point: unknown): Point | { readonly reason: DropReason } {
  const told = fieldOf(point, 'total');
  const text = typeof told === 'number' ? String(told) : typeof told === 'string' ? told : '';
  const value = NUMBER.test(text.trim()) ? rounded(Number(text)) : Number.NaN;
  if (!Number.isFinite(value) || Math.abs(value) > MOST) return { reason: 'not_a_number' };
  const date = dayOf(textOf(point, 'date'));
  return date === undefined ? { reason: 'bad_date' } : { date, value };
}

// Pinned by the API: nine decimals.
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e9) / 1e9;
}

function dayOf(text: string | undefined): string | undefined {
  const day = DAY.exec(text ?? '')?.[1];
  if (day === undefined) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}

const DAY_MS = 86_400_000;
// Pinned by the API.
const LONGEST_WINDOW = 3660;

// X sends nothing at the start and the total at the end; Instagram sends the total twice, the second time for tomorrow.
function windowTotal(points: readonly Point[], days: number): Point {
  const inOrder = points.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const [first = { date: '', value: 0 }] = inOrder;
  const last = inOrder.at(-1) ?? first;
  const asked = Math.min(Math.max(1, Math.trunc(days) || 1), LONGEST_WINDOW);
  if (first.value === last.value) return { ...first, windowDays: asked };
  const span = Math.round((Date.parse(last.date) - Date.parse(first.date)) / DAY_MS);
  return { ...last, windowDays: span > 0 && span <= LONGEST_WINDOW ? span : asked };
}

function addedUp(known: MetricSeries, more: MetricSeries): MetricSeries {
  // Levels, shares and people of two labels make no sum: the first label stands.
  if (known.aggregate !== 'sum' && known.kind !== 'window_total') return known;
  const values = { ...known.values };
  for (const [date, value] of Object.entries(more.values)) {
    values[date] = (values[date] ?? 0) + value;
  }
  return { ...known, labels: [...known.labels, ...more.labels], values };
}

function isDailyReach({ metric, kind }: MetricSeries): boolean {
  return metric === 'reach' && kind === 'daily';
}
