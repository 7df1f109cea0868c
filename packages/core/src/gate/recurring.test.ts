import { describe, expect } from 'vitest';

import { NOW, test, type Desk } from './testing/gate-world.ts';

const scheduledAt = '2026-03-03T10:00:00Z';
const weekly = { postId: 'a', scheduledAt, recurrence: { everyDays: 7 } };
const WEEKS = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30'];

async function weeks({ count }: Desk): Promise<string[]> {
  const counts = await Promise.all(WEEKS.map((week) => count({ week })));
  return counts.map(({ used, held }) => `${used}+${held}`);
}

describe('given a post that recurs every week', () => {
  test('when it is created, then every occurrence of 28 days is held', async ({ desk }) => {
    const client = await desk({ posts: 1 });
    expect((await client.tell(NOW, 'postCreated', weekly)).decision).toBe('warn');
    expect(await weeks(client)).toEqual(['0+1', '0+1', '0+1', '0+1', '0+0']);
  });

  test('when one of its weeks is full, then none is held, and the next start that fits is named', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', { postId: 'b', scheduledAt: '2026-03-18T10:00:00Z' });
    const denied = await client.tell(NOW, 'postCreated', weekly);
    expect(denied).toMatchObject({ decision: 'deny', nextFitAt: new Date('2026-03-23T00:00:00Z') });
    expect(denied.reasons[0]).toMatchObject({
      code: 'limit_reached',
      window: { start: new Date('2026-03-16T00:00:00Z') },
    });
    expect(await weeks(client)).toEqual(['0+0', '0+0', '0+1', '0+0', '0+0']);
  });

  test('when it is rescheduled, then its holds go along', async ({ desk }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    const move = (at: string) => client.tell(NOW, 'postUpdated', { ...weekly, scheduledAt: at });
    expect((await move('2026-03-04T10:00:00Z')).decision).toBe('allow');
    expect(await weeks(client)).toEqual(['0+1', '0+1', '0+1', '0+1', '0+0']);
    // Each occurrence moves into the week that the next one leaves.
    expect((await move('2026-03-11T11:30:00Z')).decision).toBe('warn');
    expect(await weeks(client)).toEqual(['0+0', '0+1', '0+1', '0+1', '0+0']);
  });

  test('when it is deleted, then all that waits is released', async ({ desk }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell('2026-03-03T10:01:00Z', 'postPublished', {
      postId: 'a',
      occurrence: '2026-03-03T10:00:00.000Z',
    });
    await client.tell('2026-03-03T11:00:00Z', 'postDeleted', { postId: 'a' });
    expect(await weeks(client)).toEqual(['1+0', '0+0', '0+0', '0+0', '0+0']);
    // And what is gone does not grow back.
    await client.sweep('2026-03-12T10:00:00Z');
    expect(await weeks(client)).toEqual(['1+0', '0+0', '0+0', '0+0', '0+0']);
  });

  test('when it becomes a draft after its first publish, then it does not grow back', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell('2026-03-03T10:01:00Z', 'postPublished', { postId: 'a' });
    await client.tell('2026-03-03T11:00:00Z', 'postUpdated', { postId: 'a', status: 'draft' });
    await client.sweep('2026-03-12T10:00:00Z');
    expect(await weeks(client)).toEqual(['1+0', '0+0', '0+0', '0+0', '0+0']);
  });

  test('when one occurrence is deleted, then the others stay, and those to come', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    const occurrence = '2026-03-10T10:00:00.000Z';
    await client.tell(NOW, 'postDeleted', { postId: 'a', occurrence });
    expect(await weeks(client)).toEqual(['0+1', '0+0', '0+1', '0+1', '0+0']);
    await client.sweep('2026-03-04T10:00:00Z');
    expect(await weeks(client)).toEqual(['0+1', '0+0', '0+1', '0+1', '0+1']);
  });

  test('when it is published slot by slot, then each counts in its own week, however it is named', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell('2026-03-03T10:00:05Z', 'postPublished', {
      postId: 'a',
      occurrence: '2026-03-03T10:00:00Z',
    });
    await client.tell('2026-03-10T10:00:05Z', 'postPublished', { postId: 'a' });
    expect(await weeks(client)).toEqual(['1+0', '1+0', '0+1', '0+1', '0+0']);
  });

  test('when a publish is told twice without naming its slot, then the next slot still waits', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    for (let told = 0; told < 2; told += 1) {
      await client.tell('2026-03-03T10:00:05Z', 'postPublished', {
        postId: 'a',
        at: '2026-03-03T10:00:02Z',
      });
    }
    await client.tell('2026-03-03T10:00:05Z', 'postPublished', { postId: 'a' });
    expect(await weeks(client)).toEqual(['1+0', '0+1', '0+1', '0+1', '0+0']);
  });

  test('when a publish comes late without naming its slot, then its own time tells which it was', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell('2026-03-10T10:01:00Z', 'postPublished', {
      postId: 'a',
      at: '2026-03-03T10:00:02Z',
    });
    expect(await weeks(client)).toEqual(['1+0', '0+1', '0+1', '0+1', '0+0']);
  });

  test('when time goes on, then the sweep holds what comes into reach, past a full week flagged', async ({
    desk,
  }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell(NOW, 'postCreated', { postId: 'b', scheduledAt: '2026-03-30T10:00:00Z' });
    await client.sweep('2026-03-04T10:00:00Z');
    expect(await weeks(client)).toEqual(['0+1', '0+1', '0+1', '0+1', '0+2']);
    await client.sweep('2026-03-04T10:00:00Z');
    expect(await weeks(client)).toEqual(['0+1', '0+1', '0+1', '0+1', '0+2']);
  });

  test('when the sweep stood still for long, then the week it comes back in keeps what it has', async ({
    desk,
  }) => {
    const client = await desk({ posts: 5 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell(NOW, 'postCreated', { postId: 'b', scheduledAt: '2026-05-04T10:00:00Z' });
    await client.sweep('2026-05-04T11:00:00Z');
    expect(await client.count({ week: '2026-05-04' })).toEqual({ used: 0, held: 2 });
  });

  test('when it is told again later, then what is over is not held anew', async ({ desk }) => {
    const client = await desk({ posts: 1 });
    await client.tell(NOW, 'postCreated', weekly);
    await client.tell('2026-03-03T10:01:00Z', 'postFailed', { postId: 'a', final: true });
    expect(await weeks(client)).toEqual(['0+0', '0+1', '0+1', '0+1', '0+0']);
    await client.tell('2026-03-05T10:00:00Z', 'postUpdated', { postId: 'a', contentType: 'reel' });
    expect(await weeks(client)).toEqual(['0+0', '0+1', '0+1', '0+1', '0+1']);
  });
});
