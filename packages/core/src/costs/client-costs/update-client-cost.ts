import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { readSignedMoney } from '../../tenancy/money-input.ts';
import { checkSpan, readSpan, SPAN_FIELDS } from '../cost-span.ts';
import { toClientCostDto, type ClientCostDto } from './client-cost-dto.ts';
import { CLIENT_COST_FIELDS } from './client-cost-input.ts';
import { CLIENT_COST_NOUNS, type ClientCost, type ClientCostKind } from './client-cost.entity.ts';
import { lockClientCost, noSuchCost } from './find-client-cost.ts';

const { name, amount, campaignId, platform } = CLIENT_COST_FIELDS;

export const UpdateClientCostInput = z
  .strictObject({
    clientWorkspaceId: WorkspaceId,
    costId: z.uuid(),
    name,
    ...SPAN_FIELDS,
    amount: amount.optional(),
    /** Null takes it away; so for the next. */
    campaignId: campaignId.nullable(),
    platform: platform.nullable(),
  })
  .refine(({ date, startDate, endDate }) => date === undefined || !(startDate ?? endDate), {
    path: ['date'],
    error: 'goes without startDate and endDate',
  });
export type UpdateClientCostInput = z.input<typeof UpdateClientCostInput>;

/** Changes what is named of a cost; what is left out stays as it is. */
export async function updateClientCost(
  ctx: ServiceContext,
  kind: ClientCostKind,
  input: UpdateClientCostInput,
): Promise<ClientCostDto> {
  const wanted = UpdateClientCostInput.parse(input);
  const { clientWorkspaceId: clientId, costId: id } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const row = await lockClientCost(em, { agencyId, clientId, kind, id });
    if (row.deletedAt) throw noSuchCost();
    const before = toClientCostDto(row);
    apply(row, wanted);
    const noun = CLIENT_COST_NOUNS[kind];
    if (isDeepStrictEqual(toClientCostDto(row), before)) return before;
    row.editedAt = ctx.now();
    const after = toClientCostDto(row);
    recordAudit(em, ctx, {
      action: `${noun}.changed`,
      subject: `${noun}:${id}`,
      clientId,
      before,
      after,
    });
    return after;
  });
}

function apply(row: ClientCost, wanted: z.output<typeof UpdateClientCostInput>): void {
  const span = readSpan(wanted, row);
  checkSpan(span);
  row.fromDate = span.fromDate;
  row.toDate = span.toDate;
  row.name = wanted.name ?? row.name;
  if (wanted.campaignId !== undefined) row.campaignId = wanted.campaignId;
  if (wanted.platform !== undefined) row.platform = wanted.platform;
  if (wanted.amount === undefined) return;
  const money = readSignedMoney(wanted.amount, row.currency, 'amount');
  row.amountMinor = money.amountMinor;
  row.currency = money.currency;
}
