import { randomUUID } from 'node:crypto';

import pg from 'pg';
import { describe, expect } from 'vitest';

import { tellHook } from '../hooks/tell-hook.ts';
import { findDrift } from '../usage/sweep.ts';
import { hostGate } from './host-transaction.ts';
import { hookCall, NOW, test, type Desk, type Told } from './testing/gate-world.ts';
import { hookContext } from './testing/ledger.ts';

const scheduledAt = '2026-03-03T10:00:00Z';

interface Host {
  readonly connect: () => Promise<pg.Client>;
  readonly posts: () => Promise<string[]>;
}

/** `test` with a host in our database: a role of its own that may act as our service, and a table of its posts. */
const hosted = test.extend('host', async ({ database }, { onCleanup }): Promise<Host> => {
  const name = `host_${randomUUID().slice(0, 8)}`;
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`
    create role ${name} login password 'secret' in role retainer_service;
    create schema ${name} authorization ${name};
    create table ${name}.post (id text primary key, title text not null);
    alter table ${name}.post owner to ${name};
  `);
  const url = new URL(database.ownerUrl);
  url.username = name;
  url.password = 'secret';
  url.searchParams.set('options', `-c search_path=${name}`);
  const open: pg.Client[] = [];
  onCleanup(async () => {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
    await owner.query(`drop schema ${name} cascade; drop role ${name}`);
    await owner.end();
  });
  return {
    async connect() {
      const client = new pg.Client({ connectionString: url.href });
      client.on('error', () => undefined);
      await client.connect();
      open.push(client);
      return client;
    },
    async posts() {
      const { rows } = await owner.query<{ id: string }>(`select id from ${name}.post order by id`);
      return rows.map((row) => row.id);
    },
  };
});

function sessionOf(client: pg.Client) {
  return {
    async query<T>(text: string, values: readonly unknown[] = []): Promise<T[]> {
      return (await client.query(text, [...values])).rows as T[];
    },
  };
}

/** The host writes its post, then asks: last in its transaction, as it should. */
async function writePost(client: pg.Client, desk: Desk, postId: string, more: Told = {}) {
  await client.query("insert into post values ($1, 'Monday')", [postId]);
  return tell(client, desk, { postId, scheduledAt, ...more });
}

function tell(client: pg.Client, { world, clientId, gate }: Desk, body: Told) {
  const context = { ...hookContext(world, gate, NOW), gate: hostGate(sessionOf(client)) };
  return tellHook(context, hookCall('postCreated', { clientWorkspaceId: clientId, ...body }));
}

describe('given a host that runs our core in its own transaction', () => {
  hosted(
    'when it commits, then its post and our hold are there, and the post goes on from there',
    async ({ desk, host, database }) => {
      const place = await desk({ posts: 1 });
      const client = await host.connect();
      await client.query('begin');
      expect(await writePost(client, place, 'a')).toMatchObject({ decision: 'warn' });
      expect(await place.count()).toEqual({ used: 0, held: 0 });
      await client.query('commit');
      expect(await host.posts()).toEqual(['a']);
      expect(await place.count()).toEqual({ used: 0, held: 1 });
      await place.tell(NOW, 'postPublished', { postId: 'a' });
      expect(await place.count()).toEqual({ used: 1, held: 0 });
      expect(await findDrift(database.gatePool, place.world.agencyId)).toEqual([]);
    },
  );

  hosted(
    'when it rolls back, then neither is there, and its key is free',
    async ({ desk, host }) => {
      const place = await desk({ posts: 1 });
      const client = await host.connect();
      await client.query('begin');
      await writePost(client, place, 'a', { idempotencyKey: 'k' });
      await client.query('rollback');
      expect(await host.posts()).toEqual([]);
      expect(await place.counters()).toEqual([]);
      await client.query('begin');
      expect(await writePost(client, place, 'a', { idempotencyKey: 'k' })).toMatchObject({
        replayed: false,
      });
      await client.query('commit');
      expect(await place.count()).toEqual({ used: 0, held: 1 });
    },
  );

  hosted(
    'when its connection breaks before the commit, then neither is there',
    async ({ desk, host, database }) => {
      const place = await desk({ posts: 1 });
      const client = await host.connect();
      await client.query('begin');
      await writePost(client, place, 'a');
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      const owner = new pg.Client({ connectionString: database.ownerUrl });
      await owner.connect();
      await owner.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await owner.end();
      await ended;
      expect(await host.posts()).toEqual([]);
      expect(await place.counters()).toEqual([]);
      // Nothing of it is left to wait for.
      expect((await place.tell(NOW, 'postCreated', { postId: 'b', scheduledAt })).decision).toBe(
        'warn',
      );
    },
  );

  hosted(
    'when it is denied, then it may keep its own row and nothing is held',
    async ({ desk, host }) => {
      const place = await desk({ posts: 0 });
      const client = await host.connect();
      await client.query('begin');
      expect(await writePost(client, place, 'a')).toMatchObject({ decision: 'deny' });
      await client.query('commit');
      expect(await host.posts()).toEqual(['a']);
      expect(await place.count()).toEqual({ used: 0, held: 0 });
    },
  );

  hosted(
    'when two of its transactions ask for one client, then the second waits and sees the first',
    async ({ desk, host }) => {
      const place = await desk({ posts: 1 });
      const [first, second] = [await host.connect(), await host.connect()];
      await first.query('begin');
      await second.query('begin');
      await writePost(first, place, 'a');
      const waiting = writePost(second, place, 'b');
      const order: string[] = [];
      const done = waiting.then(() => order.push('second'));
      // Another client's transaction is not held up meanwhile.
      const neighbour = await desk({ posts: 1 });
      expect(
        (await neighbour.tell(NOW, 'postCreated', { postId: 'n', scheduledAt })).decision,
      ).toBe('warn');
      order.push('first');
      await first.query('commit');
      await done;
      expect(order).toEqual(['first', 'second']);
      expect(await waiting).toMatchObject({ decision: 'deny' });
      await second.query('commit');
      expect(await place.count()).toEqual({ used: 0, held: 1 });
    },
  );

  hosted(
    'when its transaction is of one agency, then it sees no other',
    async ({ desk, host, world }) => {
      const place = await desk({ posts: 1 });
      const other = await world.neighbour();
      const client = await host.connect();
      await client.query('begin');
      const foreign = { ...place, world: other };
      await expect(tell(client, foreign, { postId: 'a', scheduledAt })).rejects.toMatchObject({
        code: 'not_found',
      });
      await client.query('rollback');
    },
  );
});
