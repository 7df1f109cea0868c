import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { describe, expect, test as base } from 'vitest';

import { discardDataDir, silentLog, temporaryDataDir } from '../../testing/server.ts';
import { startEmbedded } from '../embedded.ts';
import { backUpEmbedded } from './back-up.ts';
import { listBackups } from './backups.ts';
import { restoreEmbedded } from './restore.ts';

const NOT_DURABLE = { fsync: 'off' } as const;

/** A database that was backed up, and lost after more was written to it. */
const test = base.extend('lost', { scope: 'file' }, async ({}, { onCleanup }) => {
  const [dataDir, backupDir] = [await temporaryDataDir(), await temporaryDataDir()];
  onCleanup(async () => {
    await discardDataDir(dataDir);
    await rm(backupDir, { recursive: true, force: true });
  });
  const walArchive = join(backupDir, 'wal');
  const server = await startEmbedded({
    dataDir,
    log: silentLog,
    walArchive,
    settings: NOT_DURABLE,
  });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const write = (what: string) => client.query('insert into fact values ($1)', [what]);
  await client.query('create table fact (what text, at timestamptz default clock_timestamp())');
  await write('before the backup');
  await backUpEmbedded({ dataDir, backupDir, log: silentLog });
  await write('after the backup');
  const { rows } = await client.query<{ good: Date }>(
    "select date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' as good, pg_sleep(0.01)",
  );
  await write('a mistake');
  await client.end();
  // Stopping finishes the piece of the log that is being written, and archives it.
  await server.stop();
  await discardDataDir(dataDir);
  return { backupDir, good: rows[0]?.good };
});

async function restore(options: { readonly backupDir: string; readonly to?: Date | undefined }) {
  const dataDir = await temporaryDataDir();
  try {
    await restoreEmbedded({ ...options, dataDir, log: silentLog });
    const server = await startEmbedded({ dataDir, log: silentLog, settings: NOT_DURABLE });
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ what: string }>('select what from fact order by at');
    // It takes writes, and knows nothing of where it came from.
    await client.query("insert into fact values ('life goes on')");
    const left = await client.query("select from pg_file_settings where name like 'recovery%'");
    await client.end();
    await server.stop();
    return { facts: rows.map(({ what }) => what), left: left.rowCount };
  } finally {
    await discardDataDir(dataDir);
  }
}

describe('given a database of which the backups are left', () => {
  test('when it is restored to a point in time, then it has what was committed until then and no more', async ({
    lost: { backupDir, good },
  }) => {
    expect(await restore({ backupDir, to: good })).toEqual({
      facts: ['before the backup', 'after the backup'],
      left: 0,
    });
  });

  test('when it is restored without one, then everything that was committed is there', async ({
    lost: { backupDir },
  }) => {
    expect(await restore({ backupDir })).toMatchObject({
      facts: ['before the backup', 'after the backup', 'a mistake'],
    });
  });

  test('when the time is before the first backup, then it is refused and says from when on', async ({
    lost: { backupDir },
  }) => {
    const [first] = await listBackups(backupDir);
    expect(first).toBeDefined();
    const dataDir = await temporaryDataDir();
    const to = new Date('2020-01-01T00:00:00Z');
    await expect(restoreEmbedded({ backupDir, dataDir, to, log: silentLog })).rejects.toThrow(
      first?.endedAt.toISOString(),
    );
    await rm(dataDir, { recursive: true });
  });
});
