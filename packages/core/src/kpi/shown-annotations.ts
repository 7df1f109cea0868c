import { addDays, addMonthsClamped, type DateSpan } from '@retainer/domain';

import { readAnnotations } from '../annotations/read-annotations.ts';
import type { SqlSession } from '../db/sql-session.ts';
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
  sql: SqlSession,
  shown: ShownDays,
): Promise<ShownAnnotationDto[]> {
  const { period, comparison, trend } = shown;
  const ranges = [period, trend, ...(comparison ? [comparison] : [])].map(rangeOf);
  const annotations = await readAnnotations(sql, { ranges, limit: MOST });
  return annotations.map((one) => {
    const isIn = (span: DateSpan | undefined): boolean => {
      if (!span) return false;
      const { startDate, endDate } = rangeOf(span);
      return one.startDate <= endDate && one.endDate >= startDate;
    };
    const touches = (['period', 'comparison', 'trend'] as const).filter((name) =>
      isIn(shown[name]),
    );
    return { ...one, touches };
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
