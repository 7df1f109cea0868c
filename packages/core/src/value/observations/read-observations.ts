import {
  calendarDateOf,
  canonicalMetric,
  DomainError,
  lastMomentOf,
  valueProblem,
  type CalendarEpoch,
  type InputIssue,
  type Instant,
  type LocalDate,
  type MetricKind,
  type MetricLevel,
} from '@retainer/domain';

import type { ObservationFields } from './observation-input.ts';

/** What is observed again and again: one metric of one post, or of one channel, on one platform. */
export interface SeriesKey {
  readonly level: MetricLevel;
  readonly subject: string;
  readonly platform: string;
  readonly metric: string;
  readonly kind: MetricKind;
  /** 0 where the host does not say. */
  readonly windowDays: number;
}

/** One value of a series at one instant. */
export interface ReadObservation {
  /** The place of its series in the list. */
  readonly series: number;
  readonly at: Instant;
  readonly localDate: LocalDate;
  /** A plain or exponential decimal. */
  readonly value: string;
}

/** Observations, and each of their series once. */
export interface ReadObservations {
  readonly series: readonly SeriesKey[];
  readonly rows: readonly ReadObservation[];
}

/** Reads observations by the client's calendar; throws `invalid_input` that names the fields at fault. */
export function readObservations(
  observations: readonly ObservationFields[],
  calendar: readonly CalendarEpoch[],
): ReadObservations {
  // One poll says the same few labels, instants and days again and again.
  const metricOf = remembering(canonicalMetric);
  const dateOf = remembering((at: Instant) => calendarDateOf(calendar, at));
  const endOf = remembering((date: LocalDate) => lastMomentOf(calendar, date));
  assertSound(observations, metricOf);

  const series: SeriesKey[] = [];
  const places = new Map<string, number>();
  const rows = observations.map((fields): ReadObservation => {
    const key = seriesOf(fields, metricOf(fields.metric));
    const name = `${key.metric} ${key.kind} ${key.windowDays} ${key.platform} ${key.level} ${key.subject}`;
    const known = places.get(name);
    const place = known ?? series.push(key) - 1;
    if (known === undefined) places.set(name, place);
    const at = fields.at?.getTime() ?? endOf(fields.date ?? '');
    const localDate = fields.date ?? dateOf(at);
    return { series: place, at, localDate, value: String(fields.value) };
  });
  return { series, rows };
}

function seriesOf(fields: ObservationFields, metric: string): SeriesKey {
  const { postId, channelId = '', platform, kind, windowDays = 0 } = fields;
  return postId === undefined
    ? { level: 'account', subject: channelId, platform, metric, kind, windowDays }
    : { level: 'post', subject: postId, platform, metric, kind, windowDays };
}

const MOST_ISSUES = 20;

function assertSound(
  observations: readonly ObservationFields[],
  metricOf: (label: string) => string,
): void {
  const issues: InputIssue[] = [];
  for (const [index, fields] of observations.entries()) {
    const problem = problemOf(fields, metricOf(fields.metric));
    if (problem) issues.push({ ...problem, path: `observations.${index}.${problem.path}` });
    if (issues.length === MOST_ISSUES) break;
  }
  const [first] = issues;
  if (!first) return;
  throw new DomainError('invalid_input', `${first.path}: ${first.message}.`, { issues });
}

function problemOf(fields: ObservationFields, metric: string): InputIssue | undefined {
  if ((fields.postId === undefined) === (fields.channelId === undefined)) {
    return { path: 'postId', message: 'or channelId must be given, and not both' };
  }
  if ((fields.at === undefined) === (fields.date === undefined)) {
    return { path: 'at', message: 'or date must be given, and not both' };
  }
  const { kind, windowDays } = fields;
  if (windowDays !== undefined && (kind === 'lifetime' || kind === 'daily')) {
    return { path: 'windowDays', message: `goes with a total, level or share, not with ${kind}` };
  }
  switch (valueProblem(metric, kind, String(fields.value))) {
    case 'fraction':
      return { path: 'value', message: `must be a whole number: ${metric} are counted` };
    case 'negative':
      return { path: 'value', message: 'must be 0 or more: it is a total since the beginning' };
    case undefined:
      return undefined;
  }
}

function remembering<TKey, TValue>(work: (key: TKey) => TValue): (key: TKey) => TValue {
  const known = new Map<TKey, TValue>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
