import { openEntryLog, type LogLine } from './entry-log.ts';
import type { Entry, Handled, NewEntry, Outbox, RefusedEntry, WaitingAsk } from './outbox.ts';

/** Lines about messages that are gone, before the file is written anew without them. */
const SPENT_LINES = 2000;

/**
 * An outbox in a file of its own, for a host of one process. An entry is on the disk before `append` resolves.
 * A second process that opens the same file is refused.
 */
export async function openFileOutbox(path: string): Promise<Outbox> {
  const book = createBook();
  const { waiting, refused, apply } = book;
  const log = await openEntryLog(path, apply);
  await log.rewrite(book.lines());
  return {
    async append(entry: NewEntry) {
      const line = { entry: { id: book.nextId(), ...entry } };
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
      if (book.isWorthRewriting()) await log.rewrite(book.lines());
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

interface Book {
  readonly waiting: Map<number, Entry>;
  readonly refused: Map<number, RefusedEntry>;
  readonly nextId: () => number;
  readonly apply: (line: LogLine) => void;
  /** All that is still of interest, as a file that begins anew. */
  readonly lines: () => LogLine[];
  readonly isWorthRewriting: () => boolean;
}

/** What the lines of the file add up to. */
function createBook(): Book {
  const waiting = new Map<number, Entry>();
  const refused = new Map<number, RefusedEntry>();
  let last = 0;
  let spent = 0;
  const all = (): Entry[] =>
    [...waiting.values(), ...refused.values()]
      .map(withoutRefusal)
      .toSorted((one, other) => one.id - other.id);
  const settle = ({ id, refusal }: Handled): void => {
    spent += 2;
    const entry = waiting.get(id);
    if (entry && refusal) refused.set(id, { ...entry, refusal });
    waiting.delete(id);
  };
  const readmit = (): void => {
    const entries = all();
    waiting.clear();
    refused.clear();
    for (const entry of entries) waiting.set(entry.id, entry);
  };
  return {
    waiting,
    refused,
    nextId: () => last + 1,
    apply(line) {
      if ('handled' in line) settle(line.handled);
      else if ('readmitted' in line) readmit();
      else {
        waiting.set(line.entry.id, line.entry);
        last = Math.max(last, line.entry.id);
      }
    },
    lines() {
      spent = 0;
      return [
        ...all().map((entry) => ({ entry })),
        ...[...refused.values()].map(({ id, refusal }) => ({ handled: { id, refusal } })),
      ];
    },
    isWorthRewriting: () => spent >= SPENT_LINES,
  };
}

function withoutRefusal({ id, lane, message }: Entry): Entry {
  return { id, lane, message };
}
