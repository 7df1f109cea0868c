import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { invalidField, Moment, WorkspaceId } from '../../tenancy/input-fields.ts';
import { deletedSince, type ToldTimeEntry } from './create-time-entry.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import { showTimeEntry } from './show-time-entries.ts';
import { takeTimeEntries } from './take-time-entries.ts';
import { readWork, TIME_ENTRY_FIELDS, WORK_FIELDS } from './time-entry-input.ts';
import { TimeEntry } from './time-entry.entity.ts';

export const StartTimerInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** Now, when left out; never later. */
  startedAt: Moment.optional(),
  ...WORK_FIELDS,
  idempotencyKey: TIME_ENTRY_FIELDS.idempotencyKey,
});
export type StartTimerInput = z.input<typeof StartTimerInput>;

/** Starts a person's timer on a client; a person has one running timer in the agency, so another one is a conflict. */
export async function startTimer(
  ctx: ServiceContext,
  input: StartTimerInput,
): Promise<ToldTimeEntry> {
  const { clientWorkspaceId: clientId, ...fields } = StartTimerInput.parse(input);
  const { agencyId } = ctx;
  const now = ctx.now();
  const { startedAt = now, person = ctx.actor.id } = fields;
  if (startedAt > now) throw invalidField('startedAt', 'must not lie in the future');
  return inTransaction(ctx, async (em) => {
    const [taken] = await takeTimeEntries(em, ctx, {
      clientId,
      source: 'timer',
      entries: [fields],
      read: (_same, defaults, standing) => ({
        ...readWork(fields, defaults),
        // A repeat comes later, and its timer may have been stopped since.
        startedAt: fields.startedAt ?? standing?.startedAt ?? now,
        endedAt: standing?.endedAt ?? null,
        localDate: null,
        seconds: null,
      }),
      dryRun: false,
    });
    if (!taken) throw new Error('a timer was not answered');
    if (!taken.ok) throw taken.error;
    const { id, replayed } = taken;
    const row = await em.findOne(TimeEntry, { agencyId, id });
    if (!row) throw await alreadyRuns(em, agencyId, person);
    if (row.deletedAt) throw deletedSince();
    if (!replayed) {
      const [subject, after] = [timeEntrySubject(row), sayTimeEntry(row)];
      recordAudit(em, ctx, { action: 'time_entry.started', subject, clientId, after });
    }
    return { ...(await showTimeEntry(em, { agencyId, now }, row)), replayed };
  });
}

async function alreadyRuns(
  em: EntityManager,
  agencyId: string,
  person: string,
): Promise<DomainError> {
  const running = { agencyId, person, startedAt: { $ne: null }, endedAt: null, deletedAt: null };
  const row = await em.findOne(TimeEntry, running, { disableIdentityMap: true });
  const since = row?.startedAt ? ` since ${row.startedAt.toISOString()}` : '';
  const where = row ? ` on client "${row.clientId}", time entry ${row.id}` : '';
  const message = `A timer of "${person}" runs already${since}${where}. Stop it first.`;
  return new DomainError('conflict', message);
}
