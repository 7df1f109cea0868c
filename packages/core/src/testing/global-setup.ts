import { randomBytes } from 'node:crypto';

import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import {
  databaseUrl,
  discardAbandoned,
  discardDataDir,
  silentLog,
  temporaryDataDir,
} from './server.ts';

/** One PostgreSQL for the whole run, with a migrated database to copy; everything is gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const prefix = `retainer_test_${randomBytes(4).toString('hex')}`;
  await withOwner(server.url, (owner) => owner.query(`create database ${prefix}_template`));
  await migrate(databaseUrl(server.url, `${prefix}_template`), silentLog);
  project.provide('testServer', { url: server.url, prefix });
  return async () => {
    await withOwner(server.url, (owner) => dropDatabases(owner, prefix));
    await server.close();
  };
}

/** A power cut may take what tests wrote; a killed process, ours or PostgreSQL's, does not. */
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' } as const;

interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function openServer(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, close: () => Promise.resolve() };
  await discardAbandoned();
  const dataDir = await temporaryDataDir();
  const { url, stop } = await startEmbedded({ dataDir, log: silentLog, settings: NOT_DURABLE });
  const close = async (): Promise<void> => {
    await stop();
    await discardDataDir(dataDir);
  };
  return { url, close };
}

async function withOwner(url: string, work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}

async function dropDatabases(owner: pg.Client, prefix: string): Promise<void> {
  const { rows } = await owner.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) await owner.query(`drop database ${datname} with (force)`);
}
