import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { invalidField, WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import { isRunning, secondsOfEntry } from './entry-days.ts';
import { lockTimeEntry, noSuchTimeEntry } from './find-time-entry.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import { showTimeEntry, type TimeEntryDto } from './show-time-entries.ts';
import {
  dayOf,
  minutesToSeconds,
  readRate,
  spanOf,
  TIME_FIELDS,
  WORK_FIELDS,
  type EntryTimes,
} from './time-entry-input.ts';
import type { TimeEntry } from './time-entry.entity.ts';

const { campaignId, person, role, activity, note, hourlyRate, platform, contentType } = WORK_FIELDS;

export const UpdateTimeEntryInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  timeEntryId: z.uuid(),
  ...TIME_FIELDS,
  person,
  /** Null takes it away; so for all that may be null. */
  campaignId: campaignId.nullable(),
  role: role.nullable(),
  activity: activity.nullable(),
  note: note.nullable(),
  billable: z.boolean().optional(),
  hourlyRate: hourlyRate.nullable(),
  platform: platform.nullable(),
  contentType: contentType.nullable(),
});
export type UpdateTimeEntryInput = z.input<typeof UpdateTimeEntryInput>;
type Changes = Omit<z.output<typeof UpdateTimeEntryInput>, 'clientWorkspaceId' | 'timeEntryId'>;

/**
 * Changes what is named of an entry; what is left out stays as it is. An entry that was estimated stays so named, but
 * no estimate takes its place again. A running timer that is given an end is stopped.
 */
export async function updateTimeEntry(
  ctx: ServiceContext,
  input: UpdateTimeEntryInput,
): Promise<TimeEntryDto> {
  const wanted = UpdateTimeEntryInput.parse(input);
  const { clientWorkspaceId: clientId, timeEntryId: id, ...changes } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const row = await lockTimeEntry(em, { agencyId, clientId, id });
    if (row.deletedAt) throw noSuchTimeEntry();
    const before = sayTimeEntry(row);
    Object.assign(row, changedTime(row, changes), namedWork(changes));
    if (changes.hourlyRate !== undefined) {
      Object.assign(row, readRate(changes.hourlyRate, await currencyOf(em, client)));
    }
    row.editedAt = ctx.now();
    const [subject, after] = [timeEntrySubject(row), sayTimeEntry(row)];
    recordAudit(em, ctx, { action: 'time_entry.changed', subject, clientId, before, after });
    return showTimeEntry(em, { agencyId, now: ctx.now() }, row);
  });
}

/** What is said of the work, where something is said. */
function namedWork(changes: Changes): Partial<TimeEntry> {
  const named = {
    person: changes.person,
    campaignId: changes.campaignId,
    role: changes.role,
    activity: changes.activity === null ? '' : changes.activity,
    note: changes.note === null ? '' : changes.note,
    billable: changes.billable,
    platform: changes.platform,
    contentType: changes.contentType,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** The time of an entry after a change: one of a date may become one of two instants, and the other way round. */
function changedTime(
  row: TimeEntry,
  { startedAt, endedAt, date, minutes }: Changes,
): EntryTimes | undefined {
  const changesSpan = startedAt !== undefined || endedAt !== undefined;
  const changesDay = date !== undefined || minutes !== undefined;
  if (changesSpan && changesDay) {
    throw invalidField('date', 'and minutes do not go with startedAt and endedAt');
  }
  if (changesDay) {
    const day = date ?? row.localDate;
    if (typeof day !== 'string') throw invalidField('date', 'is required: the entry has none yet');
    return dayOf(day, minutes === undefined ? secondsOfEntry(row) : minutesToSeconds(minutes));
  }
  return changesSpan ? changedSpan(row, { startedAt, endedAt }) : undefined;
}

function changedSpan(
  row: TimeEntry,
  given: { readonly startedAt: Date | undefined; readonly endedAt: Date | undefined },
): EntryTimes {
  const startedAt = given.startedAt ?? row.startedAt;
  const endedAt = given.endedAt ?? row.endedAt;
  if (!startedAt) throw invalidField('startedAt', 'is required: the entry has none yet');
  if (endedAt) return spanOf(startedAt, endedAt);
  if (!isRunning(row)) throw invalidField('endedAt', 'is required: the entry has none yet');
  return { startedAt, endedAt: null, localDate: null, seconds: null };
}
