import { describe, expect } from 'vitest';

import { NOW, test } from '../gate/testing/gate-world.ts';
import { hookContext } from '../gate/testing/ledger.ts';
import { tellHook, tellHooks } from './tell-hook.ts';

const scheduledAt = '2026-03-03T10:00:00Z';
const post = (postId: string) => ({ type: 'postCreated', postId, scheduledAt }) as const;

describe('given a batch of hooks', () => {
  test('when some are refused or denied, then each is answered by itself, in order', async ({
    desk,
  }) => {
    const { events, count } = await desk({ posts: 2 });
    const results = await events(NOW, [
      post('a'),
      { ...post('b'), scheduledAt: '2026-02-03T10:00:00Z' },
      { type: 'postCreated', postId: 'c', scheduledAt, publishNow: true },
      post('d'),
      post('e'),
      { type: 'postPublished', postId: 'a' },
      { type: 'postUpdated', postId: 'd', status: 'draft' },
      post('e'),
    ]);
    expect(
      results.map((one) => (one.ok ? JSON.stringify(one.answer).slice(0, 25) : one.error.code)),
    ).toEqual([
      '{"decision":"allow","rese',
      'scheduled_in_past',
      'invalid_input',
      '{"decision":"warn","reser',
      '{"decision":"deny","reser',
      '{"status":"committed","re',
      '{"decision":"allow","rese',
      '{"decision":"warn","reser',
    ]);
    expect(await count()).toEqual({ used: 1, held: 1 });
  });

  test('when it is atomic and all are allowed, then all are taken', async ({ desk }) => {
    const { events, count } = await desk({ posts: 2 });
    const results = await events(NOW, [post('a'), post('b')], { atomic: true });
    expect(results.every((one) => one.ok)).toBe(true);
    expect(await count()).toEqual({ used: 0, held: 2 });
  });

  test.for([
    { name: 'denied', last: post('c') },
    { name: 'refused', last: { ...post('c'), scheduledAt: '2026-02-03T10:00:00Z' } },
    { name: 'malformed', last: { ...post('c'), publishNow: true } },
  ])(
    'when it is atomic and one is $name, then none is taken and none reads as taken',
    async ({ last }, { desk }) => {
      const { events, counters } = await desk({ posts: 2 });
      const results = await events(NOW, [post('a'), post('b'), last], { atomic: true });
      expect(await counters()).toEqual([]);
      const first = results.slice(0, 2).map((one) => (one.ok ? 'taken' : one.error.code));
      expect(first).toEqual(['conflict', 'conflict']);
    },
  );

  test('when a key comes twice in it, then the second gets the first answer, a denial in full', async ({
    desk,
  }) => {
    const { events } = await desk({ posts: 0 });
    const ask = { type: 'reserve', key: 'k', meter: 'posts', scheduledAt } as const;
    const [first, second] = await events(NOW, [ask, ask]);
    expect(first).toMatchObject({ ok: true, answer: { decision: 'deny', replayed: false } });
    expect(second).toEqual({
      ok: true,
      answer: { ...(first?.ok && first.answer), replayed: true },
    });
  });
});

describe('given a channel that belongs to no client', () => {
  const call = {
    type: 'postCreated',
    input: {
      clientWorkspaceId: null,
      postId: 'a',
      publishNow: true,
      queue: false,
      observed: false,
    },
  } as const;

  test.for(['allow', 'deny'] as const)(
    'when the agency says %s, then that is the answer and nothing is counted',
    async (rule, { world, gate }) => {
      const context = {
        ...hookContext(world, gate, NOW),
        unassignedChannels: () => Promise.resolve(rule),
      };
      expect(await tellHook(context, call)).toMatchObject({
        decision: rule,
        reservationId: null,
        flags: ['channel_unassigned'],
        reasons: rule === 'deny' ? [{ code: 'no_assignment' }] : [],
      });
      const published = { clientWorkspaceId: null, postId: 'a' };
      expect(await tellHook(context, { type: 'postPublished', input: published })).toMatchObject({
        status: 'not_found',
      });
    },
  );

  test('when it is denied in an atomic batch, then none is taken', async ({ desk }) => {
    const { world, gate, clientId, counters } = await desk({ posts: 2 });
    const context = {
      ...hookContext(world, gate, NOW),
      unassignedChannels: () => Promise.resolve('deny' as const),
    };
    const input = { ...call.input, clientWorkspaceId: clientId };
    await tellHooks(context, [{ type: 'postCreated', input }, call], { atomic: true });
    expect(await counters()).toEqual([]);
  });
});
