import { describe, expect } from 'vitest';

import { NOW, test } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';
const LATER = '2026-03-02T09:30:00Z';
const ask = { key: 'k', meter: 'posts', scheduledAt, platforms: ['linkedin', 'x'] };

describe('given a key that was used', () => {
  test('when the same request comes again, then it gets the first answer and takes nothing', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 2 });
    const first = await tell(NOW, 'reserve', ask);
    await tell(NOW, 'reserve', { ...ask, key: 'other' });
    expect(await tell(LATER, 'reserve', ask)).toEqual({ ...first, replayed: true });
    expect(await count()).toEqual({ used: 0, held: 2 });
  });

  test('when platforms come in another order, twice, or with another `at`, then it is the same request', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'reserve', ask);
    const again = { ...ask, platforms: ['X', 'linkedin', 'x'], at: LATER };
    expect(await tell(NOW, 'reserve', again)).toMatchObject({ replayed: true });
    const channels = [
      { id: '1', platform: 'x' },
      { id: '2', platform: 'linkedin' },
    ];
    const post = { idempotencyKey: 'p', scheduledAt };
    await tell(NOW, 'postCreated', { ...post, channels, at: NOW });
    const turned = { ...post, channels: channels.toReversed(), at: LATER };
    expect(await tell(NOW, 'postCreated', turned)).toMatchObject({ replayed: true });
    expect(await count()).toEqual({ used: 0, held: 2 });
  });

  test.for([
    { name: 'quantity', change: { quantity: 2 } },
    { name: 'time', change: { scheduledAt: '2026-03-04T10:00:00Z' } },
    { name: 'platforms', change: { platforms: ['x'] } },
    { name: 'meter', change: { meter: 'reports' } },
  ])('when another $name is asked with it, then it is a conflict', async ({ change }, { desk }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'reserve', ask);
    const other = tell(NOW, 'reserve', { ...ask, ...change });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(await count()).toEqual({ used: 0, held: 1 });
  });

  test('when it was denied, then it stays denied although there is room by now', async ({
    desk,
  }) => {
    const { tell, tier } = await desk({ posts: 1, price: '1' });
    const larger = await tier({ posts: 2, price: '2' });
    await tell(NOW, 'reserve', { ...ask, key: 'first' });
    const denied = await tell(NOW, 'reserve', ask);
    expect(denied).toMatchObject({
      decision: 'deny',
      nextFitAt: new Date('2026-03-09T00:00:00Z'),
      suggestedTier: { id: larger },
    });
    await tell(NOW, 'release', { key: 'first' });
    expect(await tell(NOW, 'reserve', ask)).toEqual({ ...denied, replayed: true });
    expect((await tell(NOW, 'reserve', { ...ask, key: 'new' })).decision).toBe('warn');
  });

  test('when its time has passed since, then the first answer still comes: keys before judging', async ({
    desk,
  }) => {
    const { tell } = await desk({ posts: 5 });
    const first = await tell(NOW, 'reserve', ask);
    expect(await tell('2026-04-01T00:00:00Z', 'reserve', ask)).toEqual({
      ...first,
      replayed: true,
    });
  });

  test('when another client uses it, then it is another key', async ({ desk }) => {
    const [one, two] = [await desk({ posts: 5 }), await desk({ posts: 5 })];
    await one.tell(NOW, 'reserve', ask);
    expect(await two.tell(NOW, 'reserve', ask)).toMatchObject({ replayed: false });
  });
});

describe('given a request that was refused as invalid', () => {
  test('when it is put right, then its key is still free', async ({ desk }) => {
    const { tell } = await desk({ posts: 5 });
    const past = { ...ask, scheduledAt: '2026-02-03T10:00:00Z' };
    await expect(tell(NOW, 'reserve', past)).rejects.toMatchObject({ code: 'scheduled_in_past' });
    expect(await tell(NOW, 'reserve', ask)).toMatchObject({ decision: 'allow', replayed: false });
  });
});

describe('given posts that are told with a key', () => {
  const post = { postId: 'a', idempotencyKey: 'k', scheduledAt };

  test('when a draft or an edit is told twice, then the second gets the first answer', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    const draft = { ...post, idempotencyKey: 'd', status: 'draft' };
    const first = await tell(NOW, 'postCreated', draft);
    expect(await tell(NOW, 'postCreated', draft)).toEqual({ ...first, replayed: true });
    await tell(NOW, 'postCreated', post);
    const edit = { ...post, idempotencyKey: 'e', scheduledAt: '2026-03-10T10:00:00Z' };
    const moved = await tell(NOW, 'postUpdated', edit);
    await tell(NOW, 'postUpdated', { ...post, idempotencyKey: 'f' });
    expect(await tell(NOW, 'postUpdated', edit)).toEqual({ ...moved, replayed: true });
    expect(await count()).toEqual({ used: 0, held: 1 });
  });

  test('when the first was denied and never had a post, then its id may come later by attach', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    const { postId: _none, ...keyed } = post;
    const answer = await tell(NOW, 'postCreated', keyed);
    await tell(NOW, 'attach', {
      reservationId: answer.reservationId,
      posts: [{ channelId: 'li', postId: 'a' }],
    });
    expect(await tell(NOW, 'postPublished', { postId: 'a' })).toMatchObject({
      status: 'committed',
      flags: [],
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });
});
