import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { getClient } from '../tenancy/get-client.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { readOverrides, type OverrideDto } from './overrides.ts';

export const ListOverridesInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type ListOverridesInput = z.input<typeof ListOverridesInput>;

/** All overrides of a client, ended and revoked ones too, the newest first. */
export async function listOverrides(
  ctx: ServiceContext,
  input: ListOverridesInput,
): Promise<OverrideDto[]> {
  const { clientWorkspaceId } = ListOverridesInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      await getClient(ctx, { clientWorkspaceId });
      return readOverrides(em, { agencyId: ctx.agencyId, clientId: clientWorkspaceId });
    },
    { readOnly: true },
  );
}
