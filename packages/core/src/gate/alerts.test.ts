import { describe, expect } from 'vitest';

import { grantOverride } from '../billing/grant-override.ts';
import { listAlerts } from '../usage/list-alerts.ts';
import { NOW, test, type Desk } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';

async function alerts({ world, clientId }: Desk): Promise<string[]> {
  const { items } = await listAlerts(world.at(NOW), { clientWorkspaceId: clientId });
  return items.map((alert) => `${alert.meter} ${alert.threshold}/${alert.limit}`);
}

async function reserve({ tell }: Desk, quantity: number, more: object = {}): Promise<string> {
  const key = `k${Math.random()}`;
  await tell(NOW, 'reserve', { key, meter: 'posts', quantity, scheduledAt, ...more });
  return key;
}

describe('given a limit of ten posts a week', () => {
  test('when used and held grow to 80 and to 100 per cent, then each is told once', async ({
    desk,
  }) => {
    const client = await desk({ posts: 10 });
    await reserve(client, 7);
    expect(await alerts(client)).toEqual([]);
    const key = await reserve(client, 1);
    expect(await alerts(client)).toEqual(['posts 80/10']);
    await client.tell(NOW, 'release', { key });
    await reserve(client, 1);
    await reserve(client, 2);
    await client.tell(NOW, 'commit', { key });
    expect(await alerts(client)).toEqual(['posts 80/10', 'posts 100/10']);
  });

  test('when both are passed at once, then the highest is told and the lower is spent', async ({
    desk,
  }) => {
    const client = await desk({ posts: 10 });
    const key = await reserve(client, 10);
    expect(await alerts(client)).toEqual(['posts 100/10']);
    await client.tell(NOW, 'release', { key });
    await reserve(client, 8);
    expect(await alerts(client)).toEqual(['posts 100/10']);
  });

  test('when the limit moves, then that alone tells nothing; growth under the new one does', async ({
    desk,
  }) => {
    const client = await desk({ posts: 10 });
    await reserve(client, 5);
    const grant = { clientWorkspaceId: client.clientId, meter: 'posts', limit: 6 };
    await grantOverride(client.world.at(NOW), grant);
    expect(await alerts(client)).toEqual([]);
    await reserve(client, 1);
    expect(await alerts(client)).toEqual(['posts 100/6']);
  });

  test('when the week is another, then it tells anew', async ({ desk }) => {
    const client = await desk({ posts: 10 });
    await reserve(client, 8);
    await reserve(client, 8, { scheduledAt: '2026-03-10T10:00:00Z' });
    expect(await alerts(client)).toEqual(['posts 80/10', 'posts 80/10']);
  });

  test('when nobody asked, then an unchecked publish tells as well', async ({ desk }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postPublished', { postId: 'a' });
    expect(await alerts(client)).toEqual(['posts 100/1']);
  });

  test('when the limit is none, unlimited, or of one platform, then nothing is told', async ({
    desk,
  }) => {
    const none = await desk({ posts: 0 });
    await none.tell(NOW, 'postPublished', { postId: 'a' });
    const unlimited = await desk({ posts: null });
    await reserve(unlimited, 100);
    const sub = await desk({ posts: 100, platforms: { perPlatform: { x: 1 } } });
    await reserve(sub, 1, { platforms: ['x'] });
    expect([await alerts(none), await alerts(unlimited), await alerts(sub)]).toEqual([[], [], []]);
  });
});

describe('given a level', () => {
  const set = ({ record }: Desk, quantity: number) =>
    record(NOW, { meter: 'storage_bytes', quantity, idempotencyKey: `k${Math.random()}` });

  test('when it falls below a threshold, then that one may be told again', async ({ desk }) => {
    const client = await desk({ storage: 100 });
    for (const level of [100, 90, 100, 70, 85]) await set(client, level);
    expect(await alerts(client)).toEqual([
      'storage_bytes 100/100',
      'storage_bytes 100/100',
      'storage_bytes 80/100',
    ]);
  });

  test('when it rises and falls in one batch, then it may be told again as well', async ({
    desk,
  }) => {
    const client = await desk({ storage: 100, library: null });
    const upload = { type: 'uploadCreated', mediaId: 'm', bytes: 100 } as const;
    await client.events(NOW, [upload, { type: 'uploadDeleted', mediaId: 'm' }]);
    await set(client, 100);
    expect(await alerts(client)).toEqual(['storage_bytes 100/100', 'storage_bytes 100/100']);
  });
});
