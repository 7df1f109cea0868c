import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { test as base } from '../testing/index.ts';
import { createContext, inTransaction, type ServiceContext } from './context.ts';

const AGENCY = `insert into retainer.agency (id, name, time_zone, currency, created_at)
  values ($1, 'An agency', 'UTC', 'EUR', now())`;
let agencies = 0;

const test = base.extend('open', ({ database }) => {
  const of = (agencyId: string): ServiceContext =>
    createContext({
      orm: database.orm,
      agencyId,
      actor: { kind: 'system', id: 'test' },
      now: () => new Date('2026-03-02T00:00:00Z'),
    });
  return {
    of,
    /** A context of an agency that is not there yet. */
    fresh(): ServiceContext {
      agencies += 1;
      return of(`agency-${agencies}`);
    },
  };
});

function register(ctx: ServiceContext): Promise<unknown> {
  return inTransaction(ctx, (em) => sqlSession(em).query(AGENCY, [ctx.agencyId]));
}

function visible(ctx: ServiceContext): Promise<{ id: string }[]> {
  return inTransaction(ctx, (em) => sqlSession(em).query('select id from retainer.agency', []), {
    readOnly: true,
  });
}

describe('given two agencies', () => {
  test('when each looks, then it sees itself alone', async ({ open }) => {
    const one = open.fresh();
    const other = open.fresh();
    await Promise.all([register(one), register(other)]);
    expect(await visible(one)).toEqual([{ id: one.agencyId }]);
    expect(await visible(other)).toEqual([{ id: other.agencyId }]);
  });

  test('when one writes as the other, then it is refused', async ({ open }) => {
    const one = open.fresh();
    const forged = inTransaction(one, (em) => sqlSession(em).query(AGENCY, ['somebody-else']));
    await expect(forged).rejects.toThrow(/row-level security/u);
  });

  test('when one works inside the other’s transaction, then it is refused', async ({ open }) => {
    const one = open.fresh();
    const other = open.fresh();
    const mixed = inTransaction(one, () => visible(other));
    await expect(mixed).rejects.toThrow(/one agency cannot serve another/u);
  });

  test('when the transaction is over, then its connection forgets the agency', async ({
    open,
    database,
  }) => {
    await register(open.fresh());
    const rows = await database.orm.em.fork().execute('select id from retainer.agency');
    expect(rows).toEqual([]);
  });
});

describe('given a use case that calls another', () => {
  test('when the outer one fails, then what the inner one wrote is gone', async ({ open }) => {
    const ctx = open.fresh();
    const failing = inTransaction(ctx, async () => {
      await register(ctx);
      expect(await visible(ctx)).toHaveLength(1);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await visible(ctx)).toEqual([]);
  });

  test('when the context is handed on with the inner `em`, then it joins as well', async ({
    open,
  }) => {
    const ctx = open.fresh();
    await inTransaction(ctx, async (em) => {
      await register({ ...ctx, em });
      expect(await visible(ctx)).toHaveLength(1);
    });
  });

  test('when two run side by side, then each has a transaction of its own', async ({ open }) => {
    const ctx = open.fresh();
    const id = (): Promise<{ id: string }[]> =>
      inTransaction(ctx, (em) =>
        sqlSession(em).query('select pg_current_xact_id()::text as id', []),
      );
    const [one, other] = await Promise.all([id(), id()]);
    expect(one).not.toEqual(other);
  });
});

describe('given a read-only transaction', () => {
  test('when it writes, then it is refused', async ({ open }) => {
    const ctx = open.fresh();
    const write = inTransaction(ctx, (em) => sqlSession(em).query(AGENCY, [ctx.agencyId]), {
      readOnly: true,
    });
    await expect(write).rejects.toThrow(/read-only transaction/u);
  });
});

describe('given a database that refuses', () => {
  test('when a row exists already, then it is a conflict', async ({ open }) => {
    const ctx = open.fresh();
    await register(ctx);
    await expect(register(ctx)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('when a lock is not had in time, then the database is unavailable', async ({
    open,
    database,
  }) => {
    const ctx = open.fresh();
    await register(ctx);
    const owner = await connect(database.ownerUrl);
    await owner.query('begin');
    await owner.query('lock table retainer.agency');
    const blocked = inTransaction(ctx, async (em) => {
      await sqlSession(em).query("set local lock_timeout = '50ms'", []);
      return em.execute('select id from retainer.agency');
    });
    await expect(blocked).rejects.toMatchObject({ code: 'unavailable' });
    await owner.end();
  });

  test('when the connection is lost, then the database is unavailable', async ({
    open,
    database,
  }) => {
    const owner = await connect(database.ownerUrl);
    const lost = inTransaction(open.fresh(), async (em) => {
      const pid = 'select pg_backend_pid() as pid';
      const [mine] = await sqlSession(em).query<{ pid: number }>(pid, []);
      await owner.query('select pg_terminate_backend($1, 5000)', [mine?.pid]);
      return em.execute('select 1');
    });
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    await owner.end();
  });

  test('when the server takes no connections, then the database is unavailable', async () => {
    const orm = new MikroORM({
      clientUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
      entities: [],
      discovery: { warnWhenNoEntities: false },
    });
    const ctx = createContext({
      orm,
      agencyId: 'any',
      actor: { kind: 'system', id: 'test' },
      now: () => new Date(0),
    });
    await expect(visible(ctx)).rejects.toMatchObject({ code: 'unavailable' });
    await orm.close(true);
  });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
