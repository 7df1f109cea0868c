import {
  addDays,
  daysBetween,
  daysOf,
  returnOnCost,
  type DashboardPeriod,
  type LocalDate,
} from '@retainer/domain';
import * as z from 'zod';

import type { ServiceContext } from '../../kernel/context.ts';
import { lastDayOf, toComparison, toPeriod } from '../asked-period.ts';
import { bandsOf } from '../bands.ts';
import { readCounted, type Counted, type KpiWorld } from '../counted.ts';
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
import { readTierNames } from '../kpi.queries.ts';
import type { ComparisonDto, PeriodDto } from '../period-dto.ts';
import { readBudgetsUsed, type BudgetUsedDto } from './client-budgets.ts';
import { readObservedOf, readPostsByDay } from './client-list.queries.ts';
import {
  CLIENT_ORDERS,
  isFound,
  listedClients,
  rankClients,
  type ListedClient,
} from './rank-clients.ts';

export const ListKpiClientsInput = AskedPeriodFields.extend({
  /** Part of a name or an id. */
  search: z.string().trim().max(200).optional(),
  /** The key of a tier: only who is on it on the period's last day. `none`: who is on no tier. */
  tier: z.string().min(1).max(128).optional(),
  /** What the list is in order by. */
  orderBy: z.enum(CLIENT_ORDERS).default('name'),
  /** Up, or down: the largest first. */
  direction: z.enum(['asc', 'desc']).default('asc'),
  /** Which page of the list, from 1. */
  page: z.int().min(1).max(100_000).default(1),
  /** How many clients a page has. */
  limit: z.int().min(1).max(200).default(50),
});
export type ListKpiClientsInput = z.input<typeof ListKpiClientsInput>;
type Wanted = z.output<typeof ListKpiClientsInput>;

/** A client in a period, in the agency's currency. */
export interface KpiClientDto {
  readonly clientWorkspaceId: string;
  readonly name: string;
  /** The tier it is on on the period's last day. */
  readonly tier: { readonly key: string; readonly name: string } | null;
  readonly posts: CountKpiDto;
  readonly leads: CountKpiDto;
  readonly cost: AmountKpiDto;
  readonly revenue: AmountKpiDto;
  readonly roiPercent: DecimalKpiDto;
  /** Of the present month, whatever the period; null where nobody set one. */
  readonly budget: BudgetUsedDto | null;
  /** The last day that any metric was observed on. */
  readonly metricsUntil: LocalDate | null;
  /** Posts on each of the 30 days up to the last one that counts. */
  readonly postsByDay: number[];
}

/** The agency's clients beside each other. */
export interface KpiClients {
  readonly currency: string;
  readonly period: PeriodDto;
  readonly comparison: ComparisonDto | null;
  /** How many there are, and how many of them are asked for. */
  readonly total: number;
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  readonly items: KpiClientDto[];
  readonly asOf: Date;
}

const SPARK_DAYS = 30;

/**
 * The clients that the agency has in a period, a page of them, with their figures beside those they are compared with.
 * `period_inverted`.
 */
export async function listKpiClients(
  ctx: ServiceContext,
  input: ListKpiClientsInput,
): Promise<KpiClients> {
  return answer(ctx, ListKpiClientsInput.parse(input));
}

const answer = keptAnswer<Wanted, KpiClients>({
  // Whoever types a name asks for another list with each letter.
  capacity: 50,
  until: ({ period, today }) => lastDayOf(period, today),
  async read(world, { wanted, period, today, asOf }) {
    const { rows, shown, tiers } = await readRows(world, period, wanted);
    const terms = termsOf(world, period);
    return {
      currency: world.agency.currency,
      period: toPeriod(period, today),
      comparison: toComparison(period, wanted.compareTo),
      total: rows.total,
      found: rows.found,
      page: wanted.page,
      pages: Math.max(1, Math.ceil(rows.found / wanted.limit)),
      items: await toItems(world, {
        shown,
        terms,
        tiers,
        now: asOf.getTime(),
        last: lastDayOf(period, today),
      }),
      asOf,
    };
  },
});

type TierNames = ReadonlyMap<string, string>;

async function readRows(
  world: KpiWorld,
  { counted, compared }: DashboardPeriod,
  wanted: Wanted,
): Promise<{
  readonly rows: { readonly total: number; readonly found: number };
  readonly shown: readonly ListedClient[];
  readonly tiers: TierNames;
}> {
  const { search, tier, orderBy: by, direction, page, limit } = wanted;
  const [names, current, previous] = await Promise.all([
    readTierNames(world.sql),
    counted && readCounted(world, counted),
    compared && readCounted(world, compared),
  ]);
  const all = listedClients({ current, previous });
  const isAsked = (client: ListedClient): boolean =>
    (tier === undefined || (client.tier ?? 'none') === tier) &&
    (search === undefined || isFound(client, search));
  const found = rankClients(all.filter(isAsked), {
    by,
    isFalling: direction === 'desc',
    tiers: names.map(({ key }) => key),
  });
  return {
    rows: { total: all.length, found: found.length },
    shown: found.slice((page - 1) * limit, page * limit),
    tiers: new Map(names.map(({ key, name }) => [key, name])),
  };
}

function termsOf({ agency }: KpiWorld, { counted, compared }: DashboardPeriod): KpiTerms {
  return {
    currency: agency.currency,
    days: { current: counted && daysOf(counted), previous: compared?.days },
    bands: bandsOf(agency),
  };
}

interface Showing {
  readonly shown: readonly ListedClient[];
  readonly terms: KpiTerms;
  readonly tiers: TierNames;
  readonly now: number;
  readonly last: LocalDate;
}

async function toItems(
  world: KpiWorld,
  { shown, terms, tiers, now, last }: Showing,
): Promise<KpiClientDto[]> {
  const clientIds = shown.map(({ id }) => id);
  const first = addDays(last, 1 - SPARK_DAYS);
  const { sql } = world;
  const { currency } = world.agency;
  const [byDays, observed, budgets] = await Promise.all([
    readPostsByDay(sql, { startDate: first, endDate: last, clientIds, currency }),
    readObservedOf(sql, clientIds),
    readBudgetsUsed(world, { clientIds, now }),
  ]);
  const posts = Map.groupBy(byDays, ({ clientId }) => clientId);
  return shown.map(({ id, name, tier, counted }) => {
    const byDay = Array.from({ length: SPARK_DAYS }, () => 0);
    for (const { day, posts: count } of posts.get(id) ?? []) byDay[daysBetween(first, day)] = count;
    return {
      clientWorkspaceId: id,
      name,
      tier: tier === undefined ? null : { key: tier, name: tiers.get(tier) ?? tier },
      ...figuresOf(counted, terms),
      budget: budgets.get(id) ?? null,
      metricsUntil: observed.get(id) ?? null,
      postsByDay: byDay,
    };
  });
}

function figuresOf(
  { current, previous }: Pair<Counted>,
  terms: KpiTerms,
): Pick<KpiClientDto, 'posts' | 'leads' | 'cost' | 'revenue' | 'roiPercent'> {
  const of = <T>(pick: (one: Counted) => T): Pair<T> => ({
    current: current && pick(current),
    previous: previous && pick(previous),
  });
  return {
    posts: countKpi(
      of(({ sums }) => sums.posts),
      terms,
    ),
    leads: countKpi(
      of(({ figures }) => figures.value.leads),
      terms,
    ),
    cost: amountKpi(
      of(({ figures }) => figures.cost.total),
      terms,
      -1,
    ),
    revenue: amountKpi(
      of(({ figures }) => figures.value.revenue),
      terms,
      1,
    ),
    roiPercent: returnKpi(
      of(({ figures }) => returnOnCost(figures)),
      terms,
      'percent',
    ),
  };
}
