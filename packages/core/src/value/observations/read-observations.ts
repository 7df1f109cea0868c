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
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { invalidField, LocalDay, Moment } from '../../tenancy/input-fields.ts';
import { PlatformId } from '../../tiers/tier-input.ts';
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

/** All of a series as one text: nothing before the subject has a space in it. */
export function seriesName(key: SeriesKey): string {
  const { metric, kind, windowDays, platform, level, subject } = key;
  return `${metric} ${kind} ${windowDays} ${platform} ${level} ${subject}`;
}

const MOST_ISSUES = 20;

/** Reads observations by the client's calendar; throws `invalid_input` that names the fields at fault. */
export function readObservations(
  observations: readonly ObservationFields[],
  calendar: readonly CalendarEpoch[],
): ReadObservations {
  const read = readerOf(calendar);
  const series: SeriesKey[] = [];
  const places = new Map<string, number>();
  const rows: ReadObservation[] = [];
  const issues: InputIssue[] = [];
  for (const [index, fields] of observations.entries()) {
    try {
      const { key, ...row } = read(fields);
      const name = seriesName(key);
      const known = places.get(name);
      const place = known ?? series.push(key) - 1;
      if (known === undefined) places.set(name, place);
      rows.push({ ...row, series: place });
    } catch (error) {
      issues.push(...issuesOf(error, `observations.${index}`));
      if (issues.length >= MOST_ISSUES) break;
    }
  }
  const [first] = issues;
  if (!first) return { series, rows };
  throw new DomainError('invalid_input', `${first.path}: ${first.message}.`, { issues });
}

function issuesOf(error: unknown, path: string): InputIssue[] {
  if (!(error instanceof DomainError)) throw error;
  return error.issues.map((issue) => ({ ...issue, path: `${path}.${issue.path}` }));
}

type Read = Omit<ReadObservation, 'series'> & { readonly key: SeriesKey };

/** Reads one observation after the other, and what they have in common once. */
function readerOf(calendar: readonly CalendarEpoch[]): (fields: ObservationFields) => Read {
  const postId = reading('postId', HostId, (id) => id);
  const channelId = reading('channelId', HostId, (id) => id);
  const platformOf = reading('platform', PlatformId, (id) => id);
  const metricOf = reading('metric', HostId, canonicalMetric);
  const at = reading('at', Moment, (moment) => {
    const instant = moment.getTime();
    return { at: instant, localDate: calendarDateOf(calendar, instant) };
  });
  const date = reading('date', LocalDay, (localDate) => {
    return { at: lastMomentOf(calendar, localDate), localDate };
  });
  return (fields) => {
    assertTogether(fields);
    const { kind, windowDays = 0 } = fields;
    const isPost = fields.postId !== undefined;
    const level = isPost ? 'post' : 'account';
    const subject = isPost ? postId(fields.postId) : channelId(fields.channelId);
    const platform = platformOf(fields.platform);
    const metric = metricOf(fields.metric);
    const value = String(fields.value);
    assertValue(metric, kind, value);
    const time = fields.at === undefined ? date(fields.date) : at(fields.at);
    return { key: { level, subject, platform, metric, kind, windowDays }, ...time, value };
  };
}

function assertTogether({ postId, channelId, at, date, kind, windowDays }: ObservationFields) {
  if ((postId === undefined) === (channelId === undefined)) {
    throw invalidField('postId', 'or channelId must be given, and not both');
  }
  if ((at === undefined) === (date === undefined)) {
    throw invalidField('at', 'or date must be given, and not both');
  }
  if (windowDays !== undefined && (kind === 'lifetime' || kind === 'daily')) {
    throw invalidField('windowDays', `goes with a total, level or share, not with ${kind}`);
  }
}

function assertValue(metric: string, kind: MetricKind, value: string): void {
  switch (valueProblem(metric, kind, value)) {
    case 'fraction':
      throw invalidField('value', `must be a whole number: ${metric} are counted`);
    case 'negative':
      throw invalidField('value', 'must be 0 or more: it is a total since the beginning');
    case undefined:
  }
}

/** Judges a value of a field by its schema, and makes something of it; the same value again costs a look-up. */
function reading<TSchema extends z.ZodType, T>(
  path: string,
  schema: TSchema,
  make: (value: z.output<TSchema>) => T,
): (raw: unknown) => T {
  const known = new Map<unknown, T>();
  return (raw) => {
    const before = known.get(raw);
    if (before !== undefined) return before;
    const judged = z.safeParse(schema, raw);
    if (!judged.success) throw invalidField(path, judged.error.issues[0]?.message ?? 'is wrong');
    const made = make(judged.data);
    known.set(raw, made);
    return made;
  };
}
