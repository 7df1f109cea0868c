import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Log } from '../kernel/log.ts';

/** A log for tests that see by other means what went wrong. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const FOLDER = 'retainer-test-';

/** A fresh folder for a server's files, named after this process. */
export async function temporaryDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  // Under root the server runs as another user, who has to get in.
  await chmod(folder, 0o755);
  return folder;
}

/** Removes a folder, and ends the server that may still work in it. */
export async function discardDataDir(folder: string): Promise<void> {
  const file = join(folder, 'postgres', 'postmaster.pid');
  const pid = existsSync(file) ? Number.parseInt(await readFile(file, 'utf8'), 10) : undefined;
  if (pid && isAlive(pid)) process.kill(pid, 'SIGQUIT');
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}

/** Discards what runs left behind that were killed before they could. */
export async function discardAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : NaN;
    if (pid && !isAlive(pid)) await discardDataDir(join(tmpdir(), name));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
