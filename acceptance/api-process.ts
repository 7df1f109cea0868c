import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { RunnerError } from './case-file.ts';
import type { Target } from './rest.ts';

/** An API that answers, until it is stopped. */
export interface RunningApi {
  readonly target: Target;
  /** Ends the process if we started it, and removes its files. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../apps/api/src/main.ts', import.meta.url));
const START_MS = 120_000;
const STOP_MS = 20_000;

/**
 * The API of `RETAINER_URL` when that is set; else one of our own with the test clock on, on a free port,
 * on `DATABASE_URL` or on a new embedded PostgreSQL in a temporary folder.
 */
export async function openApi(env: NodeJS.ProcessEnv): Promise<RunningApi> {
  const url = env['RETAINER_URL'];
  if (url === undefined || url === '') return startApi(env);
  const adminToken = env['RETAINER_ADMIN_TOKEN'];
  if (adminToken === undefined || adminToken === '') {
    throw new RunnerError(
      'RETAINER_URL is set: set RETAINER_ADMIN_TOKEN to the admin token of that API too',
    );
  }
  return { target: { url, adminToken }, stop: async () => {} };
}

async function startApi(env: NodeJS.ProcessEnv): Promise<RunningApi> {
  const adminToken = randomBytes(32).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'retainer-acceptance-'));
  // The embedded PostgreSQL may run as another user, who must be able to walk through.
  await chmod(folder, 0o755);
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: settingsFor(env, { adminToken, folder }),
  });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { target: { url: await listeningUrl(child), adminToken }, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function settingsFor(
  env: NodeJS.ProcessEnv,
  own: { readonly adminToken: string; readonly folder: string },
): NodeJS.ProcessEnv {
  const { RETAINER_URL: _url, NODE_ENV: _mode, ...inherited } = env;
  return {
    ...inherited,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn',
    DATA_DIR: own.folder,
    RETAINER_TEST_CLOCK: 'on',
    RETAINER_ADMIN_TOKEN: own.adminToken,
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void =>
      reject(new RunnerError(`the API did not start: ${why}\n${output.slice(-4000)}`));
    const timer = setTimeout(() => fail(`nothing listens after ${START_MS} ms`), START_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const url = /listening on (https?:\/\/[^\s"\\]+)[\s"\\]/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.stdout?.off('data', read).resume();
      child.stderr?.off('data', read).on('data', (late: Buffer) => process.stderr.write(late));
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (cause) => fail(cause.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`its process ended with ${code ?? signal}`);
    });
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
