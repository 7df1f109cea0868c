import { daysOf, type DateSpan } from '@retainer/domain';
import type * as z from 'zod';

import { toDashboardInsights } from '../insights/dashboard-insights.ts';
import { readJudged, type JudgedPeriod } from '../insights/judged-period.ts';
import { readInsights, readServiceTaken } from '../insights/read-insights.ts';
import { keptPartsOf, takeOne } from '../kernel/kept-parts.ts';
import { readTargets } from '../plans/targets/read-targets.ts';
import { readTierBook, type TierBook } from '../tiers/tier-book.ts';
import type { AskedAnswer } from './answer-rules.ts';
import { lastDayOf, toComparison, toPeriod } from './asked-period.ts';
import { bandsOf } from './bands.ts';
import { campaignsRoi } from './campaign-figures.ts';
import { readCounted, type CountedPeriod, type KpiWorld } from './counted.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { goalMonths, judgeGoals } from './dashboard-goals.ts';
import type { GetAgencyKPIDashboardInput } from './dashboard-input.ts';
import { toSections } from './dashboard-sections.ts';
import { readFreshness, toFreshness } from './freshness.ts';
import { highlightsOf } from './highlights.ts';
import type { KpiTerms, Pair } from './kpi-figure.ts';
import { readTierNames, type TierNameRow } from './kpi.queries.ts';
import { readMonthFigures, trendSpan } from './months.ts';
import { readPeriodFigures, type PeriodFigures } from './period-figures.ts';
import { markMonths, readShownAnnotations } from './shown-annotations.ts';

/** What is asked, and of which moment the answer is. */
export type AskedDashboard = AskedAnswer<z.output<typeof GetAgencyKPIDashboardInput>>;

/** Everything that a dashboard tells, read in the world's view of the database. Refresh the agency first. */
export async function readDashboard(world: KpiWorld, asked: AskedDashboard): Promise<KpiDashboard> {
  const { agency, agencyId, today } = world;
  const { wanted, period, asOf } = asked;
  const facts = await readFacts(world, asked);
  const { seen, freshness, annotations, targets } = facts;
  const terms: KpiTerms = {
    currency: agency.currency,
    days: { current: period.counted && daysOf(period.counted), previous: period.compared?.days },
    bands: bandsOf(agency),
  };
  const judged = { current: seen.current?.judged, previous: seen.previous?.judged };
  const { roi, ...sections } = sectionsOf(world, asked, { ...facts, terms });
  const now = asOf.getTime();
  const [insights, goals] = await Promise.all([
    readInsights(world, facts.service, { ...judged, freshness }),
    judgeGoals({ ...world, now, countedIn: countedIn(world, judged) }, targets),
  ]);
  return {
    agencyWorkspaceId: agencyId,
    timeZone: agency.timeZone,
    currency: agency.currency,
    period: toPeriod(period, today),
    comparison: toComparison(period, wanted.compareTo),
    ...sections,
    roi: { ...roi, trend: markMonths(roi.trend, annotations) },
    insights: toDashboardInsights(insights, { book: facts.tiers.book, periods: judged, terms }),
    goals,
    annotations,
    freshness: toFreshness(freshness),
    asOf,
  };
}

// Whatever does not wait for another answer is asked at once: on a connection that pipelines it leaves together.
async function readFacts(world: KpiWorld, { period, asOf }: AskedDashboard) {
  const { sql, today } = world;
  const { counted, compared } = period;
  const last = lastDayOf(period, today);
  const shown = { period: period.asked, comparison: compared, trend: trendSpan(last) };
  const facts = await Promise.all([
    readSeen(world, counted),
    readSeen(world, compared),
    readMonthFigures(world, last),
    readFreshness(world),
    readServiceTaken(world, asOf),
    readShownAnnotations(sql, shown),
    readTiers(world),
    readTargets(sql, goalMonths(period.asked)),
  ]);
  const [current, previous, months, freshness, service, annotations, tiers, targets] = facts;
  const seen: Pair<SeenPeriod> = { current, previous };
  return { seen, months, freshness, service, annotations, tiers, targets };
}

interface Tiers {
  /** In the order in which they are shown. */
  readonly names: readonly TierNameRow[];
  readonly book: TierBook;
}

const keptTiers = keptPartsOf<Tiers>(1_000);

function readTiers({ sql, agencyId, marks, memory }: KpiWorld): Promise<Tiers> {
  return takeOne(keptTiers(memory.owner), { question: agencyId, mark: marks.tiers }, async () => {
    const [names, book] = await Promise.all([readTierNames(sql), readTierBook(sql)]);
    return { names, book };
  });
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

/** A period as everything that is told of it sees it. */
interface SeenPeriod {
  readonly judged: JudgedPeriod;
  readonly figures: PeriodFigures;
}

async function readSeen(
  world: KpiWorld,
  span: DateSpan | undefined,
): Promise<SeenPeriod | undefined> {
  if (!span) return undefined;
  const judged = await readJudged(world, span);
  return { judged, figures: await readPeriodFigures(world, judged.counted) };
}

function sectionsOf(
  { agency }: KpiWorld,
  { wanted }: AskedDashboard,
  {
    seen,
    tiers,
    months,
    terms,
  }: Pick<Facts, 'seen' | 'tiers' | 'months'> & {
    readonly terms: KpiTerms;
  },
): ReturnType<typeof toSections> {
  const { current, previous } = seen;
  return toSections({
    ...terms,
    figures: { current: current?.figures, previous: previous?.figures },
    campaigns: {
      current: current && campaignsRoi(current.judged.campaigns),
      previous: previous && campaignsRoi(previous.judged.campaigns),
    },
    tiers: tiers.names,
    highlights: highlightsOf(current?.judged.campaigns ?? [], {
      count: wanted.highlights,
      costAboveMinor: agency.highlightsAboveMinor ?? 0n,
    }),
    months,
  });
}

/** What clients come to in a span: what was read for one of the periods, or anew. */
function countedIn(
  world: KpiWorld,
  { current, previous }: Pair<JudgedPeriod>,
): (span: DateSpan) => Promise<CountedPeriod> {
  return async (span) => {
    const known = [current, previous].find(
      (one) =>
        one?.counted.span.from === span.from && one.counted.span.toExclusive === span.toExclusive,
    );
    return known?.counted ?? readCounted(world, span);
  };
}
