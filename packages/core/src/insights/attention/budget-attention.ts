import {
  budgetState,
  calendarDateOf,
  noSums,
  type BudgetState,
  type LocalDate,
  type ValueSums,
} from '@retainer/domain';

import { spentOn } from '../../plans/budgets/judge-budget.ts';
import { readBudgetsOf, type BudgetRow } from '../../plans/budgets/read-budgets-of.ts';
import { readOwnSums } from '../../rollups/read-sums.ts';
import type { AttentionItem, Told } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { hours, money, said, type MeasureDto } from './measures.ts';
import { about } from './tier-attention.ts';

/** Budgets of the present month that are used up to 80 per cent or more, or passed, with all up to today. */
export async function budgetAttention(world: AttentionWorld): Promise<AttentionItem[]> {
  const month = `${world.today.slice(0, -2)}01`;
  const budgets = await readBudgetsOf(world.sql, month);
  const spent = await readSpent(world, month, budgets);
  const clients = new Map(world.service.clients.map((client) => [client.id, client]));
  return budgets.flatMap((budget): AttentionItem[] => {
    const client = clients.get(budget.clientId);
    const sums = spent.get(budget.clientId);
    if (!client || !sums) return [];
    const { units } = spentOn(budget, sums);
    const aim = budget.amountMinor ?? BigInt(budget.seconds ?? 0);
    const { state, ratio } = budgetState({ spent: units, budget: aim });
    const code = CODES[state ?? 'no_budget'];
    if (code === undefined || units === null || ratio.value === null) return [];
    const tell = (): Told => {
      const [figure, comparedWith] = [measure(budget, units), measure(budget, aim)];
      const message = `${said(figure)} of this month's budget of ${said(comparedWith)} are used.`;
      return { figure, comparedWith, message };
    };
    return [{ ...about(client), part: budget.kind, weight: ratio.fraction, code, tell }];
  });
}

const CODES: Readonly<Partial<Record<BudgetState, 'budget_over' | 'budget_warning'>>> = {
  over: 'budget_over',
  reached: 'budget_warning',
  warning: 'budget_warning',
};

/** What each client with a budget cost from the first of the month up to its own today. */
async function readSpent(
  { sql, agency, roster, service }: AttentionWorld,
  startDate: LocalDate,
  budgets: readonly BudgetRow[],
): Promise<ReadonlyMap<string, ValueSums>> {
  const wanted = new Set(budgets.map(({ clientId }) => clientId));
  const clients = roster.filter(({ id }) => wanted.has(id));
  const byDay = Map.groupBy(clients, ({ epochs }) => calendarDateOf(epochs, service.now));
  const spent = await Promise.all(
    [...byDay].map(async ([endDate, some]) => {
      const currencies = new Map(some.map(({ id, currency }) => [id, currency ?? agency.currency]));
      const sums =
        endDate < startDate
          ? new Map<string, ValueSums>()
          : await readOwnSums(sql, { startDate, endDate, currencies });
      return [...currencies].map(
        ([id, currency]) => [id, sums.get(id) ?? noSums(currency)] as const,
      );
    }),
  );
  return new Map(spent.flat());
}

function measure({ kind, currency }: BudgetRow, units: bigint): MeasureDto {
  return kind === 'hours' ? hours(units) : money({ num: units, den: 1n }, currency ?? '');
}
