import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toConversionDto, type ConversionDto } from './conversion-dto.ts';
import { lockConversion } from './find-conversion.ts';

export const DeleteConversionInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  conversionId: z.uuid(),
});
export type DeleteConversionInput = z.input<typeof DeleteConversionInput>;

/** Takes a lead, conversion or revenue out of every figure; deleted again, it stays as it was. */
export async function deleteConversion(
  ctx: ServiceContext,
  input: DeleteConversionInput,
): Promise<ConversionDto> {
  const { clientWorkspaceId: clientId, conversionId: id } = DeleteConversionInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    await requireClient(em, agencyId, { clientId, forWriting: true });
    const row = await lockConversion(em, { agencyId, clientId, id });
    const before = toConversionDto(row);
    if (row.deletedAt) return before;
    row.deletedAt = ctx.now();
    const action = 'conversion.deleted';
    recordAudit(em, ctx, { action, subject: `conversion:${id}`, clientId, before });
    return toConversionDto(row);
  });
}
