import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  addMonthsClamped,
  calendarDateOf,
  type LocalDate,
  type MoneyWire,
} from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toBudgetDto } from '../plans/budgets/budget-dto.ts';
import { Budget, type BudgetKind } from '../plans/budgets/budget.entity.ts';
import { judgeBudget, type BudgetUseDto, type SpentByDay } from '../plans/budgets/judge-budget.ts';
import { readWorld, type ClientCounting } from '../rollups/figures-world.ts';
import { readClientSums } from '../rollups/read-sums.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { Client } from '../tenancy/client.entity.ts';
import { cursorValue, PageInput, pageOf, type Page } from '../tenancy/input-fields.ts';
import { firstDay, LocalMonth } from '../tenancy/month-page.ts';
import { thisMonth } from './this-month.ts';

export const BudgetStatesInput = PageInput.extend({
  /** The present one unless told. */
  month: LocalMonth.optional(),
});
export type BudgetStatesInput = z.input<typeof BudgetStatesInput>;

/** How far a client's budgets of a month are used; one that nobody set is `no_budget`. */
export interface BudgetStatesRow {
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly money: { readonly amount: MoneyWire | null; readonly use: BudgetUseDto };
  readonly hours: { readonly hours: number | null; readonly use: BudgetUseDto };
}

/** A month's budgets across the agency. */
export interface BudgetStates {
  /** YYYY-MM. */
  readonly month: string;
  readonly clients: Page<BudgetStatesRow>;
  readonly asOf: Date;
}

/** How far the budgets of a month are used, of every client that is not archived or has one, by client id. */
export async function budgetStates(
  ctx: ServiceContext,
  input: BudgetStatesInput,
): Promise<BudgetStates> {
  const wanted = BudgetStatesInput.parse(input);
  const { limit } = wanted;
  const month = wanted.month ?? (await thisMonth(ctx));
  const first = firstDay(month);
  await refreshAgency(ctx, lastDay(first));
  return inTransaction(
    ctx,
    async (em) => {
      const budgets = await em.find(Budget, { agencyId: ctx.agencyId, month: first });
      const byClient = Map.groupBy(budgets, (budget) => budget.clientId);
      const clients = await readClients(em, ctx, { ...wanted, budgeted: [...byClient.keys()] });
      const shown = clients.slice(0, limit).map(({ id }) => id);
      const world = await readWorld(em, ctx.agencyId, shown);
      const spent = new Map<string, SpentByDay>();
      for (const one of world.clients.values()) {
        // One after another: they share the transaction.
        // oxlint-disable-next-line no-await-in-loop
        spent.set(one.clientId, await readSpent(em, ctx, { ...one, first }));
      }
      return {
        month,
        clients: pageOf(clients, {
          limit,
          cursorOf: ({ id }) => id,
          toItem: ({ id, name }) =>
            toRow({ id, name }, byClient.get(id) ?? [], {
              first,
              spent: spent.get(id) ?? { currency: world.agency.currency, days: [], today: first },
            }),
        }),
        asOf: ctx.now(),
      };
    },
    { readOnly: true },
  );
}

async function readClients(
  em: EntityManager,
  { agencyId }: ServiceContext,
  page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly budgeted: readonly string[];
  },
): Promise<Client[]> {
  const { cursor, limit, budgeted } = page;
  const where = {
    agencyId,
    ...(cursor !== undefined && { id: { $gt: cursorValue(cursor) } }),
    $or: [{ archivedAt: null }, { id: { $in: [...budgeted] } }],
  };
  return em.find(Client, where, { orderBy: { id: 'asc' }, limit: limit + 1 });
}

/** What the client cost in the month up to its own today. */
async function readSpent(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, currency, epochs, first }: ClientCounting & { readonly first: LocalDate },
): Promise<SpentByDay> {
  const today = calendarDateOf(epochs, ctx.now().getTime());
  if (today < first) return { currency, days: [], today };
  const last = lastDay(first);
  const range = { startDate: first, endDate: today < last ? today : last, clientId, currency };
  const { breakdowns } = await readClientSums(sqlSession(em), range);
  return { currency, days: breakdowns.day, today };
}

function toRow(
  client: { readonly id: string; readonly name: string },
  budgets: readonly Budget[],
  { first, spent }: { readonly first: LocalDate; readonly spent: SpentByDay },
): BudgetStatesRow {
  const of = (kind: BudgetKind): Budget | undefined => budgets.find((one) => one.kind === kind);
  const none = { month: first, amountMinor: null, currency: null, seconds: null };
  const money = of('money');
  const hours = of('hours');
  const noMoney = { ...none, kind: 'money', amountMinor: 0n, currency: spent.currency } as const;
  const noHours = { ...none, kind: 'hours', seconds: 0 } as const;
  return {
    clientWorkspaceId: client.id,
    name: client.name,
    money: {
      amount: money ? toBudgetDto(money).amount : null,
      use: judgeBudget(money ?? noMoney, spent),
    },
    hours: {
      hours: hours ? toBudgetDto(hours).hours : null,
      use: judgeBudget(hours ?? noHours, spent),
    },
  };
}

function lastDay(first: LocalDate): LocalDate {
  return addDays(addMonthsClamped(first, 1), -1);
}
