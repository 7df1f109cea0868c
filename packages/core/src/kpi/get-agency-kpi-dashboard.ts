import type { EntityManager } from '@mikro-orm/postgresql';
import {
  daysOf,
  localDateOf,
  type DashboardPeriod,
  type DateSpan,
  type LocalDate,
} from '@retainer/domain';
import type * as z from 'zod';

import { keepFeeRates } from '../billing/keep-fee-rates.ts';
import { sqlSession } from '../db/sql-session.ts';
import { readDashboardInsights } from '../insights/dashboard-insights.ts';
import { feeAsks, readJudged, type JudgedPeriod } from '../insights/judged-period.ts';
import { readInsights } from '../insights/read-insights.ts';
import { createAnswers, mayKeep, type Answers, type Made } from '../kernel/answers.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { keepGoalRates } from '../plans/targets/keep-goal-rates.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { askedPeriod, lastDayOf, toComparison, toPeriod } from './asked-period.ts';
import { bandsOf } from './bands.ts';
import { campaignsRoi } from './campaign-figures.ts';
import { readCounted, type CountedPeriod, type KpiWorld } from './counted.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { goalMonths, readDashboardGoals } from './dashboard-goals.ts';
import { GetAgencyKPIDashboardInput } from './dashboard-input.ts';
import { toSections } from './dashboard-sections.ts';
import { readFreshness, toFreshness } from './freshness.ts';
import { highlightsOf } from './highlights.ts';
import type { KpiTerms, Pair } from './kpi-figure.ts';
import { readTierNames } from './kpi.queries.ts';
import { readMark, type MarkAsked } from './mark.queries.ts';
import { memoryFor } from './memory.ts';
import { readMonthFigures } from './months.ts';
import { openKpi } from './open-kpi.ts';
import { readPeriodFigures } from './period-figures.ts';
import { markMonths, readShownAnnotations, trendSpan } from './shown-annotations.ts';

type Wanted = z.output<typeof GetAgencyKPIDashboardInput>;

/** What is asked, and of which moment the answer is. */
interface Asked {
  readonly wanted: Wanted;
  readonly period: DashboardPeriod;
  readonly currency: string;
  readonly today: LocalDate;
  readonly asOf: Date;
}

/**
 * Where the agency stands in a period, beside the days that it is compared with: performance, content, clients,
 * campaigns and ROI, from all facts known now, and what its own numbers tell. All figures are of one moment.
 * `period_inverted`.
 */
export async function getAgencyKPIDashboard(
  ctx: ServiceContext,
  input: GetAgencyKPIDashboardInput,
): Promise<KpiDashboard> {
  const wanted = GetAgencyKPIDashboardInput.parse(input);
  const asOf = ctx.now();
  const answers = keptDashboards(ctx);
  const { asked, mark } = await inTransaction(
    ctx,
    async (em) => {
      const { timeZone, currency } = await findAgency(em, ctx.agencyId);
      const today = localDateOf(timeZone, asOf.getTime());
      const found = { wanted, period: askedPeriod(wanted, today), currency, today, asOf };
      return { asked: found, mark: answers && (await readMark(sqlSession(em), markOf(found))) };
    },
    { readOnly: true },
  );
  const make = () => makeDashboard(ctx, asked);
  if (!answers) return (await make()).answer;
  const key = JSON.stringify([ctx.agencyId, asked.today, wanted]);
  return answers.take({ key, mark, now: asOf }, make);
}

async function makeDashboard(ctx: ServiceContext, asked: Asked): Promise<Made<KpiDashboard>> {
  const { period, currency, today, asOf } = asked;
  const { agencyId: agencyWorkspaceId, byRealClock } = ctx;
  const memory = memoryFor(ctx);
  // Recurring costs are spread up to the last day that any figure is of.
  await refreshAgency(ctx, lastDayOf(period, today));
  await keepFeeRates(ctx, feeAsks(period, currency), memory.fees);
  await keepGoalRates(ctx, { months: goalMonths(period.asked), currency, memory: memory.fees });
  return inTransaction(
    ctx,
    async (em) => {
      const world = await openKpi(em, ctx, { today, memory });
      const sections = await readDashboard(em, world, asked);
      // In the same view: what the answer rests on, and nothing that came after it.
      const mark = byRealClock ? await readMark(world.sql, markOf(asked)) : undefined;
      return { answer: { agencyWorkspaceId, ...sections, asOf }, mark };
    },
    { readOnly: true, oneView: true },
  );
}

function markOf({ period, today, asOf }: Asked): MarkAsked {
  return { now: asOf.getTime(), months: [...goalMonths(period.asked), `${today.slice(0, -2)}01`] };
}

/** By connection, so that databases in one process do not share their answers. */
const kept = new WeakMap<object, Answers<KpiDashboard>>();

function keptDashboards(ctx: ServiceContext): Answers<KpiDashboard> | undefined {
  if (!mayKeep(ctx)) return undefined;
  const driver = ctx.em.getDriver();
  const known = kept.get(driver) ?? createAnswers<KpiDashboard>();
  kept.set(driver, known);
  return known;
}

async function readDashboard(
  em: EntityManager,
  world: KpiWorld,
  asked: Asked,
): Promise<Omit<KpiDashboard, 'agencyWorkspaceId' | 'asOf'>> {
  const { sql, agency, today } = world;
  const { wanted, period, asOf } = asked;
  const { counted, compared } = period;
  const current = counted && (await readJudged(world, counted));
  const previous = compared && (await readJudged(world, compared));
  const terms: KpiTerms = {
    currency: agency.currency,
    days: { current: counted && daysOf(counted), previous: compared?.days },
    bands: bandsOf(agency),
  };
  const { roi, ...sections } = await readSections(world, asked, { terms, current, previous });
  const freshness = await readFreshness(sql, today);
  const told = { kpi: world, now: asOf, current, previous, freshness };
  const insights = await readInsights(em, told);
  const annotations = await readShownAnnotations(em, agency.id, {
    period: period.asked,
    comparison: compared,
    trend: trendSpan(roi.trend),
  });
  return {
    timeZone: agency.timeZone,
    currency: agency.currency,
    period: toPeriod(period, today),
    comparison: toComparison(period, wanted.compareTo),
    ...sections,
    roi: { ...roi, trend: markMonths(roi.trend, annotations) },
    insights: await readDashboardInsights(insights, { current, previous }, terms),
    goals: await readDashboardGoals(
      em,
      { ...world, now: asOf.getTime(), countedIn: countedIn(world, [current, previous]) },
      period.asked,
    ),
    annotations,
    freshness: toFreshness(freshness),
  };
}

async function readSections(
  world: KpiWorld,
  { wanted, period }: Asked,
  { terms, current, previous }: Pair<JudgedPeriod> & { readonly terms: KpiTerms },
): Promise<ReturnType<typeof toSections>> {
  const { agency, today } = world;
  return toSections({
    ...terms,
    figures: {
      current: current && (await readPeriodFigures(world, current.counted)),
      previous: previous && (await readPeriodFigures(world, previous.counted)),
    },
    campaigns: {
      current: current && campaignsRoi(current.campaigns),
      previous: previous && campaignsRoi(previous.campaigns),
    },
    tiers: await readTierNames(world.sql),
    highlights: highlightsOf(current?.campaigns ?? [], {
      count: wanted.highlights,
      costAboveMinor: agency.highlightsAboveMinor ?? 0n,
    }),
    months: await readMonthFigures(world, lastDayOf(period, today)),
  });
}

/** What clients come to in a span: what was read for one of the periods, or anew. */
function countedIn(
  world: KpiWorld,
  periods: readonly (JudgedPeriod | undefined)[],
): (span: DateSpan) => Promise<CountedPeriod> {
  return async (span) => {
    const known = periods.find(
      (one) =>
        one?.counted.span.from === span.from && one.counted.span.toExclusive === span.toExclusive,
    );
    return known?.counted ?? readCounted(world, span);
  };
}
