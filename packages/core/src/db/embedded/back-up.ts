import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import pg from 'pg';

import type { Log } from '../../kernel/log.ts';
import { startEmbedded } from '../embedded.ts';
import { basesOf, FACTS_FILE, KEPT_BESIDE, walArchiveOf, type BaseBackup } from './backups.ts';
import { copyFiles } from './copy-files.ts';

export interface BackUpOptions {
  readonly dataDir: string;
  /** Where base backups and the log are kept; the server has to have been started with it. */
  readonly backupDir: string;
  readonly log: Log;
}

/** Copies the embedded database's files while it works; nobody waits for it. Starts the server where none runs. */
export async function backUpEmbedded({
  dataDir,
  backupDir,
  log,
}: BackUpOptions): Promise<BaseBackup> {
  const [bases, wal] = [basesOf(backupDir), walArchiveOf(backupDir)];
  const server = await startEmbedded({ dataDir, log, walArchive: wal });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await checkArchive(client, wal);
    await mkdir(bases, { recursive: true, mode: 0o700 });
    const draft = await mkdtemp(join(bases, '.new-'));
    try {
      const facts = await copyServer(client, draft);
      await keepBeside(resolve(dataDir), draft);
      await writeFile(join(draft, FACTS_FILE), JSON.stringify(facts), { mode: 0o600 });
      const folder = join(bases, facts.startedAt.toISOString().replaceAll(/[:.]/g, '-'));
      await rename(draft, folder);
      return { folder, ...facts };
    } catch (cause) {
      await rm(draft, { recursive: true, force: true });
      throw cause;
    }
  } finally {
    await client.end();
    await server.stop();
  }
}

async function checkArchive(client: pg.Client, wal: string): Promise<void> {
  const { rows } = await client.query<{ folder: string | null }>(
    "select current_setting('basic_archive.archive_directory', true) as folder",
  );
  if (rows[0]?.folder === wal) return;
  throw new Error(
    `The running PostgreSQL does not keep its log in ${wal}, and without it a copy of its files is worth nothing. Stop Retainer, set BACKUP_DIR, start it again, and back up then.`,
  );
}

async function copyServer(
  client: pg.Client,
  draft: string,
): Promise<Pick<BaseBackup, 'startedAt' | 'endedAt'>> {
  const { rows } = await client.query<{ folder: string; at: Date }>(
    "select current_setting('data_directory') as folder, clock_timestamp() as at from pg_backup_start('retainer', true)",
  );
  const [begun] = rows;
  if (!begun) throw new Error('PostgreSQL began no backup');
  await copyFiles(begun.folder, join(draft, 'postgres'), isLeftOut);
  const stopped = await client.query<{ label: string; at: Date }>(
    'select labelfile as label, clock_timestamp() as at from pg_backup_stop(true)',
  );
  const [ended] = stopped.rows;
  if (!ended) throw new Error('PostgreSQL ended no backup');
  await writeFile(join(draft, 'postgres', 'backup_label'), ended.label, { mode: 0o600 });
  return { startedAt: begun.at, endedAt: ended.at };
}

/** What belongs to the server that runs, or is in the archive anyway. */
function isLeftOut(path: string): boolean {
  const [top = '', inside] = path.split(/[/\\]/);
  if (['pg_wal', 'pg_replslot', 'pg_stat_tmp', 'pg_dynshmem', 'pg_notify'].includes(top)) {
    return inside !== undefined;
  }
  return ['postmaster.pid', 'postmaster.opts', 'server.log', 'backup_label'].includes(top);
}

async function keepBeside(dataDir: string, draft: string): Promise<void> {
  for (const name of KEPT_BESIDE.filter((one) => existsSync(join(dataDir, one)))) {
    /* oxlint-disable no-await-in-loop -- three files */
    await copyFile(join(dataDir, name), join(draft, name));
    await chmod(join(draft, name), 0o600);
    /* oxlint-enable no-await-in-loop */
  }
}
