import { calendarDateOf, type ZoneEpoch } from '../calendar/calendar-day.ts';
import type { Instant, LocalDate } from '../calendar/instant.ts';

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
  readonly first: FirstSnapshot;
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
 * of the same instant, or of the same date alone, replaces the one that arrived before it, and one dated by its day
 * alone is that day's last. The order of arrival decides nothing else. A gap is booked on the day that ended it, and
 * a value that was corrected downwards makes a day below 0.
 */
export function dailyDeltas(series: SnapshotSeries): DailyDeltas {
  const inOrder = distinctInOrder(series);
  const first = inOrder[0]?.value ?? 0n;
  const baseline = series.first === 'baseline' ? first : 0n;
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

function distinctInOrder({ snapshots, epochs }: SnapshotSeries): Dated[] {
  const byMoment = new Map<Instant | LocalDate, Dated>();
  for (const snapshot of snapshots) {
    const { value } = snapshot;
    if ('at' in snapshot) {
      const { at } = snapshot;
      byMoment.set(at, { date: calendarDateOf(epochs, at), at, value });
    } else {
      const { date } = snapshot;
      byMoment.set(date, { date, at: Infinity, value });
    }
  }
  return [...byMoment.values()].toSorted((a, b) => ascending(a, b));
}

function ascending(a: Dated, b: Dated): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (a.at === b.at) return 0;
  return a.at < b.at ? -1 : 1;
}
