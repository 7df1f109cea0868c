import { describe, expect } from 'vitest';

import { NEXT_WEEK, test } from './testing/gate-world.ts';

const NOW = '2026-03-02T12:00:00Z';
const scheduledAt = '2026-03-03T10:00:00Z';
const at = (minute: number): string => `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;
const told = (minute: number, more: object = {}) => ({ postId: 'a', at: at(minute), ...more });

describe('given events that arrive out of order', () => {
  test('when an older schedule comes after a newer, then the newer stands', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'postUpdated', told(2, { scheduledAt: '2026-03-10T10:00:00Z' }));
    expect(await tell(NOW, 'postCreated', told(1, { scheduledAt }))).toMatchObject({
      replayed: true,
    });
    expect(await count()).toEqual({ used: 0, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 1 });
  });

  test.for(['postDeleted', 'postFailed'] as const)(
    'when a %s is older than the last schedule, then the hold stands',
    async (type, { desk }) => {
      const { tell, count } = await desk({ posts: 5 });
      await tell(NOW, 'postCreated', told(1, { scheduledAt }));
      await tell(NOW, 'postUpdated', told(3, { scheduledAt: '2026-03-04T10:00:00Z' }));
      await tell(NOW, type, told(2, type === 'postFailed' ? { final: true } : {}));
      expect(await count()).toEqual({ used: 0, held: 1 });
    },
  );

  test('when a deletion or a failure is newer, then it counts', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'postCreated', told(1, { scheduledAt }));
    await tell(NOW, 'postFailed', told(2, { final: true }));
    expect(await count()).toEqual({ used: 0, held: 0 });
    await tell(NOW, 'postUpdated', told(3, { scheduledAt, status: 'scheduled' }));
    expect(await count()).toEqual({ used: 0, held: 1 });
    await tell(NOW, 'postDeleted', told(4));
    expect(await count()).toEqual({ used: 0, held: 0 });
    await tell(NOW, 'postFailed', told(2));
    await tell(NOW, 'postUpdated', told(3, { scheduledAt, status: 'scheduled' }));
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when a schedule comes after the publish, then published is never lowered', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    await tell(NOW, 'postPublished', told(5, { scheduledAt }));
    await tell(NOW, 'postCreated', told(1, { scheduledAt }));
    await tell(
      NOW,
      'postUpdated',
      told(6, { scheduledAt: '2026-03-10T10:00:00Z', status: 'scheduled' }),
    );
    await tell(NOW, 'postUpdated', told(7, { status: 'draft' }));
    await tell(NOW, 'postDeleted', told(8));
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 0 });
  });

  test('when one channel published, then what another channel told before is not lost', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 5 });
    const channels = [
      { id: '1', platform: 'x' },
      { id: '2', platform: 'linkedin' },
    ];
    await tell(NOW, 'postCreated', told(1, { scheduledAt, channels }));
    await tell(NOW, 'postPublished', told(5, { channels: channels.slice(0, 1) }));
    await tell(NOW, 'postFailed', told(4, { channels: channels.slice(1), final: true }));
    expect(await count({ platform: 'linkedin' })).toEqual({ used: 0, held: 0 });
  });
});
