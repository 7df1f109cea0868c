import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { invalidField, Moment, WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import type { ToldTimeEntry } from './create-time-entry.ts';
import { isRunning } from './entry-days.ts';
import { lockTimeEntry, noSuchTimeEntry } from './find-time-entry.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import { showTimeEntry } from './show-time-entries.ts';
import { TimeEntry } from './time-entry.entity.ts';

export const StopTimerInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** Which timer; when left out the person's. */
  timeEntryId: z.uuid().optional(),
  /** Whoever calls, when left out. */
  person: HostId.optional(),
  /** Now, when left out; never later. */
  endedAt: Moment.optional(),
});
export type StopTimerInput = z.input<typeof StopTimerInput>;

/**
 * Stops a timer: what it ran for becomes time and cost. Stopped again, it stays as it was and says so; without an id
 * that is the timer of the person which was stopped last on this client.
 */
export async function stopTimer(
  ctx: ServiceContext,
  input: StopTimerInput,
): Promise<ToldTimeEntry> {
  const wanted = StopTimerInput.parse(input);
  const { clientWorkspaceId: clientId, timeEntryId: id, person = ctx.actor.id } = wanted;
  const { agencyId } = ctx;
  const now = ctx.now();
  if (wanted.endedAt && wanted.endedAt > now) {
    throw invalidField('endedAt', 'must not lie in the future');
  }
  return inTransaction(ctx, async (em) => {
    // What runs on an archived client can still be stopped.
    await requireClient(em, agencyId, { clientId, forWriting: false });
    const row =
      id === undefined
        ? await lockTimerOf(em, { agencyId, clientId, person })
        : await lockTimeEntry(em, { agencyId, clientId, id });
    if (row.deletedAt) throw noSuchTimeEntry();
    const replayed = !isRunning(row);
    if (!replayed) {
      const before = sayTimeEntry(row);
      row.endedAt = endOf(row, wanted.endedAt, now);
      const [subject, after] = [timeEntrySubject(row), sayTimeEntry(row)];
      recordAudit(em, ctx, { action: 'time_entry.stopped', subject, clientId, before, after });
    }
    return { ...(await showTimeEntry(em, { agencyId, now }, row)), replayed };
  });
}

interface TimerOwner {
  readonly agencyId: string;
  readonly clientId: string;
  readonly person: string;
}

async function lockTimerOf(em: EntityManager, owner: TimerOwner): Promise<TimeEntry> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const begun = { ...owner, deletedAt: null, startedAt: { $ne: null } };
  const running = { ...begun, endedAt: null };
  const stopped = { ...begun, endedAt: { $ne: null }, source: 'timer' as const };
  const orderBy = { endedAt: 'desc', id: 'desc' } as const;
  const row =
    (await em.findOne(TimeEntry, running, { lockMode, refresh: true })) ??
    (await em.findOne(TimeEntry, stopped, { lockMode, refresh: true, orderBy }));
  if (row) return row;
  const message = `"${owner.person}" has no timer on this client. Start one first.`;
  throw new DomainError('not_found', message);
}

/** Clocks of two machines differ: a timer that is stopped by one that is behind has run for no time. */
function endOf({ startedAt }: TimeEntry, wanted: Date | undefined, now: Date): Date {
  if (!startedAt) return now;
  if (wanted && wanted < startedAt) {
    const message = `must not lie before the start, ${startedAt.toISOString()}`;
    const issues = [{ path: 'endedAt', message }];
    throw new DomainError('period_inverted', `endedAt: ${message}`, { issues });
  }
  return wanted ?? (now < startedAt ? startedAt : now);
}
