import { checkRollups } from '@retainer/core';

import type { Asker } from './ask.ts';
import { fieldOf, takesRoom, type Book, type Told } from './book.ts';
import { AGENCY, ROOM, type Place } from './place.ts';
import { retrying } from './retrying.ts';

/** Compares all that was told of a client with all that the database has of it; answers what is wrong. */
export async function check(
  place: Place,
  {
    admin,
    clients,
    book,
  }: { readonly admin: Asker; readonly clients: readonly string[]; readonly book: Book },
): Promise<string[]> {
  const wrong: string[] = [];
  for (const clientId of clients) {
    const told = book.filter((one) => one.clientId === clientId);
    for (const found of await Promise.all([
      checkCounters(place, clientId, told),
      checkHolds(place, clientId, told),
      checkPosts(place, clientId, told),
      checkFacts(place, { clientId, told, kind: 'hours', table: 'time_entry' }),
      checkFacts(place, { clientId, told, kind: 'lead', table: 'conversion' }),
      // What was given up by its caller may still hold the client.
      retrying(() => checkFigures(place, clientId), 'figures cannot be checked'),
    ])) {
      wrong.push(...found.map((what) => `${clientId}: ${what}`));
    }
  }
  return [...wrong, ...(await checkLedger(admin))];
}

async function checkCounters(place: Place, clientId: string, told: Book): Promise<string[]> {
  const rows = await place.owner<{ used: string; held: string }>(
    `select used, held from retainer.usage_counter
     where agency_id = $1 and client_id = $2 and meter = 'posts'`,
    [AGENCY, clientId],
  );
  const full = rows.filter(({ used, held }) => Number(used) + Number(held) > ROOM);
  const sum = (of: 'used' | 'held') => rows.reduce((all, row) => all + Number(row[of]), 0);
  const taken = told.filter(takesRoom);
  const used = taken.filter(({ end }) => end?.as === 'committed').length;
  return [
    ...full.map((row) => `the limit of ${ROOM} was passed: ${JSON.stringify(row)}`),
    ...differing('used', used, sum('used')),
    ...differing('held', taken.length - used, sum('held')),
  ];
}

async function checkHolds(place: Place, clientId: string, told: Book): Promise<string[]> {
  const rows = await place.owner<{ key: string; series: string; status: string }>(
    `select key, series_id as series, status from retainer.hold
     where agency_id = $1 and client_id = $2 order by key`,
    [AGENCY, clientId],
  );
  const wanted = told
    .filter(({ kind }) => kind === 'hold' || kind === 'post')
    .map(({ key, answer, end }) => ({
      key,
      series: answer?.id ?? '',
      status: answer?.isGranted ? (end?.as ?? 'held') : 'denied',
    }));
  return sameRows('hold', wanted, rows);
}

async function checkPosts(place: Place, clientId: string, told: Book): Promise<string[]> {
  const rows = await place.owner<{ key: string; state: string; placements: number }>(
    `select post_id as key, state, (select count(*)::int from retainer.placement p
       where p.agency_id = t.agency_id and p.client_id = t.client_id and p.post_id = t.post_id) as placements
     from retainer.post t where agency_id = $1 and client_id = $2 order by post_id`,
    [AGENCY, clientId],
  );
  const wanted = told
    .filter(({ kind }) => kind === 'post')
    .map(({ key, answer, end }) => ({
      key,
      state: answer?.isGranted ? (end ? 'published' : 'scheduled') : 'denied',
      placements: end ? 1 : 0,
    }));
  return sameRows('post', wanted, rows);
}

interface Facts {
  readonly clientId: string;
  readonly told: Book;
  readonly kind: Told['kind'];
  readonly table: 'time_entry' | 'conversion';
}

async function checkFacts(place: Place, { clientId, told, kind, table }: Facts): Promise<string[]> {
  const rows = await place.owner<{ key: string; id: string }>(
    `select key, id from retainer.${table}
     where agency_id = $1 and client_id = $2 and key is not null and deleted_at is null order by key`,
    [AGENCY, clientId],
  );
  const wanted = told
    .filter((one) => one.kind === kind)
    .map(({ key, answer }) => ({ key, id: answer?.id ?? '' }));
  return sameRows(table, wanted, rows);
}

async function checkFigures({ database }: Place, clientId: string): Promise<string[]> {
  const upkeep = { database, now: () => new Date() };
  const wrong: string[] = [];
  const scope = { agencyId: AGENCY, clientId, repair: false };
  for await (const { differences } of checkRollups(upkeep, scope)) {
    for (const { surplus, lacking } of differences) {
      wrong.push(`figures: too much ${surplus.join(' ')}, too little ${lacking.join(' ')}`);
    }
  }
  return wrong;
}

async function checkLedger(admin: Asker): Promise<string[]> {
  const seen = await admin.ask({ method: 'GET', path: '/api/operations/drift' });
  const drift = seen.kind === 'answered' ? fieldOf(seen.body, 'drift') : seen.kind;
  return Array.isArray(drift) && drift.length === 0
    ? []
    : [`counters are not what their ledger says: ${JSON.stringify(drift)}`];
}

function sameRows<T extends { readonly key: string }>(
  what: string,
  wanted: readonly T[],
  found: readonly T[],
): string[] {
  const text = (rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row));
  const [expected, there] = [new Set(text(wanted)), new Set(text(found))];
  return [
    ...differing(`rows of ${what}`, wanted.length, found.length),
    ...[...expected].filter((row) => !there.has(row)).map((row) => `${what} is lost: ${row}`),
    ...[...there].filter((row) => !expected.has(row)).map((row) => `${what} was not told: ${row}`),
  ];
}

function differing(what: string, wanted: number, found: number): string[] {
  return wanted === found ? [] : [`${what}: ${wanted} were told, there are ${found}`];
}
