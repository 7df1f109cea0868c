import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { errorCode } from '../../kernel/error-code.ts';
import type { Cluster } from './cluster.ts';
import { run } from './run.ts';

/** Settings of the server, as `postgres -c name=value` takes them. */
export type ServerSettings = Readonly<Record<string, string | number>>;

/** A server that holds the cluster, by its own account in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // A page's first change after a checkpoint is logged whole; long histories have many pages.
  wal_compression: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** The server that holds the cluster now; a pid file that a crash left behind does not count. */
export function findPostmaster({ folder }: Cluster): Postmaster | undefined {
  const file = join(folder, 'postmaster.pid');
  const text = read(file);
  const [pid, , , port] = (text ?? '').split('\n').map(Number);
  if (!pid || !isAlive(pid)) return undefined;
  if (isPostgres(pid)) return { pid, port: port ?? 0 };
  // Another program got the number of the server that died; PostgreSQL itself would refuse to start.
  if (read(file) === text) rmSync(file, { force: true });
  return undefined;
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function isPostgres(pid: number): boolean {
  const commandLine = read(`/proc/${pid}/cmdline`);
  return commandLine === undefined || commandLine.includes('postgres');
}

/**
 * Starts the server and waits until it takes connections. `pg_ctl` puts it in a session of its own, so a Ctrl-C
 * meant for us does not reach it. Fails when another process was first, too: look again.
 */
export async function launch(
  { folder, user, binaries }: Cluster,
  settings: ServerSettings,
): Promise<void> {
  const all = { port: await freePort(), ...SETTINGS, ...settings };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}=${quoted(value)}`);
  const args = ['start', '-D', folder, '-l', logFile(folder), '-w', '-t', '300', '-s'];
  try {
    await run(binaries.pgCtl, [...args, '-o', flags.join(' ')], { as: user, cwd: folder });
  } catch (cause) {
    const tail = (await readFile(logFile(folder), 'utf8').catch(() => '')).split('\n').slice(-12);
    throw new Error(
      `PostgreSQL did not start on ${folder}. The end of its log:\n${tail.join('\n')}`,
      { cause },
    );
  }
}

/** `pg_ctl` hands the flags to a shell. */
function quoted(value: string | number): string {
  const text = String(value);
  return /^[\w./:-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Stops the server at once but in order: open transactions roll back, what was committed is on disk. */
export async function halt({ folder, user, binaries }: Cluster): Promise<void> {
  const args = ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '60', '-s'];
  await run(binaries.pgCtl, args, { as: user, cwd: folder });
}

function logFile(folder: string): string {
  return join(folder, 'server.log');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening, failed) => {
    probe.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  return address.port;
}
