import { describe, expect } from 'vitest';

import { cancelAssignment } from '../billing/cancel-assignment.ts';
import { NEXT_WEEK, NOW, test, WEEK } from './testing/gate-world.ts';

const TUESDAY = '2026-03-03T10:00:00Z';
const NEXT_TUESDAY = '2026-03-10T10:00:00Z';
const platforms = ['linkedin'];

describe('given a tier of two posts a week', () => {
  test('when a post is created for next week, then it counts there and not in this week', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 2 });
    const post = { postId: 'a', scheduledAt: NEXT_TUESDAY, platforms };
    expect(await tell(NOW, 'postCreated', post)).toMatchObject({
      decision: 'allow',
      usage: [{ meter: 'posts', held: 1, used: 0, limit: 2, remaining: 1 }],
    });
    expect(await count({ week: WEEK })).toEqual({ used: 0, held: 0 });
    expect(await count({ week: NEXT_WEEK })).toEqual({ used: 0, held: 1 });
  });

  test('when the client lives behind UTC, then its Sunday evening is still the old week', async ({
    desk,
  }) => {
    const { tell } = await desk({ posts: 2, timeZone: 'America/New_York' });
    const answer = await tell(NOW, 'postCreated', {
      postId: 'a',
      scheduledAt: '2026-03-09T03:59:00Z',
    });
    expect(answer.usage[0]?.window).toEqual({
      start: new Date('2026-03-02T05:00:00Z'),
      end: new Date('2026-03-09T04:00:00Z'),
    });
  });

  test('when a post is published now, then it counts now, recorded to the minute', async ({
    desk,
  }) => {
    const { tell, count, gate, world, clientId } = await desk({ posts: 2 });
    await tell('2026-03-08T23:59:59.900Z', 'postCreated', { postId: 'a', publishNow: true });
    expect(await count()).toEqual({ used: 0, held: 1 });
    // Its grace counts from the minute: 72 hours later it is still there, and a moment after it is not.
    const due = (at: string) =>
      gate.submit(world.agencyId, clientId, { type: 'expire', now: Date.parse(at) });
    expect(await due('2026-03-11T23:58:59.999Z')).toBe(0);
    expect(await due('2026-03-11T23:59:00Z')).toBe(1);
  });

  test('when equality is reached, then it is allowed, and one more is denied with all it should name', async ({
    desk,
  }) => {
    const { tell } = await desk({ posts: 2 });
    const ask = (postId: string) =>
      tell(NOW, 'postCreated', { postId, scheduledAt: TUESDAY, platforms });
    await ask('a');
    await tell(NOW, 'postPublished', { postId: 'a' });
    expect(await ask('b')).toMatchObject({
      decision: 'warn',
      reasons: [{ code: 'near_limit', used: 1, held: 0, asked: 1, limit: 2 }],
      usage: [{ used: 1, held: 1, remaining: 0, percent: '100.0000' }],
    });
    const denied = await ask('c');
    expect(denied).toMatchObject({
      decision: 'deny',
      reasons: [
        {
          code: 'limit_reached',
          meter: 'posts',
          platform: null,
          used: 1,
          held: 1,
          asked: 1,
          limit: 2,
        },
      ],
      nextFitAt: new Date('2026-03-09T00:00:00Z'),
    });
    expect(denied.reasons[0]?.resetsAt).toEqual(new Date('2026-03-09T00:00:00Z'));
  });
});

describe('given a scheduled time that lies in the past', () => {
  test.for([
    { name: 'five minutes, then it is taken', at: '2026-03-02T08:55:00.000Z', taken: true },
    { name: 'more, then it is refused', at: '2026-03-02T08:54:59.999Z', taken: false },
  ])('when it lies back $name', async ({ at, taken }, { desk }) => {
    const { tell, count } = await desk({ posts: 2 });
    const asked = tell(NOW, 'postCreated', { postId: 'a', scheduledAt: at });
    if (taken) await expect(asked).resolves.toMatchObject({ decision: 'allow' });
    else await expect(asked).rejects.toMatchObject({ code: 'scheduled_in_past' });
    expect((await count()).held).toBe(taken ? 1 : 0);
  });

  test('when the host did it already, then it is held and flagged', async ({ desk }) => {
    const { tell, count } = await desk({ posts: 2 });
    const scheduledAt = '2026-02-20T10:00:00Z';
    expect(
      await tell(NOW, 'postCreated', { postId: 'a', scheduledAt, observed: true }),
    ).toMatchObject({ decision: 'allow', flags: ['unchecked'] });
    expect(await count({ week: '2026-02-16' })).toEqual({ used: 0, held: 1 });
  });

  test('when a post that was given up is told again at its old time, then it is refused: an old week is no way in', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 2 });
    const post = { postId: 'a', scheduledAt: TUESDAY };
    await tell(NOW, 'postCreated', post);
    await tell(NOW, 'postDeleted', { postId: 'a' });
    const later = tell('2026-03-12T09:00:00Z', 'postUpdated', { ...post, status: 'scheduled' });
    await expect(later).rejects.toMatchObject({ code: 'scheduled_in_past' });
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when a post that waits is told again at its time, then nothing changes', async ({
    desk,
  }) => {
    const { tell, count } = await desk({ posts: 2 });
    const post = { postId: 'a', scheduledAt: TUESDAY };
    await tell(NOW, 'postCreated', post);
    const later = await tell('2026-03-03T12:00:00Z', 'postUpdated', post);
    expect(later.decision).toBe('allow');
    expect(await count()).toEqual({ used: 0, held: 1 });
  });
});

describe('given a tier that changes at the end of the billing period', () => {
  test('when a post is scheduled after the change, then the tier of that time decides', async ({
    desk,
  }) => {
    const { tell, tier, assign } = await desk({ posts: 2, price: '100' });
    await assign(NOW, { tierId: await tier({ posts: 1, price: '50' }), effective: 'period_end' });
    const later = { scheduledAt: '2026-04-07T10:00:00Z' };
    expect(await tell(NOW, 'postCreated', { postId: 'a', ...later })).toMatchObject({
      usage: [{ limit: 1, remaining: 0 }],
    });
    expect(await tell(NOW, 'postCreated', { postId: 'b', ...later })).toMatchObject({
      decision: 'deny',
    });
  });

  test('when the assignment ends before the scheduled time, then the post is denied for that time', async ({
    desk,
  }) => {
    const { tell, clientId, world } = await desk({ posts: 2 });
    await cancelAssignment(world.at(NOW), { clientWorkspaceId: clientId, effective: 'period_end' });
    const ask = (postId: string, scheduledAt: string) =>
      tell(NOW, 'postCreated', { postId, scheduledAt });
    expect((await ask('a', '2026-03-31T23:59:00Z')).decision).toBe('allow');
    const denied = await ask('b', '2026-04-01T00:00:00Z');
    expect(denied.decision).toBe('deny');
    expect(denied.reasons[0]).toMatchObject({ code: 'assignment_ended' });
  });
});
