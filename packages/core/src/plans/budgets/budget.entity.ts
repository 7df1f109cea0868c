import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** What a budget limits: everything that was spent, or the time that was tracked. */
export const BUDGET_KINDS = ['hours', 'money'] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

const BudgetSchema = defineEntity({
  name: 'Budget',
  tableName: 'budget',
  properties: {
    agencyId: p.text().primary(),
    clientId: p.text().primary(),
    /** Its first day. */
    month: p.date().$type<LocalDate>().primary(),
    kind: p.text().$type<BudgetKind>().primary(),
    amountMinor: p.bigint().nullable(),
    currency: p.text().nullable(),
    seconds: p.bigint('number').nullable(),
    changedAt: p.datetime(),
  },
});

/** What may be spent on a client in a month. */
export class Budget extends BudgetSchema.class {}
BudgetSchema.setClass(Budget);
