import type { EntityManager } from '@mikro-orm/postgresql';
import { noSums, valueFigures, type MissingReason, type ValueSums } from '@retainer/domain';

import { sqlSession } from '../../db/sql-session.ts';
import { readWorld, type FiguresWorld } from '../../rollups/figures-world.ts';
import type { DateRange } from '../../rollups/sums.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import {
  countedIn,
  defaultTerms,
  readClientFacts,
  type ClientFacts,
  type TrackingTerms,
} from '../tracking/client-figures.ts';
import { countOf, minutesOf, toFigures, type FiguresDto } from '../tracking/tracking-dto.ts';
import type { Assumptions } from '../tracking/tracking-input.ts';
import { termsOf } from '../tracking/tracking-terms.ts';
import type { RowAsked } from './explain-input.ts';
import type { ExplainedValue } from './explanation-dto.ts';
import type { FigureName } from './figure-names.ts';

/** The row of an answer that a figure stands in: all of it, or one of a breakdown. */
export interface ExplainedRow {
  readonly currency: string;
  readonly sums: ValueSums;
  readonly figures: FiguresDto;
  readonly assumed: TrackingTerms;
  readonly world: FiguresWorld;
  readonly savedTimeInRoi: boolean;
}

/** Works out a row just as value tracking does. Refresh the client first. */
export async function readExplainedRow(
  em: EntityManager,
  client: Client,
  of: {
    readonly period: DateRange;
    readonly row: RowAsked | undefined;
    readonly assumptions: Assumptions;
  },
): Promise<ExplainedRow> {
  const { period, row, assumptions } = of;
  const world = await readWorld(em, client.agencyId, [client.id]);
  const counted = countedIn(world, client.id);
  const { currency } = counted;
  const defaults = await defaultTerms(sqlSession(em), counted, period.endDate);
  const assumed = termsOf(assumptions, defaults, currency);
  const facts = await readClientFacts(em, client, { ...period, terms: assumed });
  const sums = sumsOf(facts, row);
  return {
    currency,
    sums,
    figures: toFigures(valueFigures(sums, facts.terms), sums, reachOf(facts, row)),
    assumed,
    world,
    savedTimeInRoi: facts.terms.savedTimeInRoi ?? false,
  };
}

/** The value of a figure in a row, as answers show it. */
export function valueOf(row: ExplainedRow, figure: FigureName): ExplainedValue {
  return VALUES[figure](row);
}

/** Why a value is none, if it is none. */
export function reasonOf(row: ExplainedRow, figure: FigureName): MissingReason | null {
  const value = valueOf(row, figure);
  if (value === null) {
    return row.figures.value.reasons[figure.replace('value.', '')] ?? 'missing_data';
  }
  return typeof value === 'object' ? (value.reason ?? null) : null;
}

function sumsOf({ sums, currency }: ClientFacts, row: RowAsked | undefined): ValueSums {
  if (row === undefined) return sums.total;
  const found = sums.breakdowns[row.dimension].find(({ key }) => key === row.key);
  return found?.sums ?? noSums(currency);
}

function reachOf(facts: ClientFacts, row: RowAsked | undefined) {
  if (row === undefined) return facts.reach;
  return row.dimension === 'platform' ? facts.reachByPlatform.get(row.key) : undefined;
}

const VALUES: Readonly<Record<FigureName, (row: ExplainedRow) => ExplainedValue>> = {
  'cost.timeSpentMinutes': ({ figures }) => figures.cost.timeSpentMinutes,
  'cost.billableMinutes': ({ figures }) => figures.cost.billableMinutes,
  'cost.time': ({ figures }) => figures.cost.time,
  'cost.tools': ({ figures }) => figures.cost.tools,
  'cost.adSpend': ({ figures }) => figures.cost.adSpend,
  'cost.other': ({ figures }) => figures.cost.other,
  'cost.total': ({ figures }) => figures.cost.total,
  'value.impressions': ({ figures }) => figures.value.impressions,
  'value.reach': ({ figures }) => figures.value.reach,
  'value.averageDailyReach': ({ figures }) => figures.value.averageDailyReach,
  'value.engagement': ({ figures }) => figures.value.engagement,
  'value.clicks': ({ figures }) => figures.value.clicks,
  'value.videoViews': ({ figures }) => figures.value.videoViews,
  'value.leads': ({ figures }) => figures.value.leads,
  'value.conversions': ({ figures }) => figures.value.conversions,
  'value.revenue': ({ figures }) => figures.value.revenue,
  'value.total': ({ figures }) => figures.value.total,
  'value.conversionsWithoutAmount': ({ sums }) => Number(sums.unpricedConversions),
  'value.engagementWithImpressions': ({ sums }) => countOf(sums.rateEngagement),
  'value.impressionsWithEngagement': ({ sums }) => countOf(sums.rateImpressions),
  'value.clicksWithImpressions': ({ sums }) => countOf(sums.ctrClicks),
  'value.impressionsWithClicks': ({ sums }) => countOf(sums.ctrImpressions),
  'timeSaved.minutes': ({ figures }) => figures.timeSaved.minutes,
  'timeSaved.value': ({ figures }) => figures.timeSaved.value,
  'timeSaved.baselineMinutes': ({ sums }) => minutesOf(sums.savedBaselineSeconds),
  'efficiency.roiPercent': ({ figures }) => figures.efficiency.roiPercent,
  'efficiency.roas': ({ figures }) => figures.efficiency.roas,
  'efficiency.costPerImpression': ({ figures }) => figures.efficiency.costPerImpression,
  'efficiency.costPerThousandImpressions': ({ figures }) =>
    figures.efficiency.costPerThousandImpressions,
  'efficiency.costPerClick': ({ figures }) => figures.efficiency.costPerClick,
  'efficiency.costPerLead': ({ figures }) => figures.efficiency.costPerLead,
  'efficiency.costPerConversion': ({ figures }) => figures.efficiency.costPerConversion,
  'efficiency.engagementRatePercent': ({ figures }) => figures.efficiency.engagementRatePercent,
  'efficiency.clickThroughRatePercent': ({ figures }) => figures.efficiency.clickThroughRatePercent,
  'efficiency.conversionRatePercent': ({ figures }) => figures.efficiency.conversionRatePercent,
  'efficiency.leadConversionPercent': ({ figures }) => figures.efficiency.leadConversionPercent,
  'efficiency.valuePerHour': ({ figures }) => figures.efficiency.valuePerHour,
  'efficiency.timeEfficiency': ({ figures }) => figures.efficiency.timeEfficiency,
};
