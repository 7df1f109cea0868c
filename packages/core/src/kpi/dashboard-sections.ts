import { percentOf, type Ratio, type Total } from '@retainer/domain';

import { monthOf } from '../tenancy/month-page.ts';
import { toAmount, toFigure, type AmountDto } from '../value/tracking/tracking-dto.ts';
import type { HighlightDto, KpiDashboard, MonthDto } from './dashboard-dto.ts';
import type { Highlight } from './highlights.ts';
import {
  amountKpi,
  countKpi,
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
  const perDay = (pick: (period: PeriodFigures) => Ratio) => ratioKpi(of(pick));
  return {
    performance: {
      impressions: flow((period) => period.impressions),
      engagement: flow((period) => period.engagement),
      leads: flow((period) => period.leads),
      conversions: flow((period) => period.conversions),
      revenue: amount((period) => period.revenue),
      averageRoi: returnKpi(
        of((period) => period.averageRoi),
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
      highlights: highlights.map((one) => toHighlight(one, currency)),
    },
    roi: {
      totalCost: amount((period) => period.cost, -1),
      totalValue: amount((period) => period.value),
      netValue: asDifference(amount((period) => period.net)),
      roiPercent: returnKpi(
        of((period) => period.roi),
        'percent',
      ),
      trend: months.map((one) => toMonth(one, currency)),
    },
    coverage: coverageOf(figures.current),
  };
}

/** Part of a difference is no part of anything, so where it is unknown none is told. */
function asDifference({ current, previous, ...rest }: AmountKpiDto): AmountKpiDto {
  const bare = ({ knownAmount: _part, ...amount }: AmountDto): AmountDto => amount;
  return { ...rest, current: bare(current), previous: previous && bare(previous) };
}

function byTier({ figures, tiers }: SectionFacts): KpiDashboard['clients']['byTier'] {
  const counts = figures.current?.clients.byTierAtEnd ?? new Map<string, number>();
  return tiers.flatMap(({ key, name }) => {
    const clients = counts.get(key);
    return clients === undefined ? [] : [{ tier: key, name, clients }];
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
