import {
  cpl,
  daysOf,
  highlights,
  returnOnCost,
  type DashboardPeriod,
  type ReturnFigures,
  type Total,
} from '@retainer/domain';
import * as z from 'zod';

import type { ServiceContext } from '../../kernel/context.ts';
import { lastDayOf, toComparison, toPeriod } from '../asked-period.ts';
import { bandsOf } from '../bands.ts';
import { readCampaignFigures, type CampaignFigures } from '../campaign-figures.ts';
import type { KpiWorld } from '../counted.ts';
import { AskedPeriodFields } from '../dashboard-input.ts';
import { keptAnswer } from '../kept-answer.ts';
import {
  amountKpi,
  countKpi,
  returnKpi,
  type AmountKpiDto,
  type CountKpiDto,
  type DecimalKpiDto,
  type KpiTerms,
  type Pair,
} from '../kpi-figure.ts';
import type { ComparisonDto, PeriodDto } from '../period-dto.ts';
import { readPlatformsOf } from './campaign-list.queries.ts';
import { byLowestRoi, troubleOf, type CampaignTroubleDto } from './troubled-campaigns.ts';

export const ListKpiCampaignsInput = AskedPeriodFields.extend({
  /** How many of those with the highest ROI. */
  best: z.int().min(1).max(50).default(5),
  /** How many of those that something is wrong with. */
  troubled: z.int().min(0).max(50).default(3),
});
export type ListKpiCampaignsInput = z.input<typeof ListKpiCampaignsInput>;

/** A campaign in a period, in the agency's currency. Tools are no campaign's, so they are not in its cost. */
export interface KpiCampaignDto {
  readonly campaignId: string;
  readonly clientWorkspaceId: string;
  readonly clientName: string;
  readonly name: string;
  /** Where posts of it went out. */
  readonly platforms: string[];
  readonly cost: AmountKpiDto;
  readonly revenue: AmountKpiDto;
  readonly roiPercent: DecimalKpiDto;
  readonly leads: CountKpiDto;
  readonly costPerLead: AmountKpiDto;
}

/** The campaigns of an agency that did best, and those to look at. */
export interface KpiCampaigns {
  readonly currency: string;
  readonly period: PeriodDto;
  readonly comparison: ComparisonDto | null;
  /** How many cost something in the period. */
  readonly total: number;
  /** The highest ROI first. */
  readonly best: KpiCampaignDto[];
  /** The lowest ROI first, none of which is among the best. */
  readonly troubled: (KpiCampaignDto & { readonly trouble: CampaignTroubleDto })[];
  readonly asOf: Date;
}

interface Listed {
  readonly key: string;
  readonly current: CampaignFigures;
  readonly previous: CampaignFigures | undefined;
}

/**
 * The campaigns with the highest ROI of a period, and those with a reason to look at them: a lead that costs a fifth
 * more, a fallen ROI, or one below zero. `period_inverted`.
 */
export async function listKpiCampaigns(
  ctx: ServiceContext,
  input: ListKpiCampaignsInput,
): Promise<KpiCampaigns> {
  return answer(ctx, ListKpiCampaignsInput.parse(input));
}

const answer = keptAnswer<z.output<typeof ListKpiCampaignsInput>, KpiCampaigns>({
  until: ({ period, today }) => lastDayOf(period, today),
  async read(world, { wanted, period, today, asOf }) {
    const all = await readListed(world, period);
    const best = bestOf(world, all, wanted.best);
    const troubled = troubledOf(world, all, { count: wanted.troubled, best });
    const write = await writer(world, period, [...best, ...troubled.map(({ one }) => one)]);
    return {
      currency: world.agency.currency,
      period: toPeriod(period, today),
      comparison: toComparison(period, wanted.compareTo),
      total: all.length,
      best: best.map(write),
      troubled: troubled.map(({ one, trouble }) => ({ ...write(one), trouble })),
      asOf,
    };
  },
});

async function readListed(
  world: KpiWorld,
  { counted, compared }: DashboardPeriod,
): Promise<Listed[]> {
  if (!counted) return [];
  const [current, previous] = await Promise.all([
    readCampaignFigures(world, counted),
    compared ? readCampaignFigures(world, compared) : [],
  ]);
  const before = new Map(previous.map((one) => [keyOf(one), one]));
  return current.map((one) => {
    const key = keyOf(one);
    return { key, current: one, previous: before.get(key) };
  });
}

function bestOf({ agency }: KpiWorld, all: readonly Listed[], count: number): Listed[] {
  const ranked = all.map((one) => ({
    id: one.current.id,
    clientId: one.current.clientId,
    valueMinor: one.current.figures.returned.totalMinor,
    costMinor: one.current.figures.cost.total.totalMinor,
    one,
  }));
  const terms = { count, costAboveMinor: agency.highlightsAboveMinor ?? 0n };
  return highlights(ranked, terms).map(({ one }) => one);
}

function troubledOf(
  { agency }: KpiWorld,
  all: readonly Listed[],
  { count, best }: { readonly count: number; readonly best: readonly Listed[] },
): { readonly one: Listed; readonly trouble: CampaignTroubleDto }[] {
  const isBest = new Set(best.map(({ key }) => key));
  return all
    .flatMap((one) => {
      if (isBest.has(one.key)) return [];
      const pair = { current: one.current.figures, previous: one.previous?.figures };
      const trouble = troubleOf(pair, bandsOf(agency).points);
      return trouble ? [{ one, trouble }] : [];
    })
    .toSorted(
      (a, b) =>
        byLowestRoi(a.one.current.figures, b.one.current.figures) ||
        Number(a.one.key > b.one.key) - Number(a.one.key < b.one.key),
    )
    .slice(0, count);
}

/** How campaigns are written down, with the platforms of those that are shown. */
async function writer(
  { sql, agency, roster }: KpiWorld,
  { counted, compared }: DashboardPeriod,
  shown: readonly Listed[],
): Promise<(one: Listed) => KpiCampaignDto> {
  const terms: KpiTerms = {
    currency: agency.currency,
    days: { current: counted && daysOf(counted), previous: compared?.days },
    bands: bandsOf(agency),
  };
  const names = new Map(roster.map(({ id, name }) => [id, name]));
  const rows = await readPlatformsOf(
    sql,
    shown.map(({ current }) => current),
  );
  const platforms = Map.groupBy(rows, ({ clientId, campaignId: id }) => keyOf({ clientId, id }));
  return ({ key, current, previous }) => ({
    campaignId: current.id,
    clientWorkspaceId: current.clientId,
    clientName: names.get(current.clientId) ?? current.clientId,
    name: current.name,
    platforms: (platforms.get(key) ?? []).map(({ platform }) => platform),
    ...figuresOf({ current: current.figures, previous: previous?.figures }, terms),
  });
}

function figuresOf(
  { current, previous }: Pair<ReturnFigures>,
  terms: KpiTerms,
): Pick<KpiCampaignDto, 'cost' | 'revenue' | 'roiPercent' | 'leads' | 'costPerLead'> {
  const of = <T>(pick: (one: ReturnFigures) => T): Pair<T> => ({
    current: current && pick(current),
    previous: previous && pick(previous),
  });
  return {
    cost: amountKpi(
      of(({ cost }) => cost.total),
      terms,
      -1,
    ),
    revenue: amountKpi(
      of(({ value }) => value.revenue),
      terms,
      1,
    ),
    roiPercent: returnKpi(of(returnOnCost), terms, 'percent'),
    leads: countKpi(
      of(({ value }) => value.leads),
      terms,
    ),
    costPerLead: costPerLead(of(leadCost), terms),
  };
}

/** One lead's cost does not add up day by day. */
function costPerLead(of: Pair<Total>, { days: _total, ...terms }: KpiTerms): AmountKpiDto {
  return amountKpi(of, { ...terms, days: { current: undefined, previous: undefined } }, -1);
}

function leadCost({ cost, value }: ReturnFigures): Total {
  const each = cpl(cost.total.totalMinor, value.leads);
  return each.minor === null
    ? { totalMinor: null, knownMinor: 0n, reason: each.reason }
    : { totalMinor: each.minor, knownMinor: each.minor, reason: undefined };
}

function keyOf({ clientId, id }: Pick<CampaignFigures, 'clientId' | 'id'>): string {
  return JSON.stringify([clientId, id]);
}
