import { appendFile, readFile, writeFile } from 'node:fs/promises';

import { emptyDatabase } from '@retainer/core/testing';
import { afterAll, describe, expect } from 'vitest';

import { openPool, test } from '../testing/outboxes.ts';
import { openFileOutbox } from './file-outbox.ts';
import type { Outbox } from './outbox.ts';
import { openPostgresOutbox } from './postgres-outbox.ts';

const pool = openPool(await emptyDatabase());
afterAll(() => pool.end());

const published = (postId: string) => ({
  lane: postId,
  message: { hook: 'postPublished', body: { clientWorkspaceId: 'bakery', postId } } as const,
});
const WRONG = { code: 'not_found', detail: 'There is no such client.' };

async function waitingIn(outbox: Outbox, lane?: string) {
  const ask = { limit: 100, ...(lane !== undefined && { lane }) };
  return (await outbox.waiting(ask)).map((entry) => entry.lane);
}

async function idsOf(outbox: Outbox) {
  return (await outbox.waiting({ limit: 100 })).map((entry) => entry.id);
}

describe.for([
  { kind: 'a file', open: (path: string) => openFileOutbox(path) },
  {
    kind: 'PostgreSQL',
    open: (path: string) =>
      openPostgresOutbox({
        query: pool.query,
        table: `box ${path.slice(-20).replaceAll('/', '-')}`,
      }),
  },
])('given an outbox in $kind', ({ open }) => {
  test('when messages come, then they wait in their order, by lane and across a restart', async ({
    path,
  }) => {
    const outbox = await open(path);
    await Promise.all(['a', 'b', 'a', 'c'].map((lane) => outbox.append(published(lane))));
    await outbox.close();
    const again = await open(path);
    expect((await waitingIn(again)).toSorted()).toEqual(['a', 'a', 'b', 'c']);
    const ids = await idsOf(again);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(await waitingIn(again, 'a')).toEqual(['a', 'a']);
    expect(await again.waiting({ limit: 2 })).toHaveLength(2);
    expect((await again.waiting({ limit: 1, lane: 'c' }))[0]?.message).toEqual(
      published('c').message,
    );
    await again.close();
  });

  test('when some are told and some refused, then the others wait, and the refused can wait again', async ({
    path,
  }) => {
    const outbox = await open(path);
    for (const lane of ['a', 'b', 'c']) await outbox.append(published(lane));
    const [first = 0, second = 0] = await idsOf(outbox);
    await outbox.settle([{ id: first, refusal: WRONG }, { id: second }]);
    await outbox.close();
    const again = await open(path);
    expect(await waitingIn(again)).toEqual(['c']);
    expect(await again.refused()).toMatchObject([{ id: first, lane: 'a', refusal: WRONG }]);
    expect(await again.size()).toEqual({ waiting: 1, refused: 1 });
    await again.readmit();
    await again.append(published('d'));
    await again.close();
    const last = await open(path);
    expect(await waitingIn(last)).toEqual(['a', 'c', 'd']);
    expect(await last.size()).toEqual({ waiting: 3, refused: 0 });
    await last.close();
  });
});

describe('given an outbox in a file', () => {
  test('when a write was cut off by a crash, then what was kept before it is there', async ({
    path,
  }) => {
    const outbox = await openFileOutbox(path);
    await outbox.append(published('a'));
    await outbox.close();
    await appendFile(path, '{"entry":{"id":2,"lane":"b"');
    const again = await openFileOutbox(path);
    expect(await waitingIn(again)).toEqual(['a']);
    await again.append(published('c'));
    await again.close();
    const last = await openFileOutbox(path);
    expect(await waitingIn(last)).toEqual(['a', 'c']);
    await last.close();
  });

  test('when thousands went through it, then the file stays small and loses nothing', async ({
    path,
  }) => {
    const outbox = await openFileOutbox(path);
    for (let round = 0; round < 6; round += 1) {
      const names = Array.from({ length: 200 }, (_, index) => `${round}-${index}`);
      // oxlint-disable-next-line no-await-in-loop -- round after round
      await Promise.all(names.map((name) => outbox.append(published(name))));
      // oxlint-disable-next-line no-await-in-loop -- round after round
      const ids = await idsOf(outbox);
      const late = outbox.append(published('late'));
      // oxlint-disable-next-line no-await-in-loop -- round after round
      await Promise.all([outbox.settle(ids.map((id) => ({ id }))), late]);
    }
    const { waiting } = await outbox.size();
    await outbox.close();
    expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(2400);
    const again = await openFileOutbox(path);
    expect((await again.size()).waiting).toBe(waiting);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(waiting + 1);
    await again.close();
  });

  test('when it is open already, then a second one is refused, also by another process', async ({
    path,
  }) => {
    const outbox = await openFileOutbox(path);
    await expect(openFileOutbox(path)).rejects.toThrow(/uses this outbox/u);
    await outbox.close();
    await writeFile(`${path}.lock`, String(process.ppid));
    await expect(openFileOutbox(path)).rejects.toThrow(`Process ${process.ppid} uses this outbox`);
    // Nobody has the number of a process that is gone.
    await writeFile(`${path}.lock`, String(2 ** 22 + 1));
    await (await openFileOutbox(path)).close();
  });

  test('when the file is not ours, then it says so and leaves it alone', async ({ path }) => {
    await writeFile(path, 'hello\n');
    await expect(openFileOutbox(path)).rejects.toThrow(/outbox:1 is not a line of an outbox/u);
    expect(await readFile(path, 'utf8')).toBe('hello\n');
  });
});

describe('given an outbox in PostgreSQL', () => {
  test('when two processes share it, then one at a time delivers', async () => {
    const options = { query: pool.query, table: 'shared.box' };
    await pool.query('create schema shared', []);
    const [one, other] = [await openPostgresOutbox(options), await openPostgresOutbox(options)];
    const met = await one.exclusively(() => other.exclusively(async () => 'both'));
    expect(met).toEqual({ value: undefined });
    expect(await other.exclusively(async () => 'mine')).toEqual({ value: 'mine' });
  });

  test('when the host rolls back, then its message goes with it', async () => {
    const outbox = await openPostgresOutbox({ query: pool.query, table: 'within' });
    const client = await pool.connect();
    await client.query('begin', []);
    await outbox.appendWithin(client.query, published('a'));
    await client.query('rollback', []);
    await client.query('begin', []);
    await outbox.appendWithin(client.query, published('b'));
    await client.query('commit', []);
    client.release();
    expect(await waitingIn(outbox)).toEqual(['b']);
  });
});
