import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addSums,
  addTotals,
  formatMoney,
  localDateOf,
  marginFigures,
  noSums,
  valueFigures,
  type LocalDate,
  type MarginFigures,
  type Total,
  type ValueSums,
  type ValueTerms,
} from '@retainer/domain';
import type * as z from 'zod';

import { NO_FEE, readFees } from '../billing/read-fees.ts';
import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { readAgencySums } from '../rollups/read-sums.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { Client } from '../tenancy/client.entity.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import {
  cursorValue,
  LocalDay,
  PageInput,
  pageOf,
  WorkspaceId,
  type Page,
} from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import {
  toAmount,
  toFigure,
  toUnitCost,
  type AmountDto,
  type FigureDto,
  type UnitCostDto,
} from '../value/tracking/tracking-dto.ts';
import { checkPeriod } from '../value/tracking/tracking-input.ts';

export const ClientMarginsInput = PageInput.extend({
  /** This client alone; the totals are the agency's all the same. */
  clientWorkspaceId: WorkspaceId.optional(),
  /** The first day of the period; the first of the month unless told. */
  startDate: LocalDay.optional(),
  /** Its last day; today unless told. */
  endDate: LocalDay.optional(),
});
export type ClientMarginsInput = z.input<typeof ClientMarginsInput>;

/** A tier's fee beside the work that was done for it. */
export interface MarginDto {
  /** The charges of the billing periods and of changes within them, each spread over the days it is for. */
  readonly fee: AmountDto;
  readonly cost: {
    readonly time: AmountDto;
    readonly tools: AmountDto;
    readonly other: AmountDto;
    /** Time, tools and other: what the agency pays out of the fee. */
    readonly borneByAgency: AmountDto;
    /** What was spent on ads: the client pays that beside the fee, so it is in no margin. */
    readonly adSpendPassedOn: AmountDto;
  };
  /** The fee less the cost that the agency bears. */
  readonly margin: AmountDto;
  readonly marginPercent: FigureDto;
  /** The fee of an hour of all tracked time, billable or not. */
  readonly effectiveHourlyRate: UnitCostDto;
  readonly trackedSeconds: number;
}

/** What all clients together are charged and cost, and a row for each. */
export interface ClientMargins {
  readonly period: { readonly startDate: LocalDate; readonly endDate: LocalDate };
  readonly currency: string;
  readonly totals: MarginDto & {
    /** What tools cost that no client could be charged with; it is in the totals. */
    readonly unallocatedTools: AmountDto;
  };
  readonly clients: Page<MarginDto & { readonly clientWorkspaceId: string; readonly name: string }>;
  readonly asOf: Date;
}

/**
 * What the agency keeps of each client's fee in a period, and what an hour of its work brings in, all in the agency's
 * currency. The cost it bears is all but the ad spend. Without dates it is the month to date.
 */
export async function clientMargins(
  ctx: ServiceContext,
  input: ClientMarginsInput,
): Promise<ClientMargins> {
  const wanted = ClientMarginsInput.parse(input);
  const { currency, timeZone } = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), {
    readOnly: true,
  });
  const endDate = wanted.endDate ?? localDateOf(timeZone, ctx.now().getTime());
  const startDate = wanted.startDate ?? `${endDate.slice(0, 8)}01`;
  const period = checkPeriod({ startDate, endDate });
  await refreshAgency(ctx, endDate);
  const read = async (em: EntityManager): Promise<ClientMargins> => {
    const clientId = wanted.clientWorkspaceId;
    if (clientId !== undefined) {
      await requireClient(em, ctx.agencyId, { clientId, forWriting: false });
    }
    const sums = await readAgencySums(sqlSession(em), { ...period, currency });
    const fees = await readFees(em, ctx, { ...period, currency });
    const told = (own: ValueSums, fee: Total): MarginDto => toMargin({ sums: own, fee, currency });
    const none = noSums(currency);
    const clients = await readClients(em, ctx, {
      ...wanted,
      clientId,
      withFigures: new Set([...sums.keys(), ...fees.keys()]),
    });
    return {
      period,
      currency,
      totals: {
        ...told([...sums.values()].reduce(addSums, none), addTotals([...fees.values()])),
        unallocatedTools: toAmount(costsOf(sums.get('') ?? none).tools, currency),
      },
      clients: pageOf(clients, {
        limit: wanted.limit,
        cursorOf: ({ id }) => id,
        toItem: ({ id, name }) => ({
          clientWorkspaceId: id,
          name,
          ...told(sums.get(id) ?? none, fees.get(id) ?? NO_FEE),
        }),
      }),
      asOf: ctx.now(),
    };
  };
  // It keeps exchange rates that it uses, but nobody else sees another figure for that.
  return inTransaction(ctx, read, { quiet: true });
}

/** The next clients by id, with one to spare: all that are not archived or have figures. */
async function readClients(
  em: EntityManager,
  { agencyId }: ServiceContext,
  page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly clientId: string | undefined;
    readonly withFigures: ReadonlySet<string>;
  },
): Promise<Client[]> {
  const { cursor, limit, clientId, withFigures } = page;
  const where = {
    agencyId,
    $and: [
      cursor === undefined ? {} : { id: { $gt: cursorValue(cursor) } },
      clientId === undefined ? {} : { id: clientId },
    ],
    $or: [{ archivedAt: null }, { id: { $in: [...withFigures] } }],
  };
  return em.find(Client, where, { orderBy: { id: 'asc' }, limit: limit + 1, refresh: true });
}

function toMargin(of: {
  readonly sums: ValueSums;
  readonly fee: Total;
  readonly currency: string;
}): MarginDto {
  const { sums, fee, currency } = of;
  const cost = costsOf(sums);
  const { borneByAgency } = cost;
  const figures = marginFigures({ fee, cost: borneByAgency, seconds: sums.seconds });
  return {
    fee: toAmount(fee, currency),
    cost: {
      time: toAmount(cost.time, currency),
      tools: toAmount(cost.tools, currency),
      other: toAmount(cost.other, currency),
      borneByAgency: toAmount(borneByAgency, currency),
      adSpendPassedOn: toAmount(cost.adSpend, currency),
    },
    margin: keptOf(figures, currency),
    marginPercent: toFigure(figures.marginPercent),
    effectiveHourlyRate: toUnitCost(figures.effectiveHourlyRate, currency),
    trackedSeconds: Number(sums.seconds),
  };
}

/** Part of a difference is no part of anything, so where it is unknown none is told. */
function keptOf({ kept }: MarginFigures, currency: string): AmountDto {
  return kept.minor === null
    ? { amount: null, currency, reason: kept.reason }
    : formatMoney({ amountMinor: kept.minor, currency });
}

// Costs depend on nothing that is assumed of value.
const NOTHING_ASSUMED: ValueTerms = {
  revenueKnown: false,
  leadsKnown: false,
  conversionsKnown: false,
  conversionValueMinor: null,
  leadValueMinor: null,
};

function costsOf(sums: ValueSums): ReturnType<typeof valueFigures>['cost'] {
  return valueFigures(sums, NOTHING_ASSUMED).cost;
}
