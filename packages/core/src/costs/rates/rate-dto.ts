import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../../tenancy/money-input.ts';
import type { KeptRateLevel, Rate } from './rate.entity.ts';
import { ALWAYS } from './rate.queries.ts';

/** A rate as callers read it. */
export interface RateDto {
  readonly id: string;
  readonly level: KeptRateLevel;
  readonly person: string | null;
  readonly role: string | null;
  readonly clientWorkspaceId: string | null;
  readonly campaignId: string | null;
  /** The local day it begins on; null: it was always there. */
  readonly fromDate: LocalDate | null;
  /** Null leaves it to the next wider level. */
  readonly hourlyRate: MoneyWire | null;
  readonly createdAt: Date;
}

/** A rate's row in the words of the API. */
export function toRateDto(row: Rate): RateDto {
  const { id, level, fromDate, rateMinor, currency, createdAt } = row;
  return {
    id,
    level,
    person: named(row.person),
    role: named(row.role),
    clientWorkspaceId: named(row.clientId),
    campaignId: named(row.campaignId),
    fromDate: fromDate === ALWAYS ? null : fromDate,
    hourlyRate: typeof rateMinor === 'bigint' ? moneyWire(rateMinor, currency) : null,
    createdAt,
  };
}

function named(key: string): string | null {
  return key === '' ? null : key;
}
