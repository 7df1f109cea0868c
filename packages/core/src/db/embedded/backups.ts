import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import * as z from 'zod';

/** A copy of the database's files, good for any time after `endedAt` for which the log is there too. */
export interface BaseBackup {
  readonly folder: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** The file that says of a base backup when it was made; the last to be written. */
export const FACTS_FILE = 'backup.json';

/** Files beside the database without which its copy is of little use. */
export const KEPT_BESIDE = ['postgres.password', 'secret', 'admin-token'];

/** Where a backup folder has its base backups. */
export function basesOf(backupDir: string): string {
  return join(resolve(backupDir), 'base');
}

/** Where a backup folder has the log, as `startEmbedded` takes it. */
export function walArchiveOf(backupDir: string): string {
  return join(resolve(backupDir), 'wal');
}

/** The base backups in a folder, the oldest first; half-made ones are none. */
export async function listBackups(backupDir: string): Promise<BaseBackup[]> {
  const bases = basesOf(backupDir);
  if (!existsSync(bases)) return [];
  const names = (await readdir(bases)).filter((name) => existsSync(join(bases, name, FACTS_FILE)));
  const backups = await Promise.all(names.map((name) => readBackup(join(bases, name))));
  return backups.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime());
}

const Facts = z.object({ startedAt: z.coerce.date(), endedAt: z.coerce.date() });

async function readBackup(folder: string): Promise<BaseBackup> {
  const text = await readFile(join(folder, FACTS_FILE), 'utf8');
  return { folder, ...Facts.parse(JSON.parse(text)) };
}
