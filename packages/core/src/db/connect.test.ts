import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

import pg from 'pg';
import { describe, expect } from 'vitest';

import { silentLog, test } from '../testing/index.ts';
import { openDatabase } from './connect.ts';

describe('given the service’s connections', () => {
  test('when asked who they are, then all pools say the bound role', async ({ database }) => {
    const sql = 'select current_user as role';
    expect((await database.readPool.query(sql)).rows).toEqual([{ role: 'retainer_service' }]);
    expect((await database.gatePool.query(sql)).rows).toEqual([{ role: 'retainer_service' }]);
    expect(await database.orm.em.fork().execute(sql)).toEqual([{ role: 'retainer_service' }]);
  });

  test('when the same query runs on all, then the values are the same', async ({ database }) => {
    const sql = `select 9007199254740993 as big, 1.50::numeric as amount, date '2026-03-01' as day,
      timestamptz '2026-03-01 12:00+01' as at, array[timestamptz '2026-03-01 12:00+01'] as ats,
      '{"a":[1]}'::jsonb as doc, null as nothing`;
    const { rows } = await database.gatePool.query(sql);
    expect(rows).toEqual(await database.orm.em.fork().execute(sql));
    expect((await database.readPool.query(sql)).rows).toEqual(rows);
    expect(rows).toMatchObject([{ big: '9007199254740993', at: '2026-03-01 11:00:00+00' }]);
  });

  test('when row-level security is switched off, then queries fail instead of showing all', async ({
    database,
  }) => {
    const client = await database.gatePool.connect();
    try {
      await client.query('set row_security = off');
      await expect(client.query('select * from retainer.client')).rejects.toThrow(
        /row-level security/u,
      );
    } finally {
      client.release(true);
    }
  });

  test('when asked what the role owns, then it is nothing', async ({ database }) => {
    const { rows } = await database.gatePool.query(
      "select relname from pg_class where pg_has_role('retainer_service', relowner, 'usage')",
    );
    expect(rows).toEqual([]);
  });

  test.for([
    'update retainer.audit_log set action = action',
    'delete from retainer.audit_log',
    'update retainer.usage_ledger set agency_id = agency_id',
    'delete from retainer.usage_ledger',
    'truncate retainer.client',
    'update retainer.migration set checksum = checksum',
    'drop table retainer.client',
    'create table retainer.mine (id int)',
    'alter table retainer.client disable row level security',
    'select * from retainer_jobs.job',
  ])('when it tries to %s, then it is refused', async (sql, { database }) => {
    await expect(database.gatePool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('given a URL with wishes of its own', () => {
  test('when it asks for another role, then the service’s role wins', async ({ database }) => {
    const url = new URL(database.ownerUrl);
    url.searchParams.set('options', '-c role=none -c work_mem=5MB');
    const opened = await openDatabase({ url: url.href, log: silentLog });
    const { rows } = await opened.gatePool.query(
      "select current_user as role, current_setting('work_mem') as work_mem",
    );
    expect(rows).toEqual([{ role: 'retainer_service', work_mem: '5MB' }]);
    await opened.close();
  });
});

describe('given a server that breaks connections', () => {
  test('when they were idle, then the pools open others', async ({ database }) => {
    const { orm, gatePool, close } = await openDatabase({
      url: database.ownerUrl,
      log: silentLog,
    });
    await orm.em.fork().execute('select 1');
    await terminate(database.ownerUrl);
    const one = async (): Promise<unknown> => orm.em.fork().execute('select 1 as one');
    await expect.poll(() => one().catch(() => undefined)).toEqual([{ one: 1 }]);
    expect((await gatePool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await close();
  });

  test('when they were in transactions, then the pool gets their places back', async ({
    database,
  }) => {
    const { orm, close } = await openDatabase({ url: database.ownerUrl, log: silentLog });
    const pool = await orm.em.getConnection().getNativeClient();
    const broken = orm.em.fork().transactional(async (em) => {
      await em.execute('select 1');
      await terminate(database.ownerUrl);
      await em.execute('select 1');
    });
    await expect(broken).rejects.toThrow(/connection/u);
    expect(pool.totalCount).toBe(0);
    await close();
  });
});

describe('given a line on which connections go silent', () => {
  test('when statements wait on them, then they are given up, and others work', async ({
    database,
    onTestFinished,
  }) => {
    const line = await forgetfulLine(database.ownerUrl);
    onTestFinished(line.close);
    const { orm, gatePool, readPool, close } = await openDatabase({
      url: line.url,
      log: silentLog,
      silenceMs: 300,
    });
    const ways = [
      () => gatePool.query('select 1 as one'),
      () => readPool.query('select 1 as one'),
      () => orm.em.fork().transactional((em) => em.execute('select 1 as one')),
    ];
    await Promise.all(ways.map((ask) => ask()));
    line.forget();
    const silent = await Promise.all(
      ways.map((ask) => ask().then(String, ({ message }: Error) => message)),
    );
    expect(silent.map((message) => /Query read timeout/u.test(message))).toEqual([
      true,
      true,
      true,
    ]);
    await Promise.all(ways.map((ask) => ask()));
    const pool = await orm.em.getConnection().getNativeClient();
    expect(pool.totalCount).toBe(1);
    await close();
  });
});

/** A way to the same database, whose open connections can be made to say nothing more, without an end. */
async function forgetfulLine(ownerUrl: string) {
  const url = new URL(ownerUrl);
  const target = { port: Number(url.port), host: url.hostname };
  const open = new Set<Socket>();
  const forgotten = new Set<Socket>();
  const server = createServer((inward) => {
    const outward = connect(target);
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      open.add(from);
      from.on('error', () => undefined).on('data', (part) => forgotten.has(from) || to.write(part));
      from.on('close', () => forgotten.has(from) || to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    forget: () => {
      for (const socket of open) forgotten.add(socket);
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** Ends every connection of the service to this database, as a restart would. */
async function terminate(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await owner.end();
}
