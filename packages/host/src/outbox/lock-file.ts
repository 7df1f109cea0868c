import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const mine = new Set<string>();

/** A lock that this process holds. */
export interface FileLock {
  /** Rejects where another process took the lock over at the very moment it was taken here. */
  readonly verify: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/** Takes `path` as this process's lock, or takes over that of a process that is gone. */
export async function lockFile(given: string): Promise<FileLock> {
  const path = resolve(given);
  if (mine.has(path)) throw taken(path, process.pid);
  mine.add(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(path);
  } catch (error) {
    mine.delete(path);
    throw error;
  }
  return {
    async verify() {
      const holder = await holderOf(path);
      if (holder !== undefined) throw taken(path, holder);
    },
    async release() {
      mine.delete(path);
      if ((await holderOf(path)) === undefined) await rm(path, { force: true });
    },
  };
}

async function write(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder !== undefined) throw taken(path, holder);
  await rm(path, { force: true });
  // Of two who both saw that nobody holds it, one creates it.
  const file = await open(path, 'wx');
  await file.writeFile(String(process.pid));
  await file.close();
}

// A process of our own number that did not lock it here lived before us: in a container everyone is number 1.
async function holderOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function taken(path: string, pid: number): Error {
  return new Error(
    `Process ${pid} uses this outbox (${path}). Give each process a file of its own, or use the PostgreSQL outbox.`,
  );
}
