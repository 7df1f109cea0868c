import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { toClientCostDto, type ClientCostDto } from './client-cost-dto.ts';
import { CLIENT_COST_NOUNS, type ClientCostKind } from './client-cost.entity.ts';
import { lockClientCost } from './find-client-cost.ts';

export const DeleteClientCostInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  costId: z.uuid(),
});
export type DeleteClientCostInput = z.input<typeof DeleteClientCostInput>;

/** Takes a cost out of every figure; deleted again, it stays as it was. */
export async function deleteClientCost(
  ctx: ServiceContext,
  kind: ClientCostKind,
  input: DeleteClientCostInput,
): Promise<ClientCostDto> {
  const { clientWorkspaceId: clientId, costId: id } = DeleteClientCostInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const row = await lockClientCost(em, { agencyId, clientId, kind, id });
    const before = toClientCostDto(row);
    if (row.deletedAt) return before;
    row.deletedAt = ctx.now();
    const noun = CLIENT_COST_NOUNS[kind];
    recordAudit(em, ctx, { action: `${noun}.deleted`, subject: `${noun}:${id}`, clientId, before });
    return toClientCostDto(row);
  });
}
