import { describe, expect } from 'vitest';

import { NOW, test, type Desk } from '../gate/testing/gate-world.ts';

async function levels({ count }: Desk): Promise<number[]> {
  const [storage, library] = await Promise.all(
    ['storage_bytes', 'library_items'].map((meter) => count({ meter, week: '' })),
  );
  return [storage?.used ?? 0, library?.used ?? 0];
}

describe('given room for 1000 bytes and two files', () => {
  const terms = { storage: 1000, library: 2, posts: 5 };
  const upload = ({ tell }: Desk, mediaId: string, bytes: number, more: object = {}) =>
    tell(NOW, 'uploadCreated', { mediaId, bytes, ...more });

  test('when a file is uploaded, then its bytes and one item count, once; deleted, they come back, once', async ({
    desk,
  }) => {
    const client = await desk(terms);
    expect(await upload(client, 'a', 400)).toMatchObject({
      decision: 'allow',
      usage: [
        { meter: 'storage_bytes', used: 400, window: null, resetsAt: null },
        { meter: 'library_items', used: 1 },
      ],
    });
    expect(await upload(client, 'a', 400)).toMatchObject({ replayed: true });
    expect(await levels(client)).toEqual([400, 1]);
    await client.tell(NOW, 'uploadDeleted', { mediaId: 'a' });
    expect(await client.tell(NOW, 'uploadDeleted', { mediaId: 'a' })).toMatchObject({
      replayed: true,
    });
    expect(await levels(client)).toEqual([0, 0]);
  });

  test('when it comes again in another size, then the difference counts, if it fits', async ({
    desk,
  }) => {
    const client = await desk(terms);
    await upload(client, 'a', 400);
    expect((await upload(client, 'a', 1001)).decision).toBe('deny');
    expect(await levels(client)).toEqual([400, 1]);
    await upload(client, 'a', 900);
    expect(await levels(client)).toEqual([900, 1]);
    await upload(client, 'a', 100);
    expect(await levels(client)).toEqual([100, 1]);
    await client.tell(NOW, 'uploadDeleted', { mediaId: 'a' });
    await upload(client, 'a', 300);
    expect(await levels(client)).toEqual([300, 1]);
  });

  test('when bytes or items do not fit, then neither counts, and no later time is named', async ({
    desk,
  }) => {
    const client = await desk(terms);
    await upload(client, 'a', 100);
    await upload(client, 'b', 100);
    expect(await upload(client, 'c', 1)).toMatchObject({ decision: 'deny', nextFitAt: null });
    expect(await upload(client, 'd', 801)).toMatchObject({ decision: 'deny' });
    expect(await levels(client)).toEqual([200, 2]);
    expect(await upload(client, 'e', 900, { observed: true })).toMatchObject({
      decision: 'warn',
      flags: ['unchecked', 'over_limit_unchecked'],
    });
    expect(await levels(client)).toEqual([1100, 3]);
  });

  test('when posts name media that nobody uploaded, then each is one item, and its size counts once told', async ({
    desk,
  }) => {
    const client = await desk(terms);
    const scheduledAt = '2026-03-03T10:00:00Z';
    await client.tell(NOW, 'postCreated', { postId: 'a', scheduledAt, mediaIds: ['m', 'm'] });
    await client.tell(NOW, 'postCreated', { postId: 'b', scheduledAt, mediaIds: ['m'] });
    expect(await levels(client)).toEqual([0, 1]);
    await upload(client, 'm', 250);
    expect(await levels(client)).toEqual([250, 1]);
  });
});
