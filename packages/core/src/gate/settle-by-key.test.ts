import { describe, expect } from 'vitest';

import { NEXT_WEEK, NOW, test } from './testing/gate-world.ts';

const scheduledAt = '2026-03-08T23:59:00Z';

describe('given holds that are settled by key', () => {
  const key = 'k';
  const ask = { key, meter: 'posts', scheduledAt };

  test('when a key is unknown or was denied, then settling says so', async ({ desk }) => {
    const { tell } = await desk({ posts: 0 });
    expect(await tell(NOW, 'commit', { key })).toMatchObject({ status: 'not_found' });
    expect(await tell(NOW, 'release', { key })).toMatchObject({ status: 'not_found' });
    await tell(NOW, 'reserve', ask);
    const denied = { status: 'rejected', reason: 'was_denied' };
    expect(await tell(NOW, 'commit', { key })).toMatchObject(denied);
    expect(await tell(NOW, 'release', { key })).toMatchObject(denied);
    await expect(tell(NOW, 'move', { key, scheduledAt })).rejects.toMatchObject({
      code: 'not_held',
    });
  });

  test('when it was committed, then a second commit is replayed and a release is rejected', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'reserve', ask);
    expect(await tell(NOW, 'commit', { key })).toMatchObject({
      status: 'committed',
      replayed: false,
    });
    expect(await tell(NOW, 'commit', { key })).toMatchObject({
      status: 'committed',
      replayed: true,
    });
    expect(await tell(NOW, 'release', { key })).toMatchObject({
      status: 'rejected',
      reason: 'already_committed',
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when it was released, then a second release is replayed and a commit is rejected', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'reserve', ask);
    expect(await tell(NOW, 'release', { key })).toMatchObject({
      status: 'released',
      replayed: false,
    });
    expect(await tell(NOW, 'release', { key })).toMatchObject({
      status: 'released',
      replayed: true,
    });
    expect(await tell(NOW, 'commit', { key })).toMatchObject({
      status: 'rejected',
      reason: 'already_released',
    });
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when it expired, then a release is replayed and a commit is late', async ({ desk }) => {
    const { tell, count, sweep } = await desk({ posts: 1 });
    await tell(NOW, 'reserve', ask);
    expect(await sweep('2026-03-12T00:00:00Z')).toBe(1);
    expect(await tell(NOW, 'release', { key })).toMatchObject({
      status: 'released',
      replayed: true,
    });
    expect(await tell(NOW, 'commit', { key })).toMatchObject({ status: 'committed', late: true });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when it moves to another week, then its quantity goes along, or nothing does', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 3 });
    await tell(NOW, 'reserve', { ...ask, quantity: 2 });
    await tell(NOW, 'reserve', {
      key: 'other',
      meter: 'posts',
      quantity: 2,
      scheduledAt: '2026-03-10T10:00:00Z',
    });
    const moved = { key, scheduledAt: '2026-03-11T10:00:00Z' };
    expect((await tell(NOW, 'move', moved)).decision).toBe('deny');
    await tell(NOW, 'release', { key: 'other' });
    expect((await tell(NOW, 'move', moved)).decision).toBe('allow');
    expect(await count()).toEqual({ used: 0, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 2 });
  });
});
