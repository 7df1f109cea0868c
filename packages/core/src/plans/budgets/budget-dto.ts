import type { MoneyWire } from '@retainer/domain';

import { durationOf } from '../../tenancy/duration-input.ts';
import { moneyWire } from '../../tenancy/money-input.ts';
import { monthOf } from '../../tenancy/month-page.ts';
import type { Budget, BudgetKind } from './budget.entity.ts';

/** A client's budget of a month, as callers read it. */
export interface BudgetDto {
  readonly clientWorkspaceId: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly kind: BudgetKind;
  /** Of a budget of money. */
  readonly amount: MoneyWire | null;
  /** Of a budget of hours. */
  readonly hours: number | null;
  readonly changedAt: Date;
}

/** A budget's row in the words of the API. */
export function toBudgetDto(row: Budget): BudgetDto {
  const { amountMinor, currency, seconds } = row;
  const isMoney = typeof amountMinor === 'bigint' && typeof currency === 'string';
  return {
    clientWorkspaceId: row.clientId,
    month: monthOf(row.month),
    kind: row.kind,
    amount: isMoney ? moneyWire(amountMinor, currency) : null,
    hours: typeof seconds === 'number' ? durationOf(seconds, 'hours') : null,
    changedAt: row.changedAt,
  };
}
