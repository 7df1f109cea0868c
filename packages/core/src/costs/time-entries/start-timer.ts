import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { keyReused } from '../../kernel/replay.ts';
import { invalidField, Moment, WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import { deletedSince, type ToldTimeEntry } from './create-time-entry.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import { showTimeEntry } from './show-time-entries.ts';
import { readWork, TIME_ENTRY_FIELDS, WORK_FIELDS } from './time-entry-input.ts';
import { TimeEntry } from './time-entry.entity.ts';
import { writeTimeEntries, type EntryToWrite } from './write-time-entries.ts';

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
  const wanted = StartTimerInput.parse(input);
  const { clientWorkspaceId: clientId, idempotencyKey: key = null } = wanted;
  const { agencyId } = ctx;
  const now = ctx.now();
  const { startedAt = now } = wanted;
  if (startedAt > now) throw invalidField('startedAt', 'must not lie in the future');
  return inTransaction(ctx, async (em) => {
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const defaults = { person: ctx.actor.id, currency: await currencyOf(em, client) };
    const work = readWork(wanted, defaults);
    const content = { ...work, startedAt, endedAt: null, localDate: null, seconds: null };
    const { endedAt: _open, startedAt: begun, ...said } = sayTimeEntry(content);
    // A repeat comes later, and its timer may have been stopped since.
    const repeat = wanted.startedAt ? { ...said, startedAt: begun } : said;
    const entry: EntryToWrite = { content, key, said: repeat };
    const { id, replayed } = await start(em, ctx, { clientId, entry });
    const row = await em.findOneOrFail(TimeEntry, { agencyId, id });
    if (row.deletedAt) throw deletedSince();
    if (!replayed) {
      const [subject, after] = [timeEntrySubject(row), sayTimeEntry(row)];
      recordAudit(em, ctx, { action: 'time_entry.started', subject, clientId, after });
    }
    return { ...(await showTimeEntry(em, { agencyId, now }, row)), replayed };
  });
}

async function start(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, entry }: { readonly clientId: string; readonly entry: EntryToWrite },
): Promise<{ id: string; replayed: boolean }> {
  const { key, content } = entry;
  const entries = [entry];
  const [written] = await writeTimeEntries(em, ctx, { clientId, source: 'timer', entries });
  const { outcome = 'clash', id = '' } = written ?? {};
  if (outcome !== 'clash') return { id, replayed: outcome === 'replayed' };
  const { agencyId } = ctx;
  const isTaken = key !== null && (await em.count(TimeEntry, { agencyId, clientId, key })) > 0;
  throw isTaken ? keyReused('idempotencyKey') : await alreadyRuns(em, agencyId, content.person);
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
