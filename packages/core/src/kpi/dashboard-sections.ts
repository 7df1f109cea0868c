import { percentOf, type Ratio, type Total } from '@retainer/domain';

import { monthOf } from '../tenancy/month-page.ts';
import { toAmount, toFigure } from '../value/tracking/tracking-dto.ts';
import type { HighlightDto, KpiDashboard, MonthDto, TierCountDto } from './dashboard-dto.ts';
import type { Highlight } from './highlights.ts';
import {
  amountKpi,
  countKpi,
  differenceKpi,
  ratioKpi,
  returnKpi,
  type AmountKpiDto,
  type CountKpiDto,
  type KpiTerms,
  type Pair,
  type Polarity,
} from './kpi-figure.ts';
import type { TierNameRow } from './kpi.queries.ts';
import type { MonthFigures } from './months.ts';
import type { PeriodFigures } from './period-figures.ts';

/** Everything that the sections are written from. */
export interface SectionFacts extends KpiTerms {
  readonly figures: Pair<PeriodFigures>;
  readonly campaigns: Pair<Ratio>;
  /** In the order in which they are shown. */
  readonly tiers: readonly TierNameRow[];
  readonly highlights: readonly Highlight[];
  readonly months: readonly MonthFigures[];
}

type Sections = Pick<
  KpiDashboard,
  'performance' | 'contentVelocity' | 'clients' | 'campaigns' | 'roi' | 'coverage'
>;

/** Writes the sections of a dashboard down. */
export function toSections(facts: SectionFacts): Sections {
  const { figures, currency, highlights, months } = facts;
  const of = <T>(pick: (period: PeriodFigures) => T): Pair<T> => ({
    current: figures.current && pick(figures.current),
    previous: figures.previous && pick(figures.previous),
  });
  const flow = (pick: (period: PeriodFigures) => bigint | null): CountKpiDto =>
    countKpi(of(pick), facts);
  // How many there are at a time says nothing more when it is divided by days.
  const level = (pick: (period: PeriodFigures) => bigint): CountKpiDto =>
    countKpi(of(pick), facts, { ofDay: false });
  const amount = (pick: (period: PeriodFigures) => Total, polarity: Polarity = 1): AmountKpiDto =>
    amountKpi(of(pick), facts, polarity);
  const perDay = (pick: (period: PeriodFigures) => Ratio) => ratioKpi(of(pick), facts);
  return {
    performance: {
      impressions: flow((period) => period.impressions),
      engagement: flow((period) => period.engagement),
      leads: flow((period) => period.leads),
      conversions: flow((period) => period.conversions),
      revenue: amount((period) => period.revenue),
      averageRoi: returnKpi(
        of((period) => period.averageRoi),
        facts,
        'ratio',
      ),
    },
    contentVelocity: {
      posts: flow((period) => period.posts),
      content: flow((period) => period.content),
      postsPerDay: perDay((period) => period.postsPerDay),
      contentPerDay: perDay((period) => period.contentPerDay),
    },
    clients: {
      total: level(({ clients }) => BigInt(clients.total)),
      active: level(({ clients }) => BigInt(clients.activeAtEnd)),
      activeAnyDay: level(({ clients }) => BigInt(clients.activeAnyDay)),
      withActivity: level(({ clients }) => BigInt(clients.withActivity)),
      byTier: byTier(facts),
    },
    campaigns: {
      active: level((period) => period.activeCampaigns),
      roiPercent: returnKpi(facts.campaigns, facts, 'percent'),
      highlights: highlights.map((one) => toHighlight(one, currency)),
    },
    roi: {
      totalCost: amount((period) => period.cost, -1),
      totalValue: amount((period) => period.value),
      netValue: differenceKpi(amount((period) => period.net)),
      roiPercent: returnKpi(
        of((period) => period.roi),
        facts,
        'percent',
      ),
      trend: months.map((one) => toMonth(one, currency)),
    },
    coverage: coverageOf(figures.current),
  };
}

function byTier({ figures, tiers, ...terms }: SectionFacts): TierCountDto[] {
  const now = figures.current?.clients.byTierAtEnd;
  const then = figures.previous?.clients.byTierAtEnd;
  return tiers.flatMap(({ key, name }): TierCountDto[] => {
    if (!now?.has(key) && !then?.has(key)) return [];
    const count = (of: typeof now): bigint | undefined => of && BigInt(of.get(key) ?? 0);
    const of = { current: count(now), previous: count(then) };
    const { current, ...rest } = countKpi(of, terms, { polarity: 0, ofDay: false });
    return [{ tier: key, name, clients: current ?? 0, ...rest }];
  });
}

function toHighlight(
  { id, clientId, name, cost, value, roiPercent }: Highlight,
  currency: string,
): HighlightDto {
  return {
    campaignId: id,
    clientWorkspaceId: clientId,
    name,
    cost: toAmount(cost, currency),
    value: toAmount(value, currency),
    roiPercent: toFigure(roiPercent),
  };
}

function toMonth(figures: MonthFigures, currency: string): MonthDto {
  const { month, isWhole, cost, value, roi } = figures;
  return {
    month: monthOf(month),
    complete: isWhole,
    cost: toAmount(cost, currency),
    value: toAmount(value, currency),
    roiPercent: toFigure(percentOf(roi)),
    annotations: [],
  };
}

function coverageOf(period: PeriodFigures | undefined): KpiDashboard['coverage'] {
  if (!period) return null;
  return {
    posts: Number(period.posts),
    measuredPosts: Number(period.measuredPosts),
    clients: period.clients.total,
    withValue: period.clientsWithValue,
  };
}
