import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url));
const CLOCK = new URL('drifting-clock.ts', import.meta.url).href;

/** What the environment of a process says. */
export type Settings = Readonly<Record<string, string>>;

/** The service in a process of its own that can be ended, begun again and told a wrong time. */
export interface ApiProcess {
  readonly url: string;
  /** Ends it, and waits until it has; answers with its exit code, if it had the time to have one. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
  /** Begins it again at the same address. */
  readonly begin: () => Promise<void>;
  readonly drift: (driftMs: number) => void;
  /** Whether it was down at some moment since. */
  readonly wasDownSince: (sinceMs: number) => boolean;
  /** Says each time that it ended though nobody ended it, once; and begins it again. */
  readonly takeCrashes: () => Promise<string[]>;
  /** The errors that it logged last. */
  readonly lastWords: () => readonly string[];
}

/** What a connection that was open when a process ended may still be told of it. */
const AFTERMATH_MS = 500;
/** How many lines of its log are kept, and how much of each. */
const WORDS = 5;
const MOST_LETTERS = 300;

/** Begins the service on a free port. What it logs goes to the errors of the drill. */
export async function startApiProcess(name: string, settings: Settings): Promise<ApiProcess> {
  const port = await freePort();
  const crashes: string[] = [];
  const words: string[] = [];
  let child: ChildProcess | undefined;
  let isUp = false;
  let upAgainAt = 0;

  const begin = async (): Promise<void> => {
    const started = spawn(process.execPath, ['--import', CLOCK, MAIN], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...settings, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child = started;
    await listening(name, started, words);
    started.once('exit', (code, signal) => {
      if (isUp) crashes.push(`the ${name} ended by itself: ${signal ?? code}`);
      isUp = false;
    });
    isUp = true;
    upAgainAt = performance.now();
  };
  await begin();
  return {
    url: `http://127.0.0.1:${port}`,
    async end(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return null;
      isUp = false;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
    begin,
    drift: (driftMs) => child?.send({ driftMs }),
    wasDownSince: (sinceMs) => !isUp || upAgainAt + AFTERMATH_MS > sinceMs,
    lastWords: () => [...words],
    async takeCrashes() {
      if (crashes.length > 0) await begin();
      return crashes.splice(0);
    },
  };
}

/** Resolves when it listens; whatever else it writes is kept. */
async function listening(name: string, { stdout }: ChildProcess, words: string[]): Promise<void> {
  if (!stdout) throw new Error('no output');
  const lines = createInterface(stdout);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  lines.on('close', () => reject(new Error(`the ${name} ended before it listened`)));
  lines.on('line', (line) => {
    if (line.startsWith('listening on ')) resolve();
    else words.push(line.slice(0, MOST_LETTERS));
    if (words.length > WORDS) words.shift();
  });
  await promise;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
