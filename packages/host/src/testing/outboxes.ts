import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { test as base } from 'vitest';

import type { RunSql } from '../outbox/postgres-outbox.ts';
import { test as withRetainer } from './retainer.ts';

/** `test` with a path for an outbox file that goes with it. */
export const test = base.extend('path', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'retainer-outbox-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'outbox');
});

/** `test` with the real service, and such a path. */
export const hostTest = withRetainer.extend('path', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'retainer-outbox-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'outbox');
});

/** A pool of the host's own, and connections of it. */
export interface Pool {
  readonly query: RunSql;
  readonly connect: () => Promise<{ readonly query: RunSql; readonly release: () => void }>;
  readonly end: () => Promise<void>;
}

/** Opens a pool on a database. */
export function openPool(url: string): Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  return {
    query: sqlOf(pool),
    async connect() {
      const client = await pool.connect();
      return { query: sqlOf(client), release: () => client.release() };
    },
    end: () => pool.end(),
  };
}

function sqlOf(client: pg.Pool | pg.PoolClient): RunSql {
  return async (text, values) => (await client.query<object>(text, [...values])).rows;
}
