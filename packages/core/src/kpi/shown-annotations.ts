import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, addMonthsClamped, type DateSpan } from '@retainer/domain';

import { toAnnotationDto } from '../annotations/annotation-dto.ts';
import { Annotation } from '../annotations/annotation.entity.ts';
import { firstDay } from '../tenancy/month-page.ts';
import { rangeOf } from './counted.ts';
import type { MonthDto, ShownAnnotationDto } from './dashboard-dto.ts';

/** How many a dashboard shows at most: the latest. */
const MOST = 200;

/** The days that a dashboard shows. */
export interface ShownDays {
  readonly period: DateSpan;
  readonly comparison: DateSpan | undefined;
  readonly trend: DateSpan;
}

/** The annotations that touch any of the days that are shown, the latest first. */
export async function readShownAnnotations(
  em: EntityManager,
  agencyId: string,
  shown: ShownDays,
): Promise<ShownAnnotationDto[]> {
  const { period, comparison, trend } = shown;
  const spans = [period, trend, ...(comparison ? [comparison] : [])];
  const rows = await em.find(
    Annotation,
    {
      agencyId,
      // By last days: the day after the last one there is cannot be written as a date.
      $or: spans.map(rangeOf).map(({ startDate, endDate }) => ({
        fromDate: { $lte: endDate },
        toDate: { $gte: startDate },
      })),
    },
    { orderBy: { fromDate: 'desc', id: 'desc' }, limit: MOST },
  );
  return rows.map((row) => {
    const isIn = (span: DateSpan | undefined): boolean => {
      if (!span) return false;
      const { startDate, endDate } = rangeOf(span);
      return row.fromDate <= endDate && row.toDate >= startDate;
    };
    const touches = (['period', 'comparison', 'trend'] as const).filter((name) =>
      isIn(shown[name]),
    );
    return { ...toAnnotationDto(row), touches };
  });
}

/** Marks each month of the trend with the annotations of its days. */
export function markMonths(
  months: readonly MonthDto[],
  annotations: readonly ShownAnnotationDto[],
): MonthDto[] {
  return months.map((one) => {
    const first = firstDay(one.month);
    const last = addDays(addMonthsClamped(first, 1), -1);
    const own = annotations.filter(
      ({ startDate, endDate }) => startDate <= last && endDate >= first,
    );
    return { ...one, annotations: own.map(({ id }) => id) };
  });
}

/** The days of the months that a trend shows, of which there is one at least. */
export function trendSpan(months: readonly MonthDto[]): DateSpan {
  const [first, last] = [months[0], months.at(-1)].map((one) => firstDay(one?.month ?? ''));
  return { from: first ?? '', toExclusive: addMonthsClamped(last ?? '', 1) };
}
