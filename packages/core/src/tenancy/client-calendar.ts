import type { EntityManager } from '@mikro-orm/postgresql';
import {
  changeCalendar,
  type CalendarEpoch,
  type CalendarRules,
  type Instant,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { selectEpochs } from './calendar.queries.ts';
import { ClientCalendar } from './client-calendar.entity.ts';
import type { Client } from './client.entity.ts';

/** What became of a client's calendar. */
export interface PlannedCalendar {
  readonly changed: boolean;
  /** A change that is still to come. */
  readonly pending: { readonly timeZone: string; readonly effectiveAt: Date } | null;
}

/** The stretches of a client's calendar, in order. */
export async function readCalendar(
  em: EntityManager,
  client: Pick<Client, 'agencyId' | 'id'>,
): Promise<CalendarEpoch[]> {
  const rows = await readRows(em, client);
  return rows.map((row) => row.toEpoch());
}

/** The calendars of these clients, or of all that the agency has, each in order; as they are in the database now. */
export async function readCalendars(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<ReadonlyMap<string, readonly CalendarEpoch[]>> {
  const byClient = Map.groupBy(await selectEpochs(sql, clientIds), ({ clientId }) => clientId);
  const toEpochs = (rows: readonly (CalendarEpoch & { readonly clientId: string })[]) =>
    rows.map(({ clientId: _whose, ...epoch }): CalendarEpoch => epoch);
  return new Map([...byClient].map(([id, rows]) => [id, toEpochs(rows)]));
}

/** Gives a new client the rules it has always lived by. */
export function startCalendar(em: EntityManager, client: Client, rules: CalendarRules): void {
  addRow(em, client, { from: -Infinity, ...rules });
}

/** Plans `rules` for the client from its next week on, in place of any change still pending. */
export async function planCalendar(
  em: EntityManager,
  client: Client,
  change: { readonly rules: CalendarRules; readonly now: Instant },
): Promise<PlannedCalendar> {
  const rows = await readRows(em, client);
  const before = rows.map((row) => row.toEpoch());
  const { epochs, effectiveAt } = changeCalendar(before, change.rules, change.now);
  const dropped = rows.filter((row) => !epochs.some((epoch) => isSame(epoch, row.toEpoch())));
  const added = epochs.filter((epoch) => !before.some((one) => isSame(one, epoch)));
  if (dropped.length > 0) {
    // Deleted at once: the row that takes its place may have the same key.
    const startsAt = dropped.map((row) => row.startsAt);
    await em.nativeDelete(ClientCalendar, {
      agencyId: client.agencyId,
      clientId: client.id,
      startsAt: { $in: startsAt },
    });
    for (const row of dropped) em.getUnitOfWork().unsetIdentity(row);
  }
  for (const epoch of added) addRow(em, client, epoch);
  return {
    changed: dropped.length + added.length > 0,
    pending:
      effectiveAt === undefined
        ? null
        : { timeZone: change.rules.timeZone, effectiveAt: new Date(effectiveAt) },
  };
}

async function readRows(
  em: EntityManager,
  { agencyId, id }: Pick<Client, 'agencyId' | 'id'>,
): Promise<ClientCalendar[]> {
  return em.find(
    ClientCalendar,
    { agencyId, clientId: id },
    { orderBy: { startsAt: 'asc' }, refresh: true },
  );
}

function addRow(em: EntityManager, client: Client, { from, ...rules }: CalendarEpoch): void {
  const { timeZone, weekStartsOn } = rules;
  em.create(ClientCalendar, {
    agencyId: client.agencyId,
    clientId: client.id,
    startsAt: from,
    timeZone,
    weekStartsOn,
  });
}

function isSame(a: CalendarEpoch, b: CalendarEpoch): boolean {
  return a.from === b.from && a.timeZone === b.timeZone && a.weekStartsOn === b.weekStartsOn;
}
