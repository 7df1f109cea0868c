import { randomBytes } from 'node:crypto';

import pg from 'pg';
import { inject, test as base } from 'vitest';

import { openDatabase, type Database } from '../db/connect.ts';
import { databaseUrl, silentLog } from './server.ts';

export { slowDashboardsOf } from '../kpi/testing/slow-dashboard-of.ts';
export type { SlowAsk } from '../kpi/testing/slow-period.ts';
export { picksFrom, randomNumbers, type Picks } from '../rollups/testing/picks.ts';
export { silentLog } from './server.ts';
export { rewriteStatements, withoutAgencyConditions, type Rewrite } from './statements.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's URL of the server, and what the names of this run's databases start with. */
    testServer: { readonly url: string; readonly prefix: string };
  }
}

/** A migrated database of the worker's own on a real PostgreSQL. */
export interface TestDatabase extends Database {
  /** The owner's URL, to look behind row-level security. */
  readonly ownerUrl: string;
}

/** The owner's URL of a fresh copy of the migrated template; it goes with the run. */
export function cloneDatabase(): Promise<string> {
  return createDatabase(`${inject('testServer').prefix}_template`);
}

/** The owner's URL of a fresh database that nobody has migrated; it goes with the run. */
export function emptyDatabase(): Promise<string> {
  return createDatabase('template1');
}

async function createDatabase(template: string): Promise<string> {
  const { url, prefix } = inject('testServer');
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query(`create database ${name} template ${template}`);
  } finally {
    await owner.end();
  }
  return databaseUrl(url, name);
}

/** Runs one statement as the owner, who sees behind row-level security. */
export async function asOwner<TRow extends pg.QueryResultRow>(
  ownerUrl: string,
  sql: string,
): Promise<TRow[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return (await owner.query<TRow>(sql)).rows;
  } finally {
    await owner.end();
  }
}

/** `test`, with a database: one for each worker, where each test makes an agency of its own. */
export const test = base.extend(
  'database',
  { scope: 'worker' },
  async ({}, { onCleanup }): Promise<TestDatabase> => {
    const ownerUrl = await cloneDatabase();
    const database = await openDatabase({ url: ownerUrl, log: silentLog });
    onCleanup(() => database.close());
    return { ...database, ownerUrl };
  },
);
