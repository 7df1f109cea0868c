import { describe, expect } from 'vitest';

import { NOW, test } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';
const LATER = '2026-03-03T10:01:00Z';
const platforms = ['linkedin'];

describe('given a host that did not ask', () => {
  test('when it publishes what nobody knew, then it counts in its week, flagged', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    expect(
      await tell(LATER, 'postPublished', { postId: 'a', scheduledAt, platforms }),
    ).toMatchObject({
      status: 'committed',
      overLimit: false,
      flags: ['unchecked'],
    });
    expect(await tell(LATER, 'postPublished', { postId: 'b', platforms })).toMatchObject({
      status: 'committed',
      overLimit: true,
      flags: ['unchecked', 'over_limit_unchecked'],
    });
    expect(await count()).toEqual({ used: 2, held: 0 });
    expect(await count({ platform: 'linkedin' })).toEqual({ used: 2, held: 0 });
    expect(await tell(LATER, 'postPublished', { postId: 'b', platforms })).toMatchObject({
      replayed: true,
    });
    expect(await count()).toEqual({ used: 2, held: 0 });
  });

  test('when it publishes what was released or denied, then it counts, flagged', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', { postId: 'a', scheduledAt });
    await tell(NOW, 'postDeleted', { postId: 'a' });
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt });
    expect((await tell(NOW, 'postCreated', { postId: 'c', scheduledAt })).decision).toBe('deny');
    for (const postId of ['a', 'c']) {
      expect(await tell(LATER, 'postPublished', { postId })).toMatchObject({
        status: 'committed',
        late: false,
        overLimit: true,
        flags: ['unchecked', 'over_limit_unchecked'],
      });
    }
    expect(await count()).toEqual({ used: 2, held: 1 });
  });

  test('when it scheduled a post past every limit, then that is held and flagged, and settles as any other', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 0, platforms: { allowed: ['x'] } });
    const post = { postId: 'a', scheduledAt, platforms, observed: true };
    expect(await tell(NOW, 'postCreated', post)).toMatchObject({
      decision: 'warn',
      flags: ['unchecked', 'over_limit_unchecked'],
      reasons: [{ code: 'platform_not_in_tier' }, { code: 'limit_is_zero' }],
    });
    expect(await count()).toEqual({ used: 0, held: 1 });
    await tell(NOW, 'postDeleted', { postId: 'a' });
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when it publishes on one channel more than it asked for, then the post still counts once', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'postCreated', {
      postId: 'a',
      scheduledAt,
      channels: [{ id: '1', platform: 'x' }],
    });
    const channels = [
      { id: '1', platform: 'x' },
      { id: '2', platform: 'linkedin' },
    ];
    expect(await tell(LATER, 'postPublished', { postId: 'a', channels })).toMatchObject({
      flags: ['unchecked'],
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await count({ platform: 'linkedin' })).toEqual({ used: 1, held: 0 });
  });
});

describe('given a post that was published', () => {
  test('when a new occurrence is published, then that one counts, and its repeat does not', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'postCreated', { postId: 'a', scheduledAt });
    const publish = (occurrence: string) =>
      tell(LATER, 'postPublished', { postId: 'a', occurrence });
    // The first publish settles what was held, whatever the host calls it.
    expect(await publish('https://example.com/1')).toMatchObject({ flags: [] });
    expect(await publish('https://example.com/1')).toMatchObject({ replayed: true });
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await publish('https://example.com/2')).toMatchObject({ flags: ['unchecked'] });
    expect(await publish('https://example.com/2')).toMatchObject({ replayed: true });
    expect(await count()).toEqual({ used: 2, held: 0 });
  });

  test('when it is asked for once more by a new occurrence, then that is a new ask', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 2 });
    await tell(NOW, 'postCreated', { postId: 'a', scheduledAt });
    await tell(LATER, 'postPublished', { postId: 'a' });
    const again = (occurrence: string) =>
      tell(LATER, 'postCreated', { postId: 'a', occurrence, scheduledAt: '2026-03-05T10:00:00Z' });
    expect((await again('second')).decision).toBe('warn');
    expect(await count()).toEqual({ used: 1, held: 1 });
    expect((await again('third')).decision).toBe('deny');
    await tell(LATER, 'postPublished', { postId: 'a', occurrence: 'second' });
    expect(await count()).toEqual({ used: 2, held: 0 });
  });
});
