import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../../tenancy/money-input.ts';
import type { ClientCost } from './client-cost.entity.ts';

/** Money spent for a client, as callers read it. */
export interface ClientCostDto {
  readonly id: string;
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  /** Of all its days together; below 0 where money came back. */
  readonly amount: MoneyWire;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** A cost's row in the words of the API. */
export function toClientCostDto(row: ClientCost): ClientCostDto {
  return {
    id: row.id,
    clientWorkspaceId: row.clientId,
    name: row.name,
    startDate: row.fromDate,
    endDate: row.toDate,
    amount: moneyWire(row.amountMinor, row.currency),
    campaignId: row.campaignId ?? null,
    platform: row.platform ?? null,
    idempotencyKey: row.key ?? null,
    createdAt: row.createdAt,
    editedAt: row.editedAt ?? null,
    deletedAt: row.deletedAt ?? null,
  };
}
