import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import { lockFile } from './lock-file.ts';
import type { Entry, Handled } from './outbox.ts';

/** What an outbox writes down: that something came, what became of it, that all that was refused waits again. */
export type LogLine =
  | { readonly entry: Entry }
  | { readonly handled: Handled }
  | { readonly readmitted: true };

/** A file of lines that are on the disk once `append` resolves. */
export interface EntryLog {
  readonly append: (lines: readonly LogLine[]) => Promise<void>;
  /** Replaces the whole file at once: after a crash it is the old one or the new one. Lines appended meanwhile follow. */
  readonly rewrite: (lines: readonly LogLine[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the log at `path` for this process alone and reads what is in it; rewrite it before appending. */
export async function openEntryLog(
  path: string,
  apply: (line: LogLine) => void,
): Promise<EntryLog> {
  const lock = await lockFile(`${path}.lock`);
  try {
    for (const line of await readLines(path)) apply(line);
    await lock.verify();
    return await writerOf(path, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function writerOf(path: string, unlock: () => Promise<void>): Promise<EntryLog> {
  let file: FileHandle = await open(path, 'a', OWN);
  let length = (await file.stat()).size;
  let queue: Promise<unknown> = Promise.resolve();
  let next: Batch | undefined;
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    // Appends that wait for the same write go to the disk together.
    append(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      if (next) {
        next.text += text;
        return next.written;
      }
      const batch: Batch = { text, written: Promise.resolve() };
      next = batch;
      batch.written = inTurn(async () => {
        if (next === batch) next = undefined;
        try {
          await file.appendFile(batch.text);
          await file.datasync();
          length += Buffer.byteLength(batch.text);
        } catch (error) {
          // Half a line must not stand before those to come.
          await file.truncate(length);
          throw error;
        }
      });
      return batch.written;
    },
    rewrite(lines) {
      // What comes from here on is not among `lines`: it must not go into the old file.
      next = undefined;
      return inTurn(async () => {
        const fresh = await open(`${path}.new`, 'w', OWN);
        await fresh.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        await fresh.datasync();
        await fresh.close();
        await rename(`${path}.new`, path);
        await syncFolder(dirname(path));
        await file.close();
        file = await open(path, 'a', OWN);
        length = (await file.stat()).size;
      });
    },
    async close() {
      next = undefined;
      await inTurn(() => file.close());
      await unlock();
    },
  };
}

/** Nobody else needs to read which posts there are. */
const OWN = 0o600;

interface Batch {
  text: string;
  written: Promise<void>;
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot sync a folder, and does not need to.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}

async function readLines(path: string): Promise<LogLine[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  const lines = text.split('\n');
  // What follows the last line break was being written when the process died: nobody was told that it is kept.
  return lines.slice(0, -1).map((line, index) => lineOf(line, `${path}:${index + 1}`));
}

function lineOf(line: string, place: string): LogLine {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this module alone writes the file
    return JSON.parse(line) as LogLine;
  } catch (cause) {
    const message = `${place} is not a line of an outbox. Move the file away to start a new one.`;
    throw new Error(message, { cause });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
