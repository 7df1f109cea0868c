import {
  averageRoi,
  clientsByTier,
  completePart,
  daysOf,
  returnFigures,
  velocity,
  type ClientCounts,
  type DateSpan,
  type Ratio,
  type Total,
  type ValueSums,
} from '@retainer/domain';

import { takeOne, keptPartsOf } from '../kernel/kept-parts.ts';
import type { DateRange } from '../rollups/sums.ts';
import type { AgencyTerms } from '../tenancy/agency-terms.ts';
import { countActiveCampaigns } from './campaigns.queries.ts';
import {
  isValued,
  judgedTotals,
  rangeOf,
  type Counted,
  type CountedPeriod,
  type KpiWorld,
} from './counted.ts';
import { countContent, countPosts } from './kpi.queries.ts';
import { windowsOf } from './roster.ts';

/** Every figure of the agency in one period, unrounded, in its currency. */
export interface PeriodFigures {
  readonly impressions: bigint | null;
  readonly engagement: bigint | null;
  readonly leads: bigint | null;
  readonly conversions: bigint | null;
  readonly revenue: Total;
  readonly averageRoi: Ratio;
  readonly posts: bigint;
  readonly measuredPosts: bigint;
  readonly content: bigint;
  readonly postsPerDay: Ratio;
  readonly contentPerDay: Ratio;
  readonly clients: ClientCounts;
  /** Of how many of the clients the value is known. */
  readonly clientsWithValue: number;
  readonly activeCampaigns: bigint;
  readonly cost: Total;
  readonly value: Total;
  readonly net: Total;
  /** Value over cost of the clients whose value is known. */
  readonly roi: Ratio;
}

/** Works out a period from what its clients come to. */
export async function readPeriodFigures(
  world: KpiWorld,
  { span, clients: counted, total }: CountedPeriod,
): Promise<PeriodFigures> {
  const { agency } = world;
  const range = rangeOf(span);
  const present = counted.filter((one) => isPresent(one, range));
  const [came, activeCampaigns] = await Promise.all([
    readCame(world, span, total),
    countCampaigns(world, range),
  ]);
  return {
    ...outcomesOf(agency, counted, total),
    averageRoi: averageRoi(
      counted.map(({ figures: { returned, cost } }) => ({
        valueMinor: returned.totalMinor,
        costMinor: cost.total.totalMinor,
      })),
    ),
    posts: total.posts,
    measuredPosts: total.measuredPosts,
    ...came,
    clients: clientsByTier(
      present.map(({ client, sums: own }) => ({
        tiers: client.tiers,
        posts: Number(own.posts),
        trackedSeconds: Number(own.seconds),
      })),
      span,
    ),
    clientsWithValue: present.filter(isValued).length,
    activeCampaigns,
  };
}

/** Whether the agency had the client in a period: from its registration, or its first tier, until its archive. */
export function isPresent({ client, sums }: Counted, { startDate, endDate }: DateRange): boolean {
  const { archivedOn, registeredOn, tiers } = client;
  if (sums.posts > 0n || sums.seconds > 0n) return true;
  if (archivedOn !== null && archivedOn < startDate) return false;
  return registeredOn <= endDate || tiers.some((tier) => tier.from <= endDate);
}

function outcomesOf(
  agency: AgencyTerms,
  counted: readonly Counted[],
  total: ValueSums,
): Pick<
  PeriodFigures,
  | 'impressions'
  | 'engagement'
  | 'leads'
  | 'conversions'
  | 'revenue'
  | 'cost'
  | 'value'
  | 'net'
  | 'roi'
> {
  const { terms, roi } = judgedTotals(agency, counted);
  const { value, cost } = returnFigures(total, terms);
  return {
    impressions: value.impressions,
    engagement: value.engagement,
    leads: value.leads,
    conversions: value.conversions,
    revenue: value.revenue,
    cost: cost.total,
    value: value.total,
    net: netOf(value.total, cost.total),
    roi,
  };
}

function netOf(value: Total, cost: Total): Total {
  const reason = value.reason ?? cost.reason;
  return value.totalMinor === null || cost.totalMinor === null
    ? { totalMinor: null, knownMinor: 0n, reason }
    : { totalMinor: value.totalMinor - cost.totalMinor, knownMinor: 0n, reason: undefined };
}

const keptCampaigns = keptPartsOf<bigint>(2_000);

function countCampaigns(
  { sql, agencyId, marks, memory }: KpiWorld,
  range: DateRange,
): Promise<bigint> {
  const question = [agencyId, range.startDate, range.endDate].join('\n');
  const mark = [marks.campaigns, marks.roster, marks.agency].join('\n');
  return takeOne(keptCampaigns(memory.owner), { question, mark }, () =>
    countActiveCampaigns(sql, range),
  );
}

/** What came into being. Of days that are not over only the complete ones count for a day. */
async function readCame(
  { sql, agency, roster, today }: KpiWorld,
  span: DateSpan,
  { posts }: Pick<ValueSums, 'posts'>,
): Promise<Pick<PeriodFigures, 'content' | 'postsPerDay' | 'contentPerDay'>> {
  const contentIn = (days: DateSpan): Promise<bigint> =>
    countContent(sql, windowsOf(roster, rangeOf(days)));
  const complete = completePart(span, today);
  const days = BigInt(daysOf(complete));
  const content = contentIn(span);
  const isWhole = days === 0n || complete.toExclusive === span.toExclusive;
  const of = { ...rangeOf(complete), currency: agency.currency };
  const [all, someContent, somePosts] = await Promise.all([
    content,
    isWhole ? content : contentIn(complete),
    isWhole ? posts : countPosts(sql, of),
  ]);
  return {
    content: all,
    postsPerDay: velocity(somePosts, days),
    contentPerDay: velocity(someContent, days),
  };
}
