import {
  addDays,
  bucketsOf,
  bucketUnit,
  daysOf,
  type BucketUnit,
  type DateSpan,
} from '@retainer/domain';
import type * as z from 'zod';

import type { ServiceContext } from '../../kernel/context.ts';
import type { AskedAnswer } from '../answer-rules.ts';
import { toComparison, toPeriod } from '../asked-period.ts';
import { rangeOf } from '../counted.ts';
import { AskedPeriodFields } from '../dashboard-input.ts';
import { keptAnswer } from '../kept-answer.ts';
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
  return answer(ctx, GetKpiSeriesInput.parse(input));
}

type AskedSeries = AskedAnswer<z.output<typeof GetKpiSeriesInput>>;

const answer = keptAnswer<AskedSeries['wanted'], KpiSeries>({
  until(asked) {
    const shown = shownSpan(asked);
    return shown ? rangeOf(shown).endDate : asked.today;
  },
  async read(world, asked) {
    const { agency, today } = world;
    const { wanted, period, asOf } = asked;
    const shown = shownSpan(asked);
    const unit = bucketUnit(daysOf(period.asked));
    const [current, previous] = await Promise.all([
      readSeries(world, shown ? bucketsOf(shown, unit) : []),
      readSeries(world, period.compared ? bucketsOf(period.compared, unit) : []),
    ]);
    return {
      timeZone: agency.timeZone,
      currency: agency.currency,
      period: toPeriod(period, today),
      comparison: toComparison(period, wanted.compareTo),
      unit,
      current,
      previous,
      asOf,
    };
  },
});

/** The days of a period up to today; an open end goes on to today. None of a period that is yet to begin. */
function shownSpan({ wanted, period, today }: AskedSeries): DateSpan | undefined {
  const { asked, counted } = period;
  const { from, toExclusive } = asked;
  const isOpen = wanted.endDate === undefined;
  if (from > today) return undefined;
  const tomorrow = addDays(today, 1);
  // On the first of a month the month before is shown, and today is no part of it.
  const runs = isOpen && toExclusive === today && !today.endsWith('-01');
  const last = runs || toExclusive > tomorrow ? tomorrow : toExclusive;
  return { from: counted?.from ?? from, toExclusive: last };
}
