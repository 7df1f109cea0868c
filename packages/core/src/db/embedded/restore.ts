import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

import type { Log } from '../../kernel/log.ts';
import { startEmbedded } from '../embedded.ts';
import { KEPT_BESIDE, listBackups, walArchiveOf, type BaseBackup } from './backups.ts';
import { prepareCluster, type Cluster } from './cluster.ts';
import { copyFiles } from './copy-files.ts';
import { run } from './run.ts';

export interface RestoreOptions {
  readonly backupDir: string;
  /** Where the restored database goes; there must be none yet. */
  readonly dataDir: string;
  /** What was committed later is left out; left out, all that the log has is restored. */
  readonly to?: Date | undefined;
  readonly log: Log;
}

/** What was restored from, and the last commit that is in it. */
export interface Restored {
  readonly base: BaseBackup;
  readonly lastCommitAt: Date | undefined;
}

/** Makes an embedded database that stands where another stood at `to`, from a base backup and the log since. */
export async function restoreEmbedded(options: RestoreOptions): Promise<Restored> {
  const { dataDir, backupDir, log, to } = options;
  const wal = walArchiveOf(backupDir);
  const base = await chooseBase(options);
  await takeBeside(base, resolve(dataDir));
  const cluster = await prepareCluster(dataDir, log, (made) => fill(made, { base, wal, to }));
  log.info({ base: base.folder, folder: cluster.folder }, 'Restoring');
  const server = await startEmbedded({ dataDir, log });
  try {
    return { base, lastCommitAt: await finish(server.url) };
  } finally {
    await server.stop();
  }
}

async function chooseBase({ backupDir, dataDir, to }: RestoreOptions): Promise<BaseBackup> {
  if (existsSync(join(dataDir, 'postgres')) || existsSync(join(dataDir, 'postgres.home'))) {
    throw new Error(`${dataDir} has a database already. Restore into a folder that has none.`);
  }
  const all = await listBackups(backupDir);
  const base = all.findLast(({ endedAt }) => to === undefined || endedAt <= to);
  if (base) return base;
  const [first] = all;
  throw new Error(
    first
      ? `The first base backup in ${backupDir} ended at ${first.endedAt.toISOString()}. Only a later time can be restored to.`
      : `There is no base backup in ${backupDir}.`,
  );
}

async function takeBeside({ folder }: BaseBackup, dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  for (const name of KEPT_BESIDE.filter((one) => existsSync(join(folder, one)))) {
    // oxlint-disable-next-line no-await-in-loop -- three files
    await copyFile(join(folder, name), join(dataDir, name));
  }
}

interface Filling {
  readonly base: BaseBackup;
  readonly wal: string;
  readonly to: Date | undefined;
}

async function fill({ folder, user }: Cluster, { base, wal, to }: Filling): Promise<void> {
  await copyFiles(join(base.folder, 'postgres'), folder);
  const target =
    to === undefined
      ? []
      : [`recovery_target_time = '${to.toISOString().replace('T', ' ').replace('Z', '+00')}'`];
  const settings = [
    `restore_command = 'cp "${wal.replaceAll("'", "''")}/%f" "%p"'`,
    "recovery_target_timeline = 'latest'",
    "recovery_target_action = 'promote'",
    ...target,
  ];
  await appendFile(join(folder, 'postgresql.auto.conf'), `\n${settings.join('\n')}\n`);
  await writeFile(join(folder, 'recovery.signal'), '');
  if (user) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
}

const SETTINGS = [
  'restore_command',
  'recovery_target_timeline',
  'recovery_target_action',
  'recovery_target_time',
];

/** Waits until the server has gone through the log and takes writes, and has it forget where it came from. */
async function finish(url: string): Promise<Date | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    while (await isRecovering(client)) await pause(50);
    const { rows } = await client.query<{ at: Date | null }>(
      'select pg_last_xact_replay_timestamp() as at',
    );
    for (const name of SETTINGS) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await client.query(`alter system reset ${name}`);
    }
    return rows[0]?.at ?? undefined;
  } finally {
    await client.end();
  }
}

async function isRecovering(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ recovering: boolean }>(
    'select pg_is_in_recovery() as recovering',
  );
  return rows[0]?.recovering ?? true;
}
