import type { LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { Name } from '../../tenancy/input-fields.ts';
import { MoneyInput, readSignedMoney } from '../../tenancy/money-input.ts';
import { PlatformId } from '../../tiers/tier-input.ts';
import { namesDays, readSpan, SPAN_FIELDS } from '../cost-span.ts';

/** What a caller says of money spent for a client; `namesDays` is the rule about its dates. */
export const CLIENT_COST_FIELDS = {
  name: Name.optional(),
  ...SPAN_FIELDS,
  /** Of all its days together; below 0 for what came back. */
  amount: MoneyInput,
  campaignId: HostId.optional(),
  platform: PlatformId.optional(),
  /** Sent again, the same key answers with what it made. */
  idempotencyKey: HostId.optional(),
} as const;

/** One cost of a list: what a single one says, without its client. */
export const ClientCostItem = z.strictObject(CLIENT_COST_FIELDS).superRefine(namesDays);

/** A cost as its fields say it, each by itself. */
export type ClientCostFields = z.output<typeof ClientCostItem>;

/** What a cost says, as it is stored. */
export interface ReadClientCost {
  readonly name: string;
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly campaignId: string | null;
  readonly platform: string | null;
}

/** Reads the fields together; `currency` is meant where the amount names none. */
export function readClientCost(fields: ClientCostFields, currency: string): ReadClientCost {
  const { name = '', campaignId = null, platform = null } = fields;
  const money = readSignedMoney(fields.amount, currency, 'amount');
  return { name, ...readSpan(fields), ...money, campaignId, platform };
}
