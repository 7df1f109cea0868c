import type { LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { decimalInput } from '../../tenancy/decimal-input.ts';
import { invalidField, LocalDay, Name, WorkspaceId } from '../../tenancy/input-fields.ts';
import { MoneyInput, readSignedMoney } from '../../tenancy/money-input.ts';
import { checkSpan } from '../cost-span.ts';
import { ALLOCATIONS, type Allocation } from './tool-cost.entity.ts';

const MOST_MONTHS = 120;
const MOST_WEIGHTS = 5000;

const Weights = z
  .record(WorkspaceId, decimalInput({ zero: true, digits: 12, places: 12 }))
  .refine(
    (weights) => Object.keys(weights).length > 0 && Object.keys(weights).length <= MOST_WEIGHTS,
    { error: `must give from 1 to ${MOST_WEIGHTS} clients a weight` },
  );

/** What a caller says of a tool's cost; `readToolCost` holds the rules about several fields. */
export const TOOL_COST_FIELDS = {
  name: Name,
  /** Of the whole span, or of each so many months. */
  amount: MoneyInput,
  /** How the clients of the agency share it; equally when left out. */
  allocation: z.enum(ALLOCATIONS).optional(),
  /** By client: its part in relation to the others'. */
  weights: Weights.optional(),
  startDate: LocalDay,
  /** Left out: of a single cost the first day, of a recurring one none. */
  endDate: LocalDay.optional(),
  everyMonths: z.int().min(1).max(MOST_MONTHS).optional(),
  /** Sent again, the same key answers with what it made. */
  idempotencyKey: HostId.optional(),
} as const;

interface ToolCostFields {
  readonly clientWorkspaceId?: string | undefined;
  readonly name: string;
  readonly amount: MoneyInput;
  readonly allocation?: Allocation | undefined;
  readonly weights?: Readonly<Record<string, string>> | undefined;
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate | undefined;
  readonly everyMonths?: number | undefined;
}

/** What a tool's cost says, as it is stored. */
export interface ReadToolCost {
  readonly clientId: string | null;
  readonly name: string;
  readonly allocation: Allocation;
  readonly weights: Readonly<Record<string, string>> | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly everyMonths: number | null;
}

/** Reads the fields together; `currency` is meant where the amount names none. */
export function readToolCost(fields: ToolCostFields, currency: string): ReadToolCost {
  const { clientWorkspaceId: clientId = null, name, everyMonths = null } = fields;
  const money = readSignedMoney(fields.amount, currency, 'amount');
  return { clientId, name, ...readSharing(fields), ...money, ...readTerm(fields), everyMonths };
}

function readSharing(fields: ToolCostFields): Pick<ReadToolCost, 'allocation' | 'weights'> {
  const { clientWorkspaceId, allocation, weights = null } = fields;
  if (clientWorkspaceId !== undefined && allocation !== undefined) {
    throw invalidField('allocation', 'goes with a cost of the whole agency. Leave the client out');
  }
  if (allocation === 'custom' && weights === null) {
    throw invalidField('weights', 'is required: an allocation that is custom shares by them');
  }
  if (allocation !== 'custom' && weights !== null) {
    throw invalidField('weights', 'goes with the allocation custom');
  }
  return { allocation: allocation ?? 'equal', weights };
}

function readTerm(fields: ToolCostFields): Pick<ReadToolCost, 'startsOn' | 'endsOn'> {
  const { startDate: startsOn, endDate, everyMonths } = fields;
  if (everyMonths === undefined) {
    const span = { fromDate: startsOn, toDate: endDate ?? startsOn };
    checkSpan(span);
    return { startsOn, endsOn: span.toDate };
  }
  if (endDate !== undefined && endDate < startsOn)
    checkSpan({ fromDate: startsOn, toDate: endDate });
  return { startsOn, endsOn: endDate ?? null };
}
