import {
  addDays,
  bucketsOf,
  bucketUnit,
  daysOf,
  type BucketUnit,
  type DashboardPeriod,
  type DateSpan,
  type LocalDate,
} from '@retainer/domain';
import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { refreshAgency } from '../../rollups/refresh.ts';
import { askedPeriod, toComparison, toPeriod } from '../asked-period.ts';
import { rangeOf } from '../counted.ts';
import { AskedPeriodFields } from '../dashboard-input.ts';
import { memoryFor } from '../memory.ts';
import { openKpi, whereAgencyIs } from '../open-kpi.ts';
import type { ComparisonDto, PeriodDto } from '../period-dto.ts';
import { readSeries, type SeriesPointDto } from './read-series.ts';

export const GetKpiSeriesInput = AskedPeriodFields;
export type GetKpiSeriesInput = z.input<typeof GetKpiSeriesInput>;

/** The dashboard's figures over time: a point a day, a week or a month, and those of the days they are compared with. */
export interface KpiSeries {
  readonly timeZone: string;
  readonly currency: string;
  readonly period: PeriodDto;
  readonly comparison: ComparisonDto | null;
  readonly unit: BucketUnit;
  readonly current: SeriesPointDto[];
  /** The first lies beside the first of `current`. Empty where nothing is compared. */
  readonly previous: SeriesPointDto[];
  readonly asOf: Date;
}

/**
 * Where the figures of a dashboard went from day to day, up to today: the day that still runs is told as not complete.
 * Periods of more than 45 days have a point a week, of more than 200 a month. `period_inverted`.
 */
export async function getKpiSeries(
  ctx: ServiceContext,
  input: GetKpiSeriesInput,
): Promise<KpiSeries> {
  const wanted = GetKpiSeriesInput.parse(input);
  const asOf = ctx.now();
  const { today } = await whereAgencyIs(ctx);
  const period = askedPeriod(wanted, today);
  const shown = shownSpan(period, { today, isOpen: wanted.endDate === undefined });
  await refreshAgency(ctx, shown ? rangeOf(shown).endDate : today);
  const memory = memoryFor(ctx);
  return inTransaction(
    ctx,
    async (em) => {
      const world = await openKpi(em, ctx, { today, memory });
      const unit = bucketUnit(daysOf(period.asked));
      return {
        timeZone: world.agency.timeZone,
        currency: world.agency.currency,
        period: toPeriod(period, today),
        comparison: toComparison(period, wanted.compareTo),
        unit,
        current: await readSeries(world, shown ? bucketsOf(shown, unit) : []),
        previous: await readSeries(world, period.compared ? bucketsOf(period.compared, unit) : []),
        asOf,
      };
    },
    { readOnly: true, oneView: true },
  );
}

/** The days of a period up to today; an open end goes on to today. None of a period that is yet to begin. */
function shownSpan(
  { asked, counted }: DashboardPeriod,
  { today, isOpen }: { readonly today: LocalDate; readonly isOpen: boolean },
): DateSpan | undefined {
  const { from, toExclusive } = asked;
  if (from > today) return undefined;
  const tomorrow = addDays(today, 1);
  // On the first of a month the month before is shown, and today is no part of it.
  const runs = isOpen && toExclusive === today && !today.endsWith('-01');
  const last = runs || toExclusive > tomorrow ? tomorrow : toExclusive;
  return { from: counted?.from ?? from, toExclusive: last };
}
