import { describe, expect } from 'vitest';

import { NEXT_WEEK, NOW, test } from './testing/gate-world.ts';

const scheduledAt = '2026-03-08T23:59:00Z';
const NEXT_DAY = '2026-03-09T00:04:00Z';
const post = { postId: 'a', scheduledAt, platforms: ['linkedin'] };
const a = { postId: 'a' };

describe('given a post that waits at the end of its week', () => {
  test('when it is published after midnight, then it counts in the week that held it', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    expect(await tell(NEXT_DAY, 'postPublished', a)).toMatchObject({
      status: 'committed',
      replayed: false,
      late: false,
      overLimit: false,
      window: { start: new Date('2026-03-02T00:00:00Z') },
      flags: [],
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 0 });
  });

  test('when it is deleted first, then it is given back, and a second deletion gives nothing', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    expect(await tell(NOW, 'postDeleted', a)).toMatchObject({
      status: 'released',
      replayed: false,
    });
    expect(await tell(NOW, 'postDeleted', a)).toMatchObject({ status: 'released', replayed: true });
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when it is deleted after it was published, then nothing is given back', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NEXT_DAY, 'postPublished', a);
    expect(await tell(NEXT_DAY, 'postDeleted', a)).toMatchObject({
      status: 'rejected',
      reason: 'already_committed',
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
    // Nor does the same post, told once more, take anything.
    await tell(NEXT_DAY, 'postCreated', { ...post, scheduledAt: '2026-03-10T10:00:00Z' });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 0 });
  });

  test('when it moves within its week, then nothing changes; into another, its hold goes along', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    const move = (at: string) => tell(NOW, 'postUpdated', { ...a, scheduledAt: at });
    await tell(NOW, 'postCreated', post);
    expect((await move('2026-03-04T10:00:00Z')).decision).toBe('allow');
    expect(await count()).toEqual({ used: 0, held: 1 });
    expect((await move('2026-03-11T10:00:00Z')).decision).toBe('warn');
    expect(await count()).toEqual({ used: 0, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 1 });
    expect(await tell(NOW, 'postDeleted', a)).toMatchObject({
      window: { start: new Date('2026-03-09T00:00:00Z') },
    });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 0 });
  });

  test('when it moves into a full week, then it is denied and the old hold stands', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt: '2026-03-11T10:00:00Z' });
    const moved = { ...a, scheduledAt: '2026-03-12T10:00:00Z' };
    expect((await tell(NOW, 'postUpdated', moved)).decision).toBe('deny');
    expect(await count()).toEqual({ used: 0, held: 1 });
    await tell(NEXT_DAY, 'postPublished', a);
    expect(await count()).toEqual({ used: 1, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 1 });
  });

  test('when it becomes a draft, then it holds nothing; scheduled again, it asks anew', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NOW, 'postUpdated', { ...a, status: 'draft' });
    expect(await count()).toEqual({ used: 0, held: 0 });
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt });
    expect((await tell(NOW, 'postUpdated', { ...a, status: 'scheduled' })).decision).toBe('deny');
    await tell(NOW, 'postDeleted', { postId: 'b' });
    expect((await tell(NOW, 'postUpdated', { ...a, status: 'scheduled' })).decision).toBe('warn');
    expect(await count()).toEqual({ used: 0, held: 1 });
  });
});

describe('given a draft', () => {
  test('when it is told at a full week, then it is allowed and holds nothing', async ({ desk }) => {
    const { tell, counters } = await desk({ posts: 0 });
    const draft = { ...post, status: 'draft' };
    expect((await tell(NOW, 'postCreated', draft)).decision).toBe('allow');
    expect(await counters()).toEqual([]);
    expect((await tell(NOW, 'postUpdated', { ...a, contentType: 'reel' })).decision).toBe('allow');
    expect(await counters()).toEqual([]);
  });

  test('when it is scheduled without saying when, then the time it was told with decides', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    const far = '2026-05-05T10:00:00Z';
    await tell(NOW, 'postCreated', { ...a, scheduledAt: far, status: 'draft' });
    expect((await tell(NOW, 'postUpdated', { ...a, status: 'scheduled' })).decision).toBe('warn');
    expect(await count({ week: '2026-05-04' })).toEqual({ used: 0, held: 1 });
  });

  test('when it fails before anyone scheduled it, then the time it was told with decides', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    const far = '2026-05-05T10:00:00Z';
    await tell(NOW, 'postCreated', { ...a, scheduledAt: far, status: 'draft' });
    expect((await tell(NOW, 'postFailed', a)).status).toBe('held');
    expect(await count({ week: '2026-05-04' })).toEqual({ used: 0, held: 1 });
  });
});

describe('given a failure that the host may retry', () => {
  test('when it names its own time, then the hold lives 120 minutes from there', async ({
    desk,
  }) => {
    const { tell, count, sweep } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    const failed = { ...a, at: '2026-03-09T01:00:00Z' };
    expect(await tell('2026-03-09T01:00:01Z', 'postFailed', failed)).toMatchObject({
      status: 'held',
    });
    expect(await sweep('2026-03-09T02:59:59Z')).toBe(0);
    expect(await sweep('2026-03-09T03:00:00Z')).toBe(1);
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when it names no time, then the 120 minutes run from the scheduled time', async ({
    desk,
  }) => {
    const { tell, sweep } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell('2026-03-09T00:30:00Z', 'postFailed', a);
    expect(await sweep('2026-03-09T01:58:59Z')).toBe(0);
    expect(await sweep('2026-03-09T01:59:00Z')).toBe(1);
    expect(await sweep('2026-03-09T01:59:00Z')).toBe(0);
  });

  test('when the retry succeeds in time, then it counts once, as any other', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NEXT_DAY, 'postFailed', a);
    expect(await tell('2026-03-09T01:00:00Z', 'postPublished', a)).toMatchObject({
      status: 'committed',
      late: false,
      flags: [],
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when its hold was released before, then it takes one again, flagged, also past the limit', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NOW, 'postDeleted', a);
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt });
    expect(await tell(NEXT_DAY, 'postFailed', a)).toMatchObject({
      status: 'held',
      flags: ['unchecked', 'over_limit_unchecked'],
    });
    expect(await count()).toEqual({ used: 0, held: 2 });
  });

  test('when nobody knew the post, then it takes a hold, flagged, also past the limit', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt });
    expect(await tell(NEXT_DAY, 'postFailed', { ...a, scheduledAt })).toMatchObject({
      status: 'held',
      flags: ['unchecked', 'over_limit_unchecked'],
    });
    expect(await count()).toEqual({ used: 0, held: 2 });
  });

  test('when its two hours are over, then an unknown post holds nothing', async ({ desk }) => {
    const { tell, counters } = await desk({ posts: 1 });
    expect(await tell('2026-03-09T02:00:00Z', 'postFailed', { ...a, scheduledAt })).toMatchObject({
      status: 'not_found',
      reason: 'not_held',
    });
    expect(await counters()).toEqual([]);
  });
});

describe('given a failure', () => {
  test('when it is final, then the hold is released at once', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    expect(await tell(NEXT_DAY, 'postFailed', { ...a, final: true })).toMatchObject({
      status: 'released',
    });
    expect(await count()).toEqual({ used: 0, held: 0 });
    expect(await tell(NEXT_DAY, 'postFailed', { ...a, final: true })).toMatchObject({
      replayed: true,
    });
  });

  test('when the post is live all the same, then it counts as published', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    const channels = [{ id: 'li', platform: 'linkedin', url: 'https://example.com/p/1' }];
    expect(await tell(NEXT_DAY, 'postFailed', { ...a, channels, final: true })).toMatchObject({
      status: 'committed',
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when it is told after the publish, then published stays', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    await tell(NEXT_DAY, 'postPublished', a);
    expect(await tell(NEXT_DAY, 'postFailed', { ...a, final: true })).toMatchObject({
      status: 'rejected',
      reason: 'already_committed',
    });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });
});

describe('given a hold that nobody settles', () => {
  test('when 72 hours have passed, then the sweep releases it once; a late publish counts and may pass the limit', async ({
    desk,
  }) => {
    const { tell, count, sweep } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', post);
    expect(await sweep('2026-03-11T23:58:59Z')).toBe(0);
    expect(await sweep('2026-03-11T23:59:00Z')).toBe(1);
    expect(await sweep('2026-03-11T23:59:00Z')).toBe(0);
    await tell(NOW, 'postCreated', { postId: 'b', scheduledAt });
    expect(await tell('2026-03-12T08:00:00Z', 'postPublished', a)).toMatchObject({
      status: 'committed',
      late: true,
      overLimit: true,
      window: { start: new Date('2026-03-02T00:00:00Z') },
      flags: ['late'],
    });
    expect(await count()).toEqual({ used: 1, held: 1 });
  });

  test('when it names another end, then that one holds', async ({ desk }) => {
    const { tell, sweep } = await desk({ posts: 1 });
    await tell(NOW, 'postCreated', { ...post, expiresAt: '2026-03-02T09:15:00Z' });
    expect(await sweep('2026-03-02T09:15:00Z')).toBe(1);
  });
});
