import { valueAt, type Dashboard, type Metric, type Series } from './metrics.ts';

/** A place on the line: the value, and that of the days it is compared with. */
export interface TrendPoint {
  readonly index: number;
  readonly startDate: string;
  readonly endDate: string;
  /** Null where it is unknown, or yet to come. */
  readonly value: number | null;
  readonly previous: number | null;
  readonly previousDays: { readonly startDate: string; readonly endDate: string } | undefined;
  /** Its days are not all over, or fewer than those of the others. */
  readonly isPartial: boolean;
}

type Annotation = Dashboard['annotations'][number];

/** An annotation with its number, and where on the line it stands. */
export interface Flag {
  readonly number: number;
  readonly index: number;
  readonly annotation: Annotation;
}

/** Points side by side: the first of one period beside the first of the other. */
export function trendOf({ current, previous }: Series, metric: Metric): TrendPoint[] {
  const length = Math.max(current.length, previous.length);
  return Array.from({ length }, (_, index): TrendPoint => {
    const [now, then] = [current[index], previous[index]];
    const { startDate = '', endDate = '' } = now ?? then ?? {};
    return {
      index,
      startDate,
      endDate,
      value: now ? valueAt(now, metric) : null,
      previous: then ? valueAt(then, metric) : null,
      previousDays: then && { startDate: then.startDate, endDate: then.endDate },
      isPartial: now ? !now.complete : false,
    };
  });
}

/** The annotations of the days that are drawn, in the order of their days. */
export function flagsOf({ current }: Series, annotations: readonly Annotation[]): Flag[] {
  const last = current.at(-1);
  const first = current[0];
  if (!first || !last) return [];
  return annotations
    .filter(({ startDate, endDate }) => startDate <= last.endDate && endDate >= first.startDate)
    .toSorted((a, b) => (a.startDate === b.startDate ? 0 : a.startDate < b.startDate ? -1 : 1))
    .map((annotation, place) => ({
      number: place + 1,
      index: Math.max(
        0,
        current.findIndex(({ endDate }) => endDate >= annotation.startDate),
      ),
      annotation,
    }));
}
