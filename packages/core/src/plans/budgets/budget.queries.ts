import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { Budget, BudgetKind } from './budget.entity.ts';

/** What may be spent on a client, in the budget's own unit. */
export type BudgetRow = Readonly<
  Pick<Budget, 'clientId' | 'kind' | 'amountMinor' | 'currency' | 'seconds'>
>;

interface Row {
  readonly clientId: string;
  readonly kind: BudgetKind;
  readonly amountMinor: string | null;
  readonly currency: string | null;
  readonly seconds: number | null;
}

/** All budgets of a month, by its first day, that are not 0: what is 0 is none. */
export async function selectBudgets(sql: SqlSession, month: LocalDate): Promise<BudgetRow[]> {
  const rows = await sql.query<Row>(
    `select client_id as "clientId", kind, amount_minor::text as "amountMinor", currency,
       seconds::float8 as seconds
     from retainer.budget
     where agency_id = current_setting('retainer.agency') and month = $1::date
       and coalesce(amount_minor, seconds) > 0
     order by client_id, kind`,
    [month],
  );
  return rows.map(({ amountMinor, ...row }) => ({
    ...row,
    amountMinor: amountMinor === null ? null : BigInt(amountMinor),
  }));
}
