import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { moneyWire } from '../../tenancy/money-input.ts';
import { lockToolCost, noSuchTool } from './find-tool-cost.ts';
import { toToolCostDto, type ToolCostDto } from './tool-cost-dto.ts';
import { readToolCost, TOOL_COST_FIELDS, type ReadToolCost } from './tool-cost-input.ts';
import type { ToolCost } from './tool-cost.entity.ts';
import { checkWeights, ownerCurrency } from './tool-owner.ts';

const { name, amount, allocation, weights, startDate, endDate, everyMonths } = TOOL_COST_FIELDS;

export const UpdateToolCostInput = z.strictObject({
  toolCostId: z.uuid(),
  name: name.optional(),
  amount: amount.optional(),
  allocation,
  weights,
  startDate: startDate.optional(),
  /** Null: a recurring cost goes on, a single one is of its first day. */
  endDate: endDate.nullable(),
  /** Null: it is paid once. */
  everyMonths: everyMonths.nullable(),
});
export type UpdateToolCostInput = z.input<typeof UpdateToolCostInput>;
type Changes = z.output<typeof UpdateToolCostInput>;

/** Changes what is named of a tool's cost, for all its spans; what is left out stays as it is. */
export async function updateToolCost(
  ctx: ServiceContext,
  input: UpdateToolCostInput,
): Promise<ToolCostDto> {
  const wanted = UpdateToolCostInput.parse(input);
  const { toolCostId: id } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const row = await lockToolCost(em, { agencyId, id });
    if (row.deletedAt) throw noSuchTool();
    await ownerCurrency(em, agencyId, row.clientId);
    await checkWeights(em, agencyId, wanted.weights);
    const before = toToolCostDto(row);
    Object.assign(row, changed(row, wanted));
    if (isDeepStrictEqual(toToolCostDto(row), before)) return before;
    row.editedAt = ctx.now();
    const after = toToolCostDto(row);
    recordAudit(em, ctx, {
      action: 'tool_cost.changed',
      subject: `tool_cost:${id}`,
      clientId: row.clientId ?? undefined,
      before,
      after,
    });
    return after;
  });
}

/** The row as it would be told anew, with the changes in it. */
function changed(row: ToolCost, wanted: Changes): ReadToolCost {
  const fields = {
    clientWorkspaceId: row.clientId ?? undefined,
    name: wanted.name ?? row.name,
    amount: wanted.amount ?? moneyWire(row.amountMinor, row.currency),
    ...sharing(row, wanted),
    startDate: wanted.startDate ?? row.startsOn,
    endDate: orKept(wanted.endDate, row.endsOn),
    everyMonths: orKept(wanted.everyMonths, row.everyMonths),
  };
  return readToolCost(fields, row.currency);
}

function sharing(row: ToolCost, wanted: Changes) {
  const kept = typeof row.clientId === 'string' ? undefined : row.allocation;
  const next = wanted.allocation ?? kept;
  const keptWeights = next === 'custom' ? (row.weights ?? undefined) : undefined;
  return { allocation: next, weights: wanted.weights ?? keptWeights };
}

/** What a change says; what it leaves out is as it was, and its null is nothing. */
function orKept<T>(value: T | null | undefined, kept: T | null | undefined): T | undefined {
  return (value === undefined ? kept : value) ?? undefined;
}
