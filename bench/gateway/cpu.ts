import { readdir, readFile } from 'node:fs/promises';

/** Processes by what they are for; PostgreSQL's by the one that started them all. */
export type Watched = Readonly<Record<string, { readonly pid: number; readonly isParent?: true }>>;

/** Processor time that each has used so far, in microseconds; nothing where the system has no `/proc`. */
export async function readCpu(watched: Watched): Promise<Readonly<Record<string, number>>> {
  const all = await processes();
  return Object.fromEntries(
    Object.entries(watched).map(([name, { pid, isParent }]) => {
      const own = all.filter((one) => one.pid === pid || (isParent && one.parent === pid));
      // What its children used that have ended since is its own.
      const ended = isParent ? (all.find((one) => one.pid === pid)?.endedMicros ?? 0) : 0;
      return [name, own.reduce((sum, { micros }) => sum + micros, ended)];
    }),
  );
}

/** The process that started this one. */
export async function parentOf(pid: number): Promise<number> {
  return (await processes()).find((one) => one.pid === pid)?.parent ?? 0;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly micros: number;
  /** Of its children that have ended. */
  readonly endedMicros: number;
}

/** A hundredth of a second, the unit of Linux for all who ask. */
const TICK_MICROS = 10_000;

async function processes(): Promise<Process[]> {
  const names = await readdir('/proc').catch((): string[] => []);
  const read = names.filter((name) => /^\d+$/u.test(name)).map((name) => processAt(name));
  return (await Promise.all(read)).flatMap((one) => one ?? []);
}

async function processAt(name: string): Promise<Process | undefined> {
  // It may have ended meanwhile.
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The command stands in brackets and may have any letter; state, parent and the rest follow.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (user: number): number => Number(fields[user]) + Number(fields[user + 1]);
  return {
    pid: Number(name),
    parent: Number(fields[1]),
    micros: ticks(11) * TICK_MICROS,
    endedMicros: ticks(13) * TICK_MICROS,
  };
}
