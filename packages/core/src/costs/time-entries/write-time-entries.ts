import type { EntityManager } from '@mikro-orm/postgresql';

import { firstStates } from '../../audit/first-states.ts';
import { newId } from '../../gate/identity.ts';
import type { ServiceContext } from '../../kernel/context.ts';
import { saysTheSame } from '../../kernel/replay.ts';
import { sayTimeEntry, timeEntrySubject } from './say-time-entry.ts';
import type { EntryTimes, EntryWork } from './time-entry-input.ts';
import { TimeEntry, type TimeEntrySource } from './time-entry.entity.ts';
import { insertTimeEntries } from './time-entry.queries.ts';

/** Entries of one client that come the same way. */
export interface EntriesToWrite {
  readonly clientId: string;
  readonly source: TimeEntrySource;
  readonly entries: readonly EntryToWrite[];
}

/** An entry, and the key it came with. */
export interface EntryToWrite {
  readonly content: EntryTimes & EntryWork;
  readonly key: string | null;
  /** What a repeat has to say again under its key; all of the content as a rule. */
  readonly said: object;
}

/** What became of an entry. `clash`: its key stands for something else or, without a key, its person's timer runs. */
export interface WrittenEntry {
  readonly outcome: 'accepted' | 'replayed' | 'clash';
  readonly id: string;
}

/** Adds entries that are new and finds those that came before under their key; answers them in order. */
export async function writeTimeEntries(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, source, entries }: EntriesToWrite,
): Promise<WrittenEntry[]> {
  const { agencyId } = ctx;
  const createdAt = ctx.now();
  const rows = entries.map((entry) => ({ ...entry, id: newId(createdAt.getTime()) }));
  const added = await insertTimeEntries(
    em,
    { agencyId, clientId, source, createdAt },
    rows.map(({ content, key, id }) => ({ ...content, key, id })),
  );
  const keys = rows.flatMap(({ id, key }) => (added.has(id) || key === null ? [] : [key]));
  const known = await readKnown(em, { agencyId, clientId, keys });
  return rows.map(({ id, key, said }) => {
    if (added.has(id)) return { outcome: 'accepted', id };
    const stored = key === null ? undefined : known.get(key);
    const isSame = stored?.source === source && saysTheSame(stored.said, said);
    return { outcome: isSame ? 'replayed' : 'clash', id: stored?.id ?? id };
  });
}

interface KnownEntry {
  readonly id: string;
  readonly source: TimeEntrySource;
  /** What it said when it was created, whatever was edited since. */
  readonly said: unknown;
}

interface Keys {
  readonly agencyId: string;
  readonly clientId: string;
  readonly keys: readonly string[];
}

async function readKnown(
  em: EntityManager,
  { agencyId, clientId, keys }: Keys,
): Promise<Map<string, KnownEntry>> {
  if (keys.length === 0) return new Map();
  const where = { agencyId, clientId, key: { $in: [...keys] } };
  const rows = await em.find(TimeEntry, where, { disableIdentityMap: true });
  const subjects = rows.filter(({ editedAt }) => editedAt).map(timeEntrySubject);
  const before = await firstStates(em, { agencyId, clientId, subjects });
  return new Map(
    rows.map((row) => {
      const said = before.get(timeEntrySubject(row)) ?? sayTimeEntry(row);
      return [row.key ?? '', { id: row.id, source: row.source, said }];
    }),
  );
}
