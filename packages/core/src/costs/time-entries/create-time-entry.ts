import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import { showTimeEntry, type TimeEntryDto } from './show-time-entries.ts';
import { takeTimeEntries } from './take-time-entries.ts';
import { readEntry, TIME_ENTRY_FIELDS } from './time-entry-input.ts';
import { TimeEntry } from './time-entry.entity.ts';

export const CreateTimeEntryInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  ...TIME_ENTRY_FIELDS,
});
export type CreateTimeEntryInput = z.input<typeof CreateTimeEntryInput>;

/** A time entry, and whether it was there before: made by the same key, or stopped already. */
export interface ToldTimeEntry extends TimeEntryDto {
  readonly replayed: boolean;
}

/** Records time that was spent on a client; sent again with its key, it answers with the entry of the first time. */
export async function createTimeEntry(
  ctx: ServiceContext,
  input: CreateTimeEntryInput,
): Promise<ToldTimeEntry> {
  const { clientWorkspaceId: clientId, ...fields } = CreateTimeEntryInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const entries = [fields];
    const told = { clientId, source: 'manual', entries, read: readEntry, dryRun: false } as const;
    const [taken] = await takeTimeEntries(em, ctx, told);
    if (!taken) throw new Error('an entry was not answered');
    if (!taken.ok) throw taken.error;
    const { id, replayed } = taken;
    const row = await em.findOneOrFail(TimeEntry, { agencyId, id });
    if (row.deletedAt) throw deletedSince();
    if (!replayed) {
      const [subject, after] = [timeEntrySubject(row), sayTimeEntry(row)];
      recordAudit(em, ctx, { action: 'time_entry.created', subject, clientId, after });
    }
    return { ...(await showTimeEntry(em, { agencyId, now: ctx.now() }, row)), replayed };
  });
}

/** The refusal of a key whose entry was deleted: it is not made again behind the back of who deleted it. */
export function deletedSince(): DomainError {
  const message = 'The entry of this key was deleted since. Send a new key to make another.';
  return new DomainError('conflict', message);
}
