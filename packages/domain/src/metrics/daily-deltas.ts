import { calendarDateOf, type ZoneEpoch } from '../calendar/calendar-day.ts';
import type { Instant, LocalDate } from '../calendar/instant.ts';
import { lastMomentOf } from '../calendar/last-moment.ts';

/** What a running total showed at an instant, or on a day of which only the date is known. */
export type Snapshot = { readonly value: bigint } & (
  | { readonly at: Instant }
  | { readonly date: LocalDate }
);

/** Whether what the first observation shows was gained since nothing, or was there before we looked. */
export type FirstSnapshot = 'gained' | 'baseline';

/** The observations of one metric of one post, in the order they arrived. */
export interface SnapshotSeries {
  readonly snapshots: readonly Snapshot[];
  readonly epochs: readonly ZoneEpoch[];
  /** What the first of them is, or when the post was published, which says so. */
  readonly first: FirstSnapshot | { readonly publishedAt: Instant | undefined };
}

/** What one local day added; a correction took something away. */
export interface DayDelta {
  readonly date: LocalDate;
  readonly delta: bigint;
  readonly isCorrection: boolean;
}

/** The days that were observed, in order, and what they sum to: the latest value less the baseline. */
export interface DailyDeltas {
  readonly days: readonly DayDelta[];
  readonly baseline: bigint;
  readonly latest: bigint | undefined;
  readonly sum: bigint;
}

/** Pinned by the published rules. */
const COUNTS_FROM_ZERO_MS = 48 * 3_600_000;

/** What the first observation of a post is: a baseline when it came late, or when nobody knows when it was published. */
export function firstSnapshot(at: Instant, publishedAt: Instant | undefined): FirstSnapshot {
  const isEarly = publishedAt !== undefined && at - publishedAt <= COUNTS_FROM_ZERO_MS;
  return isEarly ? 'gained' : 'baseline';
}

/**
 * What a running total added on each local day: the last value of the day less the last one before it. An observation
 * of the same instant replaces the one that arrived before it, and one dated by its day alone stands at the last
 * moment of that day. The order of arrival decides nothing else. A gap is booked on the day that ended it, and a
 * value that was corrected downwards makes a day below 0.
 */
export function dailyDeltas(series: SnapshotSeries): DailyDeltas {
  const inOrder = distinctInOrder(series);
  const baseline = baselineOf(inOrder[0], series.first);
  const lastOfDay = new Map(inOrder.map(({ date, value }) => [date, value]));

  let before = baseline;
  const days = [...lastOfDay].map(([date, value]): DayDelta => {
    const delta = value - before;
    before = value;
    return { date, delta, isCorrection: delta < 0n };
  });
  return { days, baseline, latest: inOrder.at(-1)?.value, sum: before - baseline };
}

interface Dated {
  readonly date: LocalDate;
  readonly at: Instant;
  readonly value: bigint;
}

function baselineOf(observed: Dated | undefined, first: SnapshotSeries['first']): bigint {
  if (observed === undefined) return 0n;
  const is = typeof first === 'string' ? first : firstSnapshot(observed.at, first.publishedAt);
  return is === 'baseline' ? observed.value : 0n;
}

function distinctInOrder({ snapshots, epochs }: SnapshotSeries): Dated[] {
  const byInstant = new Map<Instant, Dated>();
  for (const snapshot of snapshots) {
    const at = 'at' in snapshot ? snapshot.at : lastMomentOf(epochs, snapshot.date);
    const date = 'at' in snapshot ? calendarDateOf(epochs, at) : snapshot.date;
    byInstant.set(at, { date, at, value: snapshot.value });
  }
  return [...byInstant.values()].toSorted((a, b) => a.at - b.at);
}
