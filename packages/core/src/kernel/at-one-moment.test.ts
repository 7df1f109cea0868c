import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { test as base } from '../testing/index.ts';
import { atOneMoment, createContext, inTransaction, type ServiceContext } from './context.ts';

const AGENCY = `insert into retainer.agency (id, name, time_zone, currency, created_at)
  values ($1, 'An agency', 'UTC', 'EUR', now())`;
const AGENCIES = 'select id from retainer.agency';

let agencies = 0;

const test = base.extend('register', ({ database }) => async (): Promise<ServiceContext> => {
  agencies += 1;
  const ctx = createContext({
    orm: database.orm,
    readPool: database.readPool,
    agencyId: `looked-at-${agencies}`,
    actor: { kind: 'system', id: 'test' },
    now: () => new Date('2026-03-02T00:00:00Z'),
  });
  await inTransaction(ctx, (em) => sqlSession(em).query(AGENCY, [ctx.agencyId]));
  return ctx;
});

function rename(ctx: ServiceContext, name: string): Promise<unknown> {
  const text = 'update retainer.agency set name = $1';
  return inTransaction(ctx, (em) => sqlSession(em).query(text, [name]));
}

describe('given reads at one moment', () => {
  test('when two agencies look at once, then each sees itself alone', async ({ register }) => {
    const contexts = await Promise.all(Array.from({ length: 12 }, register));
    const seen = await Promise.all(
      contexts.map((ctx) => atOneMoment(ctx, (sql) => sql.query(AGENCIES, []))),
    );
    expect(seen).toEqual(contexts.map(({ agencyId }) => [{ id: agencyId }]));
  });

  test('when something changes in between, then the later ones do not see it', async ({
    register,
  }) => {
    const ctx = await register();
    const names = await atOneMoment(ctx, async (sql) => {
      const before = await sql.query('select name from retainer.agency', []);
      await rename(ctx, 'Renamed');
      return [before, await sql.query('select name from retainer.agency', [])];
    });
    expect(names).toEqual([[{ name: 'An agency' }], [{ name: 'An agency' }]]);
  });

  test('when one of them writes, then it is refused', async ({ register }) => {
    const ctx = await register();
    const text = 'update retainer.agency set name = $1';
    const written = atOneMoment(ctx, (sql) => sql.query(text, ['Forged']));
    await expect(written).rejects.toThrow(/read-only transaction/u);
  });

  test('when one of several fails, then its error is told and the connections go on', async ({
    register,
    database,
  }) => {
    const ctx = await register();
    const divided = atOneMoment(ctx, (sql) =>
      Promise.all([sql.query('select 1 / $1::int', [0]), sql.query(AGENCIES, [])]),
    );
    await expect(divided).rejects.toThrow(/division by zero/u);
    const rounds = Array.from({ length: 20 }, () =>
      atOneMoment(ctx, (sql) => sql.query(AGENCIES, [])),
    );
    for (const rows of await Promise.all(rounds)) expect(rows).toEqual([{ id: ctx.agencyId }]);
    const { rows } = await database.readPool.query(AGENCIES);
    expect(rows).toEqual([]);
  });

  test('when it is inside a transaction, then it sees what that has written', async ({
    register,
  }) => {
    const ctx = await register();
    const seen = await inTransaction(ctx, async (em) => {
      await sqlSession(em).query('update retainer.agency set name = $1', ['Half done']);
      return atOneMoment(ctx, (sql) => sql.query('select name from retainer.agency', []));
    });
    expect(seen).toEqual([{ name: 'Half done' }]);
  });

  test('when there is no pool for it, then it reads through the unit of work', async ({
    register,
  }) => {
    const { readPool: _none, ...ctx } = await register();
    const seen = await atOneMoment(ctx, (sql) =>
      Promise.all([sql.query(AGENCIES, []), sql.query(AGENCIES, [])]),
    );
    expect(seen).toEqual([[{ id: ctx.agencyId }], [{ id: ctx.agencyId }]]);
  });
});
