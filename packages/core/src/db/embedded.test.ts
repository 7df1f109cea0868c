import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import pg from 'pg';
import { test as base, describe, expect } from 'vitest';

import { discardDataDir, silentLog, temporaryDataDir } from '../testing/server.ts';
import { startEmbedded, type EmbeddedServer } from './embedded.ts';

const start = (dataDir: string): Promise<EmbeddedServer> =>
  startEmbedded({ dataDir, log: silentLog });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number.parseInt(await readFile(file, 'utf8'), 10) : undefined;
}

interface Holder {
  readonly url: string;
  readonly joined: boolean;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Another process that holds the server until told otherwise. */
async function startElsewhere(dataDir: string): Promise<Holder> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)};
    const log = { info() {}, warn() {}, error() {} };
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log });
    console.log(JSON.stringify(server));
    process.stdin.resume().once('end', () => server.stop());
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, joined } = JSON.parse(line) as { url: string; joined: boolean };
  const end = (act: () => void) => async (): Promise<void> => {
    act();
    await exited;
  };
  return {
    url,
    joined,
    kill: end(() => child.kill('SIGKILL')),
    stop: end(() => child.stdin.end()),
  };
}

const test = base.extend('dataDir', async ({}, { onCleanup }) => {
  const dataDir = await temporaryDataDir();
  onCleanup(() => discardDataDir(dataDir));
  return dataDir;
});

describe('given an empty data folder', () => {
  test('when a server is stopped and started again, then the data is there', async ({
    dataDir,
  }) => {
    const first = await start(dataDir);
    const { mode } = await stat(join(dataDir, 'postgres.password'));
    expect(mode & 0o777).toBe(0o600);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await postmasterPid(dataDir)).toBeUndefined();

    const second = await start(dataDir);
    expect(second.joined).toBe(false);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await query(second.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await second.stop();
  });

  test('when two processes start at once, then both work on one server', async ({ dataDir }) => {
    const both = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
    const [one, other] = both;
    expect(both.filter(({ joined }) => joined)).toHaveLength(1);
    await query(one.url, 'create table shared as select 1 as id');
    expect(await query(other.url, 'select id from shared')).toEqual([{ id: 1 }]);

    await one.stop();
    expect(await query(other.url, 'select id from shared')).toEqual([{ id: 1 }]);
    await other.stop();
    expect(await postmasterPid(dataDir)).toBeUndefined();
  });
});

describe('given a process that held the server and was killed', () => {
  test('when the next one starts, then it joins and finds the data', async ({ dataDir }) => {
    const killed = await startElsewhere(dataDir);
    await query(killed.url, 'create table kept as select 7 as id');
    await killed.kill();

    const next = await start(dataDir);
    expect(next.joined).toBe(true);
    expect(await query(next.url, 'select id from kept')).toEqual([{ id: 7 }]);
    await next.stop();
    expect(await postmasterPid(dataDir)).toBeUndefined();
  });

  test('when PostgreSQL was killed with it, then the next one recovers the data', async ({
    dataDir,
  }) => {
    const killed = await startElsewhere(dataDir);
    await query(killed.url, 'create table kept as select 8 as id');
    const pid = await postmasterPid(dataDir);
    await killed.kill();
    process.kill(Number(pid), 'SIGKILL');

    const next = await start(dataDir);
    expect(next.joined).toBe(false);
    expect(await query(next.url, 'select id from kept')).toEqual([{ id: 8 }]);
    await next.stop();
  });

  test('when its number belongs to another program by now, then the next one starts', async ({
    dataDir,
  }) => {
    await (await start(dataDir)).stop();
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n`);

    const next = await start(dataDir);
    expect(next.joined).toBe(false);
    await next.stop();
  });
});

describe('given root, in a folder closed to others', () => {
  test.skipIf(process.getuid?.() !== 0)(
    'when a server starts, then its files are kept where PostgreSQL reaches them',
    async ({ dataDir }) => {
      const closed = join(dataDir, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const folder = join(closed, 'data');
      const first = await start(folder);
      const home = await realpath(join(folder, 'postgres.home'));
      try {
        await query(first.url, 'create table kept as select 5 as id');
        await first.stop();
        const second = await start(folder);
        expect(await query(second.url, 'select id from kept')).toEqual([{ id: 5 }]);
        await second.stop();
      } finally {
        await discardDataDir(home);
      }
    },
  );
});

describe('given a server in use', () => {
  test('when PostgreSQL dies, then it comes back under the same URL', async ({ dataDir }) => {
    const server = await start(dataDir);
    await query(server.url, 'create table kept as select 9 as id');
    const before = Number(await postmasterPid(dataDir));
    process.kill(before, 'SIGKILL');

    await expect
      .poll(() => query(server.url, 'select id from kept').catch(() => []), { timeout: 15_000 })
      .toEqual([{ id: 9 }]);
    expect(await postmasterPid(dataDir)).not.toBe(before);
    await server.stop();
    expect(await postmasterPid(dataDir)).toBeUndefined();
  });

  test('when it cannot be started again for a while, then it is as soon as it can', async ({
    dataDir,
  }) => {
    const troubles: string[] = [];
    const log = { ...silentLog, error: (_: object, message: string) => troubles.push(message) };
    const server = await startEmbedded({ dataDir, log });
    await query(server.url, 'create table kept as select 10 as id');
    const folder = join(dataDir, 'postgres', 'global');
    await rename(folder, `${folder}.away`);
    process.kill(Number(await postmasterPid(dataDir)), 'SIGKILL');
    await expect.poll(() => troubles, { timeout: 15_000 }).toContain('PostgreSQL stays away');

    await rename(`${folder}.away`, folder);
    await expect
      .poll(() => query(server.url, 'select id from kept').catch(() => []), { timeout: 15_000 })
      .toEqual([{ id: 10 }]);
    await server.stop();
    expect(await postmasterPid(dataDir)).toBeUndefined();
  });
});

describe('given a data folder that cannot serve', () => {
  test('when another PostgreSQL made it, then the error names both versions', async ({
    dataDir,
  }) => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '16\n');
    await writeFile(join(dataDir, 'postgres.password'), 'secret');
    await expect(start(dataDir)).rejects.toThrow(/PostgreSQL 16.+PostgreSQL 18/u);
  });

  test('when other files are in its place, then the error says so', async ({ dataDir }) => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'holiday.jpg'), '');
    await expect(start(dataDir)).rejects.toThrow(/no PostgreSQL database/u);
  });

  test('when it is no folder, then the error says that it cannot be written', async ({
    dataDir,
  }) => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    await expect(start(file)).rejects.toThrow(/cannot be written/u);
  });

  test('when the password is gone, then the error says which file is missing', async ({
    dataDir,
  }) => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    await expect(start(dataDir)).rejects.toThrow(/postgres\.password is missing/u);
  });
});
