import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { lockTimeEntry } from './find-time-entry.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';

export const DeleteTimeEntryInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  timeEntryId: z.uuid(),
});
export type DeleteTimeEntryInput = z.input<typeof DeleteTimeEntryInput>;

/** An entry that is in no list and no figure any more. */
export interface DeletedTimeEntry {
  readonly id: string;
  readonly clientWorkspaceId: string;
  readonly deletedAt: Date;
}

/** Takes an entry out of every list and figure; deleted again, it stays as it was. */
export async function deleteTimeEntry(
  ctx: ServiceContext,
  input: DeleteTimeEntryInput,
): Promise<DeletedTimeEntry> {
  const { clientWorkspaceId: clientId, timeEntryId: id } = DeleteTimeEntryInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    await requireClient(em, agencyId, { clientId, forWriting: true });
    const row = await lockTimeEntry(em, { agencyId, clientId, id });
    const deletedAt = row.deletedAt ?? ctx.now();
    if (!row.deletedAt) {
      const [subject, before] = [timeEntrySubject(row), sayTimeEntry(row)];
      row.deletedAt = deletedAt;
      recordAudit(em, ctx, { action: 'time_entry.deleted', subject, clientId, before });
    }
    return { id, clientWorkspaceId: clientId, deletedAt };
  });
}
