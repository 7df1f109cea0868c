import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../../tenancy/money-input.ts';
import type { Benchmark } from './benchmark.entity.ts';

/** A client's benchmarks from a day on, as callers read them. */
export interface BenchmarkDto {
  readonly clientWorkspaceId: string;
  readonly fromDate: LocalDate;
  /** Of a thousand impressions. */
  readonly cpm: MoneyWire;
  /** Of a click. */
  readonly cpc: MoneyWire;
  /** How much of a click a reaction counts as: an exact decimal. */
  readonly reactionMultiplier: string;
  readonly changedAt: Date;
}

/** A benchmark's row in the words of the API. */
export function toBenchmarkDto(row: Benchmark): BenchmarkDto {
  return {
    clientWorkspaceId: row.clientId,
    fromDate: row.fromDate,
    cpm: moneyWire(row.cpmMinor, row.currency),
    cpc: moneyWire(row.cpcMinor, row.currency),
    reactionMultiplier: row.reactionMultiplier,
    changedAt: row.changedAt,
  };
}
