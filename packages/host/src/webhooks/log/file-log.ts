import { open, readFile, rename, type FileHandle } from 'node:fs/promises';

import { fieldOf, jsonOf } from '../../json.ts';
import type { DeliveryLog, LogRecord } from './delivery-log.ts';

/**
 * A log in one file, a record a line, flushed to the disk before `append` resolves; what waits at the same moment shares
 * a flush. One process at a time. A line that a crash cut off is left out.
 */
export async function openFileLog(path: string): Promise<DeliveryLog> {
  let file = await openForAppending(path);
  let waiting: Waiting[] = [];
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      await file.appendFile(batch.map(({ line }) => line).join(''));
      await file.datasync();
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = writing.then(work);
    writing = turn.catch(() => {});
    return turn;
  };

  return {
    append: (record) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: `${JSON.stringify(record)}\n`, resolve, reject });
        void inTurn(flush);
      }),
    read: async () => {
      await writing;
      return readRecords(path);
    },
    replace: (records) =>
      inTurn(async () => {
        await writeAside(path, records());
        await file.close();
        file = await openForAppending(path);
      }),
    close: () => inTurn(() => file.close()),
  };
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

function openForAppending(path: string): Promise<FileHandle> {
  return open(path, 'a', 0o600);
}

async function writeAside(path: string, records: readonly LogRecord[]): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

async function readRecords(path: string): Promise<readonly LogRecord[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line) => recordOf(jsonOf(line)) ?? []);
}

/** A record as this file wrote it; anything else is a line that a crash cut off. */
function recordOf(value: unknown): LogRecord | undefined {
  const kind = fieldOf(value, 'kind');
  if (kind !== 'delivery' && kind !== 'told') return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody else writes the file
  return value as LogRecord;
}
