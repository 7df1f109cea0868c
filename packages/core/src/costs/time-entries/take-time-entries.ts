import type { EntityManager } from '@mikro-orm/postgresql';

import type { ServiceContext } from '../../kernel/context.ts';
import { takeKeyed, type Standing, type Taken } from '../../kernel/take-keyed.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import type { EntryDefaults, EntryTimes, EntryWork } from './time-entry-input.ts';
import { TimeEntry, type TimeEntrySource } from './time-entry.entity.ts';
import { insertTimeEntries, type EntryContent } from './time-entry.queries.ts';

/** What to take, of whom, and how it is read; `standing` is the entry that its key stands for already. */
export interface TakeOptions<TFields> {
  readonly clientId: string;
  readonly source: TimeEntrySource;
  readonly entries: readonly TFields[];
  readonly read: (
    fields: TFields,
    defaults: EntryDefaults,
    standing?: EntryTimes & EntryWork,
  ) => EntryTimes & EntryWork;
  /** Only says what would become of each. */
  readonly dryRun: boolean;
}

/**
 * Adds entries inside the caller's transaction, each answered by itself, and each key once, whoever sends it. A second
 * running timer of a person is not added either, though its answer cannot say so: who starts one looks.
 */
export async function takeTimeEntries<
  TFields extends { readonly idempotencyKey?: string | undefined },
>(em: EntityManager, ctx: ServiceContext, options: TakeOptions<TFields>): Promise<Taken[]> {
  const { clientId, source, entries, read, dryRun } = options;
  const { agencyId } = ctx;
  const client = await requireClient(em, agencyId, { clientId, forWriting: true });
  const currency = await currencyOf(em, client);
  const person = ctx.actor.id;
  const owner = { agencyId, clientId, createdAt: ctx.now() };
  return takeKeyed<TFields, EntryContent>(entries, {
    // What stands was read by the currency of its time.
    read: (fields, row) => ({
      source,
      ...read(fields, { person, currency: row?.currency ?? currency }, row),
    }),
    find: async (keys) => {
      const where = { agencyId, clientId, key: { $in: [...keys] } };
      const rows = await em.find(TimeEntry, where, { disableIdentityMap: true });
      return new Map(rows.map((row) => [row.key ?? '', standingOf(row)]));
    },
    insert: (rows) =>
      dryRun
        ? Promise.resolve(new Set(rows.map(({ id }) => id)))
        : insertTimeEntries(em, owner, rows),
  });
}

function standingOf(row: TimeEntry): Standing<EntryContent> {
  const { person, activity, note, billable, source } = row;
  const content = { source, person, activity, note, billable, ...timesOf(row), ...optionalOf(row) };
  return { id: row.id, isEdited: Boolean(row.editedAt), row: content };
}

function timesOf({ startedAt, endedAt, localDate, seconds }: TimeEntry): EntryTimes {
  return {
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    localDate: localDate ?? null,
    seconds: seconds ?? null,
  };
}

function optionalOf(row: TimeEntry) {
  const { campaignId = null, role = null, platform = null, contentType = null } = row;
  const { rateMinor = null, currency = null } = row;
  return { campaignId, role, platform, contentType, rateMinor, currency };
}
