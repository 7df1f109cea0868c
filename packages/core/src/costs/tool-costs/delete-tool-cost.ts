import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { lockToolCost } from './find-tool-cost.ts';
import { toToolCostDto, type ToolCostDto } from './tool-cost-dto.ts';
import { ownerCurrency } from './tool-owner.ts';

export const DeleteToolCostInput = z.strictObject({ toolCostId: z.uuid() });
export type DeleteToolCostInput = z.input<typeof DeleteToolCostInput>;

/** Takes a tool out of every figure, past ones too; to end one, set its last day. Deleted again, it stays as it was. */
export async function deleteToolCost(
  ctx: ServiceContext,
  input: DeleteToolCostInput,
): Promise<ToolCostDto> {
  const { toolCostId: id } = DeleteToolCostInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const row = await lockToolCost(em, { agencyId, id });
    const before = toToolCostDto(row);
    if (row.deletedAt) return before;
    await ownerCurrency(em, agencyId, row.clientId);
    row.deletedAt = ctx.now();
    recordAudit(em, ctx, {
      action: 'tool_cost.deleted',
      subject: `tool_cost:${id}`,
      clientId: row.clientId ?? undefined,
      before,
    });
    return toToolCostDto(row);
  });
}
