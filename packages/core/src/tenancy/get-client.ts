import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toClientDto, type ClientDto } from './client-dto.ts';
import { Client } from './client.entity.ts';
import { findAgency } from './find-agency.ts';
import { WorkspaceId } from './input-fields.ts';
import { noSuchClient } from './lock-client.ts';

export const GetClientInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type GetClientInput = z.input<typeof GetClientInput>;

/** One client and its settings, archived or not. */
export async function getClient(ctx: ServiceContext, input: GetClientInput): Promise<ClientDto> {
  const { clientWorkspaceId: id } = GetClientInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const client = await em.findOne(Client, { agencyId: ctx.agencyId, id });
      if (!client) throw noSuchClient();
      return toClientDto(client, await findAgency(em, ctx.agencyId));
    },
    { readOnly: true },
  );
}
