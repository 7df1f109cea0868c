import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toClientDto, type ClientDto } from './client-dto.ts';
import { findAgency } from './find-agency.ts';
import { WorkspaceId } from './input-fields.ts';
import { lockClient } from './lock-client.ts';

export const ArchiveClientInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type ArchiveClientInput = z.input<typeof ArchiveClientInput>;

/** Takes a client out of the lists and out of reach of changes; its data stays readable. */
export async function archiveClient(
  ctx: ServiceContext,
  input: ArchiveClientInput,
): Promise<ClientDto> {
  const { clientWorkspaceId: id } = ArchiveClientInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const client = await lockClient(em, ctx.agencyId, id);
    const agency = await findAgency(em, ctx.agencyId);
    const before = toClientDto(client, agency);
    if (!client.archivedAt) {
      client.archivedAt = ctx.now();
      client.touch();
    }
    const after = toClientDto(client, agency);
    recordAudit(em, ctx, {
      action: 'client.archived',
      subject: `client:${id}`,
      clientId: id,
      before,
      after,
    });
    return after;
  });
}
