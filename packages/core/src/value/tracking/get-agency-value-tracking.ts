import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addSums,
  localDateOf,
  noSums,
  valueFigures,
  type LocalDate,
  type ValueFigures,
  type ValueSums,
  type ValueTerms,
} from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readAgencySums } from '../../rollups/read-sums.ts';
import { refreshAgency } from '../../rollups/refresh.ts';
import type { DateRange } from '../../rollups/sums.ts';
import type { Agency } from '../../tenancy/agency.entity.ts';
import { Client } from '../../tenancy/client.entity.ts';
import { findAgency } from '../../tenancy/find-agency.ts';
import { cursorValue, LocalDay, PageInput, pageOf, type Page } from '../../tenancy/input-fields.ts';
import { valueTerms } from './client-figures.ts';
import { readKnownKinds } from './first-told.ts';
import { toAmount, toFigure, toFigures, type AmountDto, type FiguresDto } from './tracking-dto.ts';
import { checkPeriod } from './tracking-input.ts';

export const GetAgencyValueTrackingInput = PageInput.extend({
  /** The first day of the period; the first of the month unless told. */
  startDate: LocalDay.optional(),
  /** Its last day; today unless told. */
  endDate: LocalDay.optional(),
});
export type GetAgencyValueTrackingInput = z.input<typeof GetAgencyValueTrackingInput>;

/** One client's figures, in the agency's currency. */
export interface ClientRow extends FiguresDto {
  readonly clientWorkspaceId: string;
  readonly name: string;
}

/** What all clients together cost and brought, and a row for each. */
export interface AgencyTracking {
  readonly period: { readonly startDate: LocalDate; readonly endDate: LocalDate };
  readonly currency: string;
  readonly totals: FiguresDto & {
    /** How many clients there are, and of how many the value is known: only these are in the ROI. */
    readonly coverage: { readonly clients: number; readonly withValue: number };
    /** What tools cost that no client could be charged with; it is in the totals. */
    readonly unallocatedTools: AmountDto;
  };
  readonly clients: Page<ClientRow>;
  readonly asOf: Date;
}

interface Counted {
  readonly client: Client;
  readonly sums: ValueSums;
  readonly figures: ValueFigures;
}

/** The agency's cost, value and ROI of a period and each client's, all in the agency's currency. */
export async function getAgencyValueTracking(
  ctx: ServiceContext,
  input: GetAgencyValueTrackingInput,
): Promise<AgencyTracking> {
  const wanted = GetAgencyValueTrackingInput.parse(input);
  const agency = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), { readOnly: true });
  const today = localDateOf(agency.timeZone, ctx.now().getTime());
  const endDate = wanted.endDate ?? today;
  const period = checkPeriod({
    startDate: wanted.startDate ?? `${endDate.slice(0, 8)}01`,
    endDate,
  });
  await refreshAgency(ctx, endDate);
  return inTransaction(
    ctx,
    async (em) => {
      const { counted, unallocated } = await countClients(em, agency, period);
      const from = wanted.cursor === undefined ? '' : cursorValue(wanted.cursor);
      const rows = counted.filter(({ client }) => client.id > from);
      return {
        period,
        currency: agency.currency,
        totals: totalsOf(counted, unallocated, agency),
        clients: pageOf(rows.slice(0, wanted.limit + 1), {
          limit: wanted.limit,
          cursorOf: ({ client }) => client.id,
          toItem: ({ client, sums, figures }) => ({
            clientWorkspaceId: client.id,
            name: client.name,
            ...toFigures(figures, sums),
          }),
        }),
        asOf: ctx.now(),
      };
    },
    { readOnly: true },
  );
}

/** Every client that is not archived or has figures, by id. */
async function countClients(
  em: EntityManager,
  agency: Agency,
  period: DateRange,
): Promise<{ counted: Counted[]; unallocated: ValueSums }> {
  const sql = sqlSession(em);
  const { currency } = agency;
  const sums = await readAgencySums(sql, { ...period, currency });
  const all = await em.find(Client, { agencyId: agency.id }, { orderBy: { id: 'asc' } });
  const clients = all.filter((client) => !client.archivedAt || sums.has(client.id));
  const known = await readKnownKinds(
    sql,
    clients.map((client) => client.id),
    period.endDate,
  );
  const counted = clients.map((client) => {
    const own = sums.get(client.id) ?? noSums(currency);
    const terms = valueTerms(known.get(client.id), agency, agency);
    return { client, sums: own, figures: valueFigures(own, terms) };
  });
  return { counted, unallocated: sums.get('') ?? noSums(currency) };
}

function totalsOf(
  counted: readonly Counted[],
  unallocated: ValueSums,
  agency: Agency,
): AgencyTracking['totals'] {
  const { currency } = agency;
  const sums = counted.reduce((all, one) => addSums(all, one.sums), unallocated);
  const told = (of: (one: Counted) => unknown): boolean => counted.some((one) => of(one) !== null);
  const kinds = {
    revenue: counted.some(({ figures }) => figures.value.revenue.reason !== 'missing_data'),
    leads: told(({ figures }) => figures.value.leads),
    conversions: told(({ figures }) => figures.value.conversions),
  };
  const terms = valueTerms(kinds, agency, agency);
  const figures = valueFigures(sums, terms);
  const valued = counted.filter(({ figures: own }) => own.value.total.reason !== 'missing_data');
  const all = toFigures(figures, sums);
  return {
    ...all,
    // A ratio's sums take only the clients that have both terms.
    efficiency: { ...all.efficiency, roiPercent: roiOf(valued, agency, terms) },
    coverage: { clients: counted.length, withValue: valued.length },
    unallocatedTools: toAmount(valueFigures(unallocated, terms).cost.tools, currency),
  };
}

function roiOf(
  valued: readonly Counted[],
  { currency }: Agency,
  terms: ValueTerms,
): FiguresDto['efficiency']['roiPercent'] {
  const sums = valued.reduce((all, one) => addSums(all, one.sums), noSums(currency));
  if (valued.length === 0) return { value: null, reason: 'missing_data' };
  const { efficiency } = valueFigures(sums, terms);
  return toFigure(efficiency.roiPercent);
}
