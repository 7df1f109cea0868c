import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** Starts a script that says where it listens. */
export async function startProcess(
  script: URL,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script.pathname, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { url: await listeningUrl(child), pid: child.pid ?? 0, close: () => end(child) };
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('a process without an output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (?<url>http:\/\/[^\s,]+)/u.exec(line)?.groups?.['url'];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error('a process did not start');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
