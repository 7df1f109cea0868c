import { randomUUID } from 'node:crypto';

import * as core from '@retainer/core';
import { asOwner, cloneDatabase, silentLog } from '@retainer/core/testing';
import pg from 'pg';
import { describe, expect, expectTypeOf, test as base } from 'vitest';

import { createHostHooks } from '../hooks/create-host-hooks.ts';
import type { RunSql } from '../outbox/postgres-outbox.ts';
import type { CoreLibrary } from './core-library.ts';
import type { LibraryHooks } from './library-hooks.ts';

const NOW = '2026-03-02T12:00:00Z';
const now = () => new Date(NOW);
const agencyWorkspaceId = 'acme';
const clientWorkspaceId = 'bakery';
const post = (postId: string) =>
  ({ clientWorkspaceId, postId, scheduledAt: '2026-03-03T10:00:00Z', platforms: ['x'] }) as const;

/** `test` with a host whose table stands beside Retainer's schema, in one database. */
const test = base.extend('host', { scope: 'file' }, async ({}, { onCleanup }) => {
  const ownerUrl = await cloneDatabase();
  const database = await core.openDatabase({ url: ownerUrl, log: silentLog });
  const { orm } = database;
  const actor = { kind: 'system', id: 'host' } as const;
  const context = core.createContext({ orm, agencyId: agencyWorkspaceId, actor, now });
  const facts = { name: 'Acme', timeZone: 'UTC', currency: 'USD' };
  await core.upsertAgency(context, core.UpsertAgencyInput.parse({ ...facts }));
  const client = { clientWorkspaceId, name: 'Bakery' };
  await core.upsertClient(context, core.UpsertClientInput.parse(client));
  await core.createDefaultTiers(context);
  const bronze = { clientWorkspaceId, tierId: 'bronze' };
  await core.assignTierToClient(context, core.AssignTierInput.parse(bronze));
  await asOwner(
    ownerUrl,
    `create table post (id text primary key);
     create role scheduler_${process.pid} login password 'secret' in role retainer_service;
     grant all on post to scheduler_${process.pid}`,
  );
  const url = new URL(ownerUrl);
  url.username = `scheduler_${process.pid}`;
  url.password = 'secret';
  const pool = new pg.Pool({ connectionString: url.href });
  onCleanup(async () => {
    await pool.end();
    await database.close();
    await asOwner(ownerUrl, `drop owned by scheduler_${process.pid}`);
    await asOwner(ownerUrl, `drop role scheduler_${process.pid}`);
  });
  const posts = async () => (await pool.query<{ id: string }>('select id from post')).rows;
  const count = async () => {
    const { usage } = await core.getClientTier(context, { clientWorkspaceId });
    const row = usage.find(({ meter }) => meter === 'posts');
    return { used: row?.used, held: row?.held };
  };
  /** Runs `work` in a transaction of the host's, which ends as it says. */
  const within = async (work: (host: Within) => Promise<'commit' | 'rollback'>) => {
    const connection = await pool.connect();
    const query: RunSql = async (text, values) =>
      (await connection.query<object>(text, [...values])).rows;
    try {
      await query('begin', []);
      const hooks = createHostHooks({ core, query, agencyWorkspaceId, context, now });
      const end = await work({ query, hooks });
      await query(end, []);
    } catch (error) {
      await query('rollback', []);
      throw error;
    } finally {
      connection.release();
    }
  };
  return { posts, count, within };
});

interface Within {
  readonly query: RunSql;
  readonly hooks: LibraryHooks;
}

describe('given a host that runs core in its own transaction', () => {
  test('when it commits, then its row and the hold are there', async ({ host }) => {
    expectTypeOf<typeof core>().toExtend<CoreLibrary>();
    const before = await host.count();
    const id = randomUUID();
    await host.within(async ({ query, hooks }) => {
      await query('insert into post values ($1)', [id]);
      const decision = await hooks.postCreated(post(id));
      expect(decision).toMatchObject({ decision: 'allow', flags: [] });
      expect(decision.usage[0]?.window?.start).toBe('2026-03-02T00:00:00.000Z');
      return 'commit';
    });
    expect(await host.posts()).toContainEqual({ id });
    expect(await host.count()).toEqual({ ...before, held: (before.held ?? 0) + 1 });
    await host.within(async ({ hooks }) => {
      expect(await hooks.postPublished({ clientWorkspaceId, postId: id })).toMatchObject({
        status: 'committed',
        flags: [],
      });
      return 'commit';
    });
    expect(await host.count()).toEqual({ ...before, used: (before.used ?? 0) + 1 });
  });

  test('when it rolls back, then neither is there', async ({ host }) => {
    const before = await host.count();
    const id = randomUUID();
    await host.within(async ({ query, hooks }) => {
      await query('insert into post values ($1)', [id]);
      await hooks.postCreated(post(id));
      return 'rollback';
    });
    expect(await host.posts()).not.toContainEqual({ id });
    expect(await host.count()).toEqual(before);
  });

  test('when it only asks, then nothing stays of the question', async ({ host }) => {
    const before = await host.count();
    const { scheduledAt } = post('');
    await host.within(async ({ hooks }) => {
      const question = { clientWorkspaceId, scheduledAt, platforms: ['x'] };
      expect(await hooks.beforePublish(question)).toMatchObject({ reservationId: null });
      const many = { ...question, quantity: 6 };
      expect(await hooks.beforePublish(many)).toMatchObject({ decision: 'deny' });
      return 'commit';
    });
    expect(await host.count()).toEqual(before);
  });

  test('when a call is wrong, then it says what, as the service does', async ({ host }) => {
    const wrong = (work: (host: Within) => Promise<unknown>) =>
      host.within(async (within) => {
        await work(within);
        return 'commit';
      });
    await expect(
      wrong(({ hooks }) => hooks.postCreated({ ...post('a'), scheduledAt: 'yesterday' })),
    ).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'scheduledAt' }] });
    await expect(
      wrong(({ hooks }) => hooks.postCreated({ ...post('a'), clientWorkspaceId: 'nobody' })),
    ).rejects.toMatchObject({ name: 'HookError', code: 'not_found', isUnavailable: false });
    await expect(
      wrong(({ hooks }) => hooks.postCreated({ ...post('a'), agencyWorkspaceId: 'other' })),
    ).rejects.toThrow(/needs a transaction of its own/u);
  });

  test('when it has figures, then core keeps them', async ({ host }) => {
    await host.within(async ({ hooks }) => {
      const seen = { platform: 'x', metric: 'likes', kind: 'lifetime', value: 3, at: NOW } as const;
      const observations = [{ postId: 'p', ...seen }];
      expect(await hooks.recordMetrics({ clientWorkspaceId, observations })).toMatchObject({
        accepted: 1,
        added: 1,
      });
      return 'commit';
    });
  });
});
