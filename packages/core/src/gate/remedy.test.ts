import { describe, expect } from 'vitest';

import { pauseClient } from '../billing/pause-client.ts';
import { NOW, test } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';

describe('given posts that do not fit', () => {
  test('when the weeks ahead are full too, then the first week with room is named', async ({
    desk,
  }) => {
    const { tell } = await desk({ posts: 1 });
    for (const [index, day] of ['03', '10', '17'].entries()) {
      await tell(NOW, 'postCreated', {
        postId: `p${index}`,
        scheduledAt: `2026-03-${day}T10:00:00Z`,
      });
    }
    expect(await tell(NOW, 'postCreated', { postId: 'late', scheduledAt })).toMatchObject({
      decision: 'deny',
      nextFitAt: new Date('2026-03-23T00:00:00Z'),
    });
    expect(await tell(NOW, 'reserve', { key: 'k', meter: 'posts', scheduledAt })).toMatchObject({
      decision: 'deny',
      nextFitAt: new Date('2026-03-23T00:00:00Z'),
    });
  });

  test('when no week has such room, then there is none', async ({ desk }) => {
    const { tell } = await desk({ posts: 1 });
    const ask = { key: 'k', meter: 'posts', quantity: 2, scheduledAt };
    expect(await tell(NOW, 'reserve', ask)).toMatchObject({ decision: 'deny', nextFitAt: null });
  });

  test('when the hold would fit at once under a larger tier, then the smallest such is named', async ({
    desk,
  }) => {
    const { tell, tier } = await desk({ posts: 1, price: '10' });
    await tier({ posts: 100, price: '300' });
    const middle = await tier({ posts: 2, price: '200' });
    await tier({ posts: 1, price: '50' });
    const ask = (key: string, quantity = 1) =>
      tell(NOW, 'reserve', { key, meter: 'posts', quantity, scheduledAt });
    await ask('a');
    expect(await ask('b')).toMatchObject({ suggestedTier: { id: middle } });
    expect(await ask('c', 1000)).toMatchObject({ suggestedTier: null });
  });

  test('when only another platform is wanted, then a tier that covers it is named, and no later time', async ({
    desk,
  }) => {
    const { tell, tier } = await desk({ posts: 1, platforms: { allowed: ['x'] }, price: '10' });
    const larger = await tier({ posts: 1, price: '20', platforms: { allowed: ['x', 'tiktok'] } });
    const ask = { postId: 'a', scheduledAt, platforms: ['tiktok'] };
    expect(await tell(NOW, 'postCreated', ask)).toMatchObject({
      decision: 'deny',
      nextFitAt: null,
      suggestedTier: { id: larger },
    });
  });

  test('when the service is paused until a day, then that day is the next time', async ({
    desk,
  }) => {
    const { tell, world, clientId } = await desk({ posts: 1 });
    const until = new Date('2026-03-20T00:00:00Z');
    await pauseClient(world.at(NOW), { clientWorkspaceId: clientId, until });
    expect(await tell(NOW, 'postCreated', { postId: 'a', scheduledAt })).toMatchObject({
      decision: 'deny',
      nextFitAt: until,
      suggestedTier: null,
    });
  });

  test('when a meter is not in the tier, or is zero, then the reason says which', async ({
    desk,
  }) => {
    const { tell } = await desk({ ai: 0 });
    const ask = (meter: string) => tell(NOW, 'reserve', { key: meter, meter });
    expect(await ask('ai_generations')).toMatchObject({
      reasons: [{ code: 'limit_is_zero', limit: 0 }],
    });
    expect(await ask('reports')).toMatchObject({ reasons: [{ code: 'not_in_tier' }] });
  });

  test('when the same question is only checked, then nothing is taken or remembered', async ({
    desk,
  }) => {
    const { check, counters } = await desk({ posts: 1 });
    for (let ask = 0; ask < 3; ask += 1) {
      expect(await check(NOW, { postId: 'a', scheduledAt, platforms: ['x'] })).toMatchObject({
        decision: 'warn',
        usage: [{ held: 1 }],
      });
    }
    expect(await counters()).toEqual([]);
  });
});
