import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { toConversionDto, type ConversionDto } from './conversion-dto.ts';
import { CONVERSION_FIELDS } from './conversion-input.ts';
import { Conversion } from './conversion.entity.ts';
import { takeConversions } from './take-conversions.ts';

export const CreateConversionInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  ...CONVERSION_FIELDS,
});
export type CreateConversionInput = z.input<typeof CreateConversionInput>;

/** A conversion, and whether its key had made it before. */
export interface CreatedConversion extends ConversionDto {
  readonly replayed: boolean;
}

/** Records one lead, conversion or revenue; sent again with its key, it answers with the row of the first time. */
export async function createConversion(
  ctx: ServiceContext,
  input: CreateConversionInput,
): Promise<CreatedConversion> {
  const { clientWorkspaceId: clientId, ...fields } = CreateConversionInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const conversions = [fields];
    const [taken] = await takeConversions(em, ctx, { clientId, conversions, dryRun: false });
    if (!taken) throw new Error('a conversion was not answered');
    if (!taken.ok) throw taken.error;
    const { id, replayed } = taken;
    const dto = toConversionDto(await em.findOneOrFail(Conversion, { agencyId: ctx.agencyId, id }));
    if (!replayed) {
      const action = 'conversion.created';
      recordAudit(em, ctx, { action, subject: `conversion:${id}`, clientId, after: dto });
    }
    return { ...dto, replayed };
  });
}
