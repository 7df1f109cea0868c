import { describe, expect } from 'vitest';

import { NOW, test, type Desk } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';

async function reserve({ tell }: Desk, more: object = {}): Promise<string> {
  const answer = await tell(NOW, 'reserve', { key: 'k', meter: 'posts', scheduledAt, ...more });
  return String(answer.reservationId);
}

describe('given a hold whose posts have no ids yet', () => {
  const platforms = ['linkedin', 'x'];
  const posts = [
    { channelId: 'linkedin', postId: 'p1' },
    { channelId: 'x', postId: 'p2' },
  ];

  test('when a post is attached for each of its channels, then each settles its own part', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    const reservationId = await reserve(client, { platforms });
    const attached = { reservationId, attached: ['p1', 'p2'], alreadyCounted: [] };
    expect(await client.tell(NOW, 'attach', { reservationId, posts })).toEqual(attached);
    expect(await client.tell(NOW, 'attach', { reservationId, posts })).toEqual(attached);
    await client.tell(NOW, 'postPublished', { postId: 'p1' });
    await client.tell(NOW, 'postFailed', { postId: 'p2', final: true });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
    expect(await client.count({ platform: 'linkedin' })).toEqual({ used: 1, held: 0 });
    expect(await client.count({ platform: 'x' })).toEqual({ used: 0, held: 0 });
  });

  test('when the hold names no channels, then its posts share it: used by the first, released with the last', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    const reservationId = await reserve(client);
    await client.tell(NOW, 'attach', { reservationId, posts });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    await client.tell(NOW, 'postFailed', { postId: 'p2', final: true });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    expect(await client.tell(NOW, 'postPublished', { postId: 'p1' })).toMatchObject({ flags: [] });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
  });

  test('when its first end was short, then attaching gives it the time of a post', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    const reservationId = await reserve(client, { platforms, expiresAt: '2026-03-02T09:10:00Z' });
    await client.tell(NOW, 'attach', { reservationId, posts });
    expect(await client.sweep('2026-03-02T10:00:00Z')).toBe(0);
  });

  test('when a post was counted on its own before, then the hold gives that part up', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    await client.tell(NOW, 'postPublished', { postId: 'p1', scheduledAt, platforms: ['linkedin'] });
    const reservationId = await reserve(client, { platforms: ['linkedin'] });
    expect(await client.count()).toEqual({ used: 1, held: 1 });
    const answer = await client.tell(NOW, 'attach', { reservationId, posts: posts.slice(0, 1) });
    expect(answer).toMatchObject({ attached: [], alreadyCounted: ['p1'] });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
  });

  test('when a post of three is moved into a week with room for one, then it is denied', async ({
    desk,
  }) => {
    const client = await desk({ posts: 3 });
    const reservationId = await reserve(client, { quantity: 3 });
    await client.tell(NOW, 'attach', { reservationId, posts: posts.slice(0, 1) });
    await client.tell(NOW, 'reserve', {
      key: 'b',
      meter: 'posts',
      quantity: 2,
      scheduledAt: '2026-03-10T10:00:00Z',
    });
    const moved = { postId: 'p1', scheduledAt: '2026-03-11T10:00:00Z' };
    expect((await client.tell(NOW, 'postUpdated', moved)).decision).toBe('deny');
    expect(await client.count()).toEqual({ used: 0, held: 3 });
  });

  test('when no such reservation is known, then it is not found', async ({ desk }) => {
    const client = await desk({ posts: 3 });
    const unknown = { reservationId: '018f0000-0000-7000-8000-000000000000', posts };
    await expect(client.tell(NOW, 'attach', unknown)).rejects.toMatchObject({ code: 'not_found' });
  });
});
