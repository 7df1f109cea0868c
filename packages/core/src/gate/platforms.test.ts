import { describe, expect } from 'vitest';

import { pauseClient } from '../billing/pause-client.ts';
import { NOW, test, type TierWish } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';

describe('given a tier that covers linkedin and x, one of them with a sub-limit', () => {
  const terms = {
    posts: 10,
    platforms: { allowed: ['linkedin', 'x', 'instagram'], max: 2, perPlatform: { instagram: 2 } },
  };

  test('when one platform of a post is not covered, then the whole post is denied', async ({
    desk,
  }) => {
    const { tell, counters } = await desk(terms);
    const platforms = ['linkedin', 'tiktok'];
    expect(await tell(NOW, 'postCreated', { postId: 'a', scheduledAt, platforms })).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'platform_not_in_tier', platform: 'tiktok' }],
    });
    expect(await counters()).toEqual([]);
  });

  test('when a third platform would come into use, then platform_count denies, and not for those in use', async ({
    desk,
  }) => {
    const { tell } = await desk(terms);
    const ask = (postId: string, platforms: string[]) =>
      tell(NOW, 'postCreated', { postId, scheduledAt, platforms });
    await ask('a', ['linkedin', 'x']);
    expect((await ask('b', ['x'])).decision).toBe('allow');
    expect(await ask('c', ['x', 'instagram'])).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'platform_count', limit: 2, used: 0, held: 2, asked: 1 }],
      nextFitAt: new Date('2026-03-09T00:00:00Z'),
    });
  });

  test('when a post leaves one platform for another, then only those it has afterwards are counted', async ({
    desk,
  }) => {
    const { tell, count } = await desk(terms);
    const ask = (postId: string, platforms: string[]) =>
      tell(NOW, 'postCreated', { postId, scheduledAt, platforms });
    await ask('a', ['linkedin', 'x']);
    expect((await ask('a', ['linkedin', 'instagram'])).decision).toBe('allow');
    expect(await count({ platform: 'x' })).toEqual({ used: 0, held: 0 });
    expect(await count({ platform: 'instagram' })).toEqual({ used: 0, held: 1 });
  });

  test('when the sub-limit is reached, then that platform alone is denied', async ({ desk }) => {
    const { tell, count } = await desk(terms);
    const ask = (postId: string, channels: string[]) =>
      tell(NOW, 'postCreated', {
        postId,
        scheduledAt,
        channels: channels.map((id) => ({ id, platform: id.split('-')[0] })),
      });
    await ask('a', ['instagram-1', 'instagram-2']);
    expect(await ask('b', ['instagram-1'])).toMatchObject({
      decision: 'warn',
      reasons: [{ code: 'near_limit', platform: 'instagram' }],
      usage: [
        { platform: null, held: 2 },
        { platform: 'instagram', held: 2, limit: 2, remaining: 0 },
      ],
    });
    expect(await ask('c', ['linkedin-1', 'instagram-1'])).toMatchObject({
      decision: 'deny',
      reasons: [
        { code: 'limit_reached', platform: 'instagram', used: 0, held: 2, asked: 1, limit: 2 },
      ],
    });
    expect((await ask('d', ['linkedin-1'])).decision).toBe('allow');
    expect(await count()).toEqual({ used: 0, held: 3 });
  });
});

describe('given a fan-out to three channels', () => {
  const channels = [
    { id: 'li', platform: 'linkedin' },
    { id: 'x1', platform: 'x' },
    { id: 'x2', platform: 'x' },
  ];
  const post = { postId: 'a', scheduledAt, channels };

  test('when posts are counted, then it is one, used from its first placement and released with its last', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 10 });
    await tell(NOW, 'postCreated', post);
    expect(await count()).toEqual({ used: 0, held: 1 });
    expect(await count({ platform: 'x' })).toEqual({ used: 0, held: 1 });
    await tell(NOW, 'postFailed', { postId: 'a', channels: channels.slice(0, 1), final: true });
    expect(await count()).toEqual({ used: 0, held: 1 });
    expect(await count({ platform: 'linkedin' })).toEqual({ used: 0, held: 0 });
    await tell(NOW, 'postPublished', { postId: 'a', channels: channels.slice(1, 2) });
    expect(await count()).toEqual({ used: 1, held: 0 });
    await tell(NOW, 'postFailed', { postId: 'a', channels: channels.slice(2), final: true });
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await count({ platform: 'x' })).toEqual({ used: 1, held: 0 });
  });

  test('when all of its channels fail for good, then it is released with the last one', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 10 });
    await tell(NOW, 'postCreated', post);
    for (const channel of channels) {
      expect((await count()).held).toBe(1);
      await tell(NOW, 'postFailed', { postId: 'a', channels: [channel], final: true });
    }
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when channels are counted, then each settles its own', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 10, countBy: 'channel' });
    await tell(NOW, 'postCreated', post);
    expect(await count()).toEqual({ used: 0, held: 3 });
    expect(await count({ platform: 'x' })).toEqual({ used: 0, held: 2 });
    await tell(NOW, 'postPublished', { postId: 'a', channels: channels.slice(1, 2) });
    await tell(NOW, 'postFailed', { postId: 'a', channels: channels.slice(2), final: true });
    expect(await count()).toEqual({ used: 1, held: 1 });
    expect(await count({ platform: 'x' })).toEqual({ used: 1, held: 0 });
  });
});

describe('given a soft tier of one post a week on linkedin', () => {
  const terms: TierWish = { posts: 1, enforcement: 'soft', platforms: { allowed: ['linkedin'] } };

  test('when the limit is passed, then it warns and records the overage', async ({ desk }) => {
    const { tell, count } = await desk(terms);
    const ask = (postId: string, platform = 'linkedin') =>
      tell(NOW, 'postCreated', { postId, scheduledAt, platforms: [platform] });
    await ask('a');
    expect(await ask('b')).toMatchObject({
      decision: 'warn',
      reasons: [{ code: 'soft_limit_exceeded', held: 1, asked: 1, limit: 1 }],
      flags: ['overage'],
      usage: [{ held: 2, over: 1, remaining: 0 }],
    });
    expect(await count()).toEqual({ used: 0, held: 2 });
    expect(await tell(NOW, 'postPublished', { postId: 'b' })).toMatchObject({ overLimit: true });
  });

  test('when a platform is not covered or the service is paused, then it denies all the same', async ({
    desk,
  }) => {
    const { tell, clientId, world } = await desk(terms);
    const ask = (platform: string) =>
      tell(NOW, 'postCreated', { postId: 'a', scheduledAt, platforms: [platform] });
    expect((await ask('x')).decision).toBe('deny');
    await pauseClient(world.at(NOW), { clientWorkspaceId: clientId });
    const denied = await ask('linkedin');
    expect(denied.decision).toBe('deny');
    expect(denied.reasons[0]).toMatchObject({ code: 'assignment_paused' });
  });
});
