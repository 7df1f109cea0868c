import {
  budgetState,
  calendarDateOf,
  noSums,
  type BudgetState,
  type Instant,
  type ValueSums,
} from '@retainer/domain';

import { spentOn } from '../../plans/budgets/judge-budget.ts';
import { readBudgetsOf, type BudgetRow } from '../../plans/budgets/read-budgets-of.ts';
import { readOwnSums } from '../../rollups/read-sums.ts';
import type { FigureDto } from '../../value/tracking/tracking-dto.ts';
import type { KpiWorld } from '../counted.ts';
import type { RosterClient } from '../roster.ts';

/** How far a client's budget of the present month is used, up to its own today. */
export interface BudgetUsedDto {
  readonly kind: 'money' | 'hours';
  /** Null while nobody knows what was spent. */
  readonly state: BudgetState | null;
  readonly ratio: FigureDto;
}

/** The budgets of the present month of some clients: that of money, else that of hours. */
export async function readBudgetsUsed(
  { sql, agency, roster, today }: KpiWorld,
  of: { readonly clientIds: readonly string[]; readonly now: Instant },
): Promise<ReadonlyMap<string, BudgetUsedDto>> {
  const month = `${today.slice(0, -2)}01`;
  const wanted = new Set(of.clientIds);
  const all = await readBudgetsOf(sql, month);
  const budgets = all.filter(({ clientId }) => wanted.has(clientId));
  const byKind = budgets.toSorted(
    (a, b) => Number(a.kind === 'hours') - Number(b.kind === 'hours'),
  );
  const chosen = new Map(byKind.toReversed().map((budget) => [budget.clientId, budget]));
  const byDay = Map.groupBy(
    roster.filter(({ id }) => chosen.has(id)),
    ({ epochs }) => calendarDateOf(epochs, of.now),
  );
  const used = new Map<string, BudgetUsedDto>();
  for (const [endDate, clients] of byDay) {
    const currencies = currenciesOf(clients, agency.currency);
    const range = { startDate: month, endDate, currencies };
    const sums =
      endDate < month
        ? new Map<string, ValueSums>()
        : // oxlint-disable-next-line no-await-in-loop -- one after another: they share the transaction
          await readOwnSums(sql, range);
    for (const [id, currency] of currencies) {
      const budget = chosen.get(id);
      if (budget) used.set(id, useOf(budget, sums.get(id) ?? noSums(currency)));
    }
  }
  return used;
}

function currenciesOf(
  clients: readonly RosterClient[],
  agencyCurrency: string,
): ReadonlyMap<string, string> {
  return new Map(clients.map(({ id, currency }) => [id, currency ?? agencyCurrency]));
}

function useOf(budget: BudgetRow, sums: ValueSums): BudgetUsedDto {
  const { units, reason } = spentOn(budget, sums);
  const aim = budget.amountMinor ?? BigInt(budget.seconds ?? 0);
  const { state, ratio } = budgetState({ spent: units, budget: aim });
  return {
    kind: budget.kind,
    state,
    ratio:
      ratio.value === null
        ? { value: null, reason: reason ?? ratio.reason }
        : { value: ratio.value, reason: null },
  };
}
