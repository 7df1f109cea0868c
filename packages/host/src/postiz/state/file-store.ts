import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { StateChange, StateStore } from './state-store.ts';

const FILE = 'postiz-state.jsonl';
/** Rewritten once it holds this many lines more than entries. */
const SLACK = 20_000;

/**
 * A store in one file of a folder: a line for each change, the newest counts. A line that a crash cut short is
 * dropped. What was written survives the process; a power cut may take the last moments, which the next poll repairs.
 */
export async function openFileStore(folder: string): Promise<StateStore> {
  const path = join(folder, FILE);
  await mkdir(dirname(path), { recursive: true });
  const entries = parsed(await readFile(path, 'utf8').catch(whenMissing));
  let file = await rewrite(path, entries);
  let surplus = 0;
  let waiting: StateChange[] = [];
  let writing: Promise<void> | undefined;
  let start = '';
  let last: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    // What is asked for in the same moment is written together.
    await Promise.resolve();
    const changes = waiting;
    waiting = [];
    writing = undefined;
    try {
      append(file, start + changes.map(lineOf).join(''));
      start = '';
    } catch (cause) {
      // A disk that was full has part of a line: the next write begins a new one, with all of this.
      waiting = [...changes, ...waiting];
      start = '\n';
      throw cause;
    }
    surplus += changes.length;
    if (surplus < entries.size + SLACK) return;
    const old = file;
    file = await rewrite(path, entries);
    surplus = 0;
    closeSync(old);
  };

  return {
    read: async () => entries,
    write(changes) {
      for (const { key, value } of changes) {
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      }
      waiting.push(...changes);
      writing ??= last = last.then(flush, flush);
      return writing;
    },
    async close() {
      await last.catch(() => undefined);
      closeSync(file);
    },
  };
}

/**
 * Appends at once: a few hundred bytes reach the system's memory faster than another thread can be asked to take them
 * there, and a create call waits for two of these.
 */
function append(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function parsed(text: string): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const line of text.split('\n')) {
    const change = changeIn(line);
    if (!change) continue;
    if (change.value === undefined) entries.delete(change.key);
    else entries.set(change.key, change.value);
  }
  return entries;
}

function changeIn(line: string): StateChange | undefined {
  if (line === '') return undefined;
  try {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value) || typeof value[0] !== 'string') return undefined;
    return { key: value[0], value: value[1] };
  } catch {
    // The last line of a process that was killed while it wrote.
    return undefined;
  }
}

function lineOf({ key, value }: StateChange): string {
  return `${JSON.stringify(value === undefined ? [key] : [key, value])}\n`;
}

/** Writes all entries beside the file and takes its place in one step. */
async function rewrite(path: string, entries: ReadonlyMap<string, unknown>): Promise<number> {
  const next = `${path}.new`;
  const file = await open(next, 'w');
  const lines = [...entries].map(([key, value]) => lineOf({ key, value }));
  await file.appendFile(lines.join(''));
  await file.datasync();
  await file.close();
  await rename(next, path);
  return openSync(path, 'a');
}

function whenMissing(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
  throw cause;
}
