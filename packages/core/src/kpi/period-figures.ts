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

import type { DateRange } from '../rollups/sums.ts';
import type { Agency } from '../tenancy/agency.entity.ts';
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
  const { sql, agency, roster } = world;
  const range = rangeOf(span);
  const present = counted.filter((one) => isPresent(one, range));
  const content = await countContent(sql, windowsOf(roster, range));
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
    content,
    ...(await perDay(world, span, { posts: total.posts, content })),
    clients: clientsByTier(
      present.map(({ client, sums: own }) => ({
        tiers: client.tiers,
        posts: Number(own.posts),
        trackedSeconds: Number(own.seconds),
      })),
      span,
    ),
    clientsWithValue: present.filter(isValued).length,
    activeCampaigns: await countActiveCampaigns(sql, range),
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
  agency: Agency,
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

/** Of days that are not over only the complete ones count here, with what came about on them. */
async function perDay(
  { sql, agency, roster, today }: KpiWorld,
  span: DateSpan,
  counts: Record<'posts' | 'content', bigint>,
): Promise<Pick<PeriodFigures, 'postsPerDay' | 'contentPerDay'>> {
  const complete = completePart(span, today);
  const days = BigInt(daysOf(complete));
  if (days === 0n || complete.toExclusive === span.toExclusive) {
    return {
      postsPerDay: velocity(counts.posts, days),
      contentPerDay: velocity(counts.content, days),
    };
  }
  const range = rangeOf(complete);
  return {
    postsPerDay: velocity(await countPosts(sql, { ...range, currency: agency.currency }), days),
    contentPerDay: velocity(await countContent(sql, windowsOf(roster, range)), days),
  };
}
