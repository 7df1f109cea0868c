import { openEntryLog, type LogLine } from './entry-log.ts';
import type { Entry, Handled, NewEntry, Outbox, RefusedEntry, WaitingAsk } from './outbox.ts';

/** Lines about messages that are gone, before the file is written anew without them. */
const SPENT_LINES = 2000;

/**
 * An outbox in a file of its own, for a host of one process. An entry is on the disk before `append` resolves.
 * A second process that opens the same file is refused.
 */
export async function openFileOutbox(path: string): Promise<Outbox> {
  const waiting = new Map<number, Entry>();
  const refused = new Map<number, RefusedEntry>();
  let last = 0;
  let spent = 0;

  const apply = (line: LogLine): void => {
    if ('entry' in line) {
      waiting.set(line.entry.id, line.entry);
      last = Math.max(last, line.entry.id);
    } else if ('readmitted' in line) {
      const entries = [...waiting.values(), ...refused.values()].map(withoutRefusal);
      waiting.clear();
      for (const entry of entries.toSorted((a, b) => a.id - b.id)) waiting.set(entry.id, entry);
      refused.clear();
    } else {
      spent += 2;
      settle(line.handled);
    }
  };
  const settle = ({ id, refusal }: Handled): void => {
    const entry = waiting.get(id);
    if (entry && refusal) refused.set(id, { ...entry, refusal });
    waiting.delete(id);
  };
  const lines = (): LogLine[] => {
    const entries = [...waiting.values(), ...refused.values()].map(withoutRefusal);
    return [
      ...entries.toSorted((a, b) => a.id - b.id).map((entry) => ({ entry })),
      ...[...refused.values()].map(({ id, refusal }) => ({ handled: { id, refusal } })),
    ];
  };

  const log = await openEntryLog(path, apply);
  await log.rewrite(lines());

  return {
    async append(entry: NewEntry) {
      last += 1;
      const line = { entry: { id: last, ...entry } };
      apply(line);
      try {
        await log.append([line]);
      } catch (error) {
        waiting.delete(line.entry.id);
        throw error;
      }
    },
    async waiting({ limit, lane }: WaitingAsk) {
      const found: Entry[] = [];
      for (const entry of waiting.values()) {
        if (found.length >= limit) break;
        if (lane === undefined || entry.lane === lane) found.push(entry);
      }
      return found;
    },
    async settle(handled) {
      const told = handled.map((one) => ({ handled: one }));
      await log.append(told);
      for (const line of told) apply(line);
      if (spent < SPENT_LINES) return;
      spent = 0;
      await log.rewrite(lines());
    },
    refused: async () => [...refused.values()],
    async readmit() {
      if (refused.size === 0) return;
      await log.append([{ readmitted: true }]);
      apply({ readmitted: true });
    },
    size: async () => ({ waiting: waiting.size, refused: refused.size }),
    // The lock on the file keeps other processes out, and one process has one courier.
    exclusively: async (work) => ({ value: await work() }),
    close: () => log.close(),
  };
}

function withoutRefusal({ id, lane, message }: Entry): Entry {
  return { id, lane, message };
}
