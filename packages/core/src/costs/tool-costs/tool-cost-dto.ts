import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../../tenancy/money-input.ts';
import type { Allocation, ToolCost } from './tool-cost.entity.ts';

/** What a tool costs, as callers read it. */
export interface ToolCostDto {
  readonly id: string;
  /** Null: the whole agency uses it. */
  readonly clientWorkspaceId: string | null;
  readonly name: string;
  /** Of the whole span, or of each so many months. */
  readonly amount: MoneyWire;
  /** How the agency's clients share it; null where it is one client's own. */
  readonly allocation: Allocation | null;
  readonly weights: Readonly<Record<string, string>> | null;
  readonly startDate: LocalDate;
  /** Null: it goes on. */
  readonly endDate: LocalDate | null;
  /** Null: it is paid once. */
  readonly everyMonths: number | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** A tool's row in the words of the API. */
export function toToolCostDto(row: ToolCost): ToolCostDto {
  return {
    id: row.id,
    clientWorkspaceId: row.clientId ?? null,
    name: row.name,
    amount: moneyWire(row.amountMinor, row.currency),
    ...sharingOf(row),
    startDate: row.startsOn,
    endDate: row.endsOn ?? null,
    everyMonths: row.everyMonths ?? null,
    idempotencyKey: row.key ?? null,
    createdAt: row.createdAt,
    editedAt: row.editedAt ?? null,
    deletedAt: row.deletedAt ?? null,
  };
}

function sharingOf({ clientId, allocation, weights = null }: ToolCost) {
  return { allocation: typeof clientId === 'string' ? null : allocation, weights };
}
