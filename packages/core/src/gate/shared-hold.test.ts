import { describe, expect } from 'vitest';

import { NEXT_WEEK, NOW, test, type Desk } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';
const later = '2026-03-04T10:00:00Z';
const linkedin = { id: 'li', platform: 'linkedin' };
const x = { id: 'x', platform: 'x' };

/** One content for two channels, of each of which the host made a post. */
async function shared(desk: Desk, more: object = {}): Promise<void> {
  const asked = { key: 'k', meter: 'posts', scheduledAt, platforms: ['linkedin', 'x'], ...more };
  const { reservationId } = await desk.tell(NOW, 'reserve', asked);
  const posts = [
    { channelId: 'linkedin', postId: 'p1' },
    { channelId: 'x', postId: 'p2' },
  ];
  await desk.tell(NOW, 'attach', { reservationId, posts });
}

const own = (postId: string) => ({
  postId,
  channels: [postId === 'p1' ? { ...linkedin, id: 'linkedin' } : x],
});

describe('given two posts that share a hold', () => {
  test('when one is told again with its own channel, then the other still waits', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    await shared(client);
    await client.tell(NOW, 'postUpdated', { ...own('p1'), scheduledAt: later });
    expect(await client.count({ platform: 'x' })).toEqual({ used: 0, held: 1 });
    await client.tell(NOW, 'postDeleted', { postId: 'p1' });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    expect(await client.tell(NOW, 'postPublished', own('p2'))).toMatchObject({ flags: [] });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
  });

  test('when one becomes a draft, then the other still waits', async ({ desk }) => {
    const client = await desk({ posts: 5 });
    await shared(client);
    await client.tell(NOW, 'postUpdated', { postId: 'p1', status: 'draft' });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    expect(await client.count({ platform: 'linkedin' })).toEqual({ used: 0, held: 0 });
    expect(await client.tell(NOW, 'postPublished', own('p2'))).toMatchObject({ flags: [] });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
  });

  test('when their hold was given back and each asks for itself again, then both are held as one', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    await shared(client);
    await client.tell(NOW, 'release', { key: 'k' });
    expect(await client.count()).toEqual({ used: 0, held: 0 });
    for (const postId of ['p1', 'p2']) {
      await client.tell(NOW, 'postUpdated', { ...own(postId), status: 'scheduled', scheduledAt });
    }
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    expect(await client.count({ platform: 'linkedin' })).toEqual({ used: 0, held: 1 });
    expect(await client.count({ platform: 'x' })).toEqual({ used: 0, held: 1 });
    await client.tell(NOW, 'postDeleted', { postId: 'p1' });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    await client.tell(NOW, 'postDeleted', { postId: 'p2' });
    expect(await client.count()).toEqual({ used: 0, held: 0 });
  });

  test('when one was published, then what the other asks for keeps the week', async ({ desk }) => {
    const client = await desk({ posts: 5 });
    await shared(client);
    await client.tell(NOW, 'postPublished', own('p1'));
    const moved = { ...own('p2'), scheduledAt: `${NEXT_WEEK}T10:00:00Z` };
    await client.tell(NOW, 'postUpdated', moved);
    expect(await client.count()).toEqual({ used: 1, held: 0 });
    await client.tell(NOW, 'postPublished', own('p2'));
    expect(await client.count()).toEqual({ used: 1, held: 0 });
    expect(await client.count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 0 });
  });

  test('when each channel counts, then one that asks again takes one', async ({ desk }) => {
    const client = await desk({ posts: 2, countBy: 'channel' });
    await shared(client);
    expect(await client.count()).toEqual({ used: 0, held: 2 });
    await client.tell(NOW, 'postUpdated', { postId: 'p1', status: 'draft' });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    const again = { ...own('p1'), status: 'scheduled', scheduledAt };
    expect((await client.tell(NOW, 'postUpdated', again)).decision).not.toBe('deny');
    expect(await client.count()).toEqual({ used: 0, held: 2 });
    const third = { postId: 'p3', scheduledAt, channels: [x] };
    expect((await client.tell(NOW, 'postCreated', third)).decision).toBe('deny');
  });

  test('when the hold names no channels, then one that is told again leaves the other its part', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    await shared(client, { platforms: [] });
    await client.tell(NOW, 'postUpdated', { postId: 'p2', scheduledAt: later, channels: [] });
    await client.tell(NOW, 'postFailed', { postId: 'p1', final: true });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
    expect(await client.tell(NOW, 'postPublished', { postId: 'p2' })).toMatchObject({ flags: [] });
    expect(await client.count()).toEqual({ used: 1, held: 0 });
  });
});

describe('given two recurring posts that share their holds', () => {
  test('when one goes out less often, then the slots of the other stay', async ({ desk }) => {
    const client = await desk({ posts: 5, countBy: 'channel' });
    const weekly = { everyDays: 7 };
    const channels = [linkedin, x];
    const asked = { idempotencyKey: 'k', scheduledAt, channels, recurrence: weekly };
    const { reservationId } = await client.tell(NOW, 'postCreated', asked);
    const posts = [
      { channelId: 'li', postId: 'p1' },
      { channelId: 'x', postId: 'p2' },
    ];
    await client.tell(NOW, 'attach', { reservationId, posts });
    const rarer = { scheduledAt, channels: [linkedin], recurrence: { everyDays: 28 } };
    await client.tell(NOW, 'postUpdated', { postId: 'p1', ...rarer });
    expect(await client.count({ week: NEXT_WEEK, platform: 'x' })).toEqual({ used: 0, held: 1 });
    const published = { postId: 'p2', occurrence: '2026-03-10T10:00:00.000Z', channels: [x] };
    expect(await client.tell(NOW, 'postPublished', published)).toMatchObject({ flags: [] });
  });
});

describe('given a post of several channels', () => {
  test('when it is told without one of them, then that one is given up', async ({ desk }) => {
    const client = await desk({ posts: 5, countBy: 'channel' });
    const post = { postId: 'p', scheduledAt };
    await client.tell(NOW, 'postCreated', { ...post, channels: [linkedin, x] });
    await client.tell(NOW, 'postUpdated', { ...post, channels: [x] });
    expect(await client.count()).toEqual({ used: 0, held: 1 });
  });
});
