import { describe, expect } from 'vitest';

import type { PostBody } from '../calls/hook-bodies.ts';
import { test } from '../testing/desk.ts';

const clientWorkspaceId = 'bakery';
const TUESDAY = '2026-03-03T10:00:00Z';
const platforms = ['linkedin'];

function post(postId: string, more: Partial<PostBody> = {}): PostBody {
  return { clientWorkspaceId, postId, scheduledAt: TUESDAY, platforms, ...more };
}

const report = (postId: string) => ({ clientWorkspaceId, postId }) as const;

describe('given a host whose Retainer answers', () => {
  test('when a post is asked for, published and deleted, then it counts once', async ({ desk }) => {
    const { hooks, count } = await desk();
    expect(await hooks.beforePublish(post('a'))).toMatchObject({ decision: 'allow' });
    expect(await count()).toEqual({ used: 0, held: 0 });
    expect(await hooks.postCreated(post('a'))).toMatchObject({ decision: 'allow', flags: [] });
    expect(await count()).toEqual({ used: 0, held: 1 });
    await hooks.postPublished(report('a'));
    await hooks.postPublished(report('a'));
    await hooks.postDeleted(report('a'));
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0, problem: undefined });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when the tier is used up, then the next is denied with what to say', async ({ desk }) => {
    const { hooks, count } = await desk({ tierId: 'bronze' });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await hooks.postCreated(post(id))).decision).not.toBe('deny');
    }
    expect(await hooks.postCreated(post('f'))).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'limit_reached', limit: 5, held: 5 }],
      suggestedTier: { key: 'silver' },
    });
    expect(await count()).toEqual({ used: 0, held: 5 });
  });

  test('when an ask is wrong, then it says what was wrong', async ({ desk }) => {
    const { hooks } = await desk();
    const past = post('a', { scheduledAt: '2026-02-03T10:00:00Z' });
    await expect(hooks.postCreated(past)).rejects.toMatchObject({ code: 'scheduled_in_past' });
  });

  test('when a file comes and goes and figures are seen, then all of it is told', async ({
    desk,
  }) => {
    const { hooks, problems } = await desk();
    const file = { clientWorkspaceId, mediaId: 'm' } as const;
    expect(await hooks.uploadCreated({ ...file, bytes: 1000 })).toMatchObject({
      decision: 'allow',
    });
    await hooks.uploadDeleted(file);
    const seen = {
      postId: 'a',
      platform: 'x',
      metric: 'likes',
      kind: 'lifetime',
      value: 3,
    } as const;
    await hooks.recordMetrics({ clientWorkspaceId, observations: [seen, seen] });
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(problems).toEqual([]);
  });

  test('when posts are made of an ask by key, then their events settle it', async ({ desk }) => {
    const { hooks, count } = await desk();
    const channels = [{ id: 'c', platform: 'linkedin' }];
    const body = { clientWorkspaceId, idempotencyKey: 'k', scheduledAt: TUESDAY, channels };
    const decision = await hooks.postCreated(body);
    await hooks.attach({ decision, body, posts: [{ channelId: 'c', postId: 'made' }] });
    await hooks.postPublished(report('made'));
    await hooks.drain();
    expect(await count()).toEqual({ used: 1, held: 0 });
  });
});

describe('given a host that allows when Retainer is away', () => {
  test('when it is lost on the way, then the post goes out and is told later', async ({ desk }) => {
    const { hooks, network, count } = await desk();
    network.set('is lost');
    expect(await hooks.postCreated(post('a'))).toMatchObject({
      decision: 'allow',
      reservationId: null,
      flags: ['unavailable'],
    });
    await hooks.postPublished(report('a'));
    expect(await hooks.drain()).toMatchObject({ waiting: 2, problem: { code: 'unreachable' } });
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when only the answer is lost, then nothing counts twice', async ({ desk }) => {
    const { hooks, network, count } = await desk();
    network.set('loses its answer');
    await hooks.postCreated(post('a', { idempotencyKey: 'k' }));
    expect(await count()).toEqual({ used: 0, held: 1 });
    await hooks.postPublished(report('a'));
    await hooks.drain();
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when it published at once, then it counts in that week however late it is told', async ({
    desk,
  }) => {
    const { hooks, network, clock, count } = await desk();
    network.set('is answered by a proxy');
    const { scheduledAt: _none, ...now } = post('a', { publishNow: true });
    await hooks.postCreated(now);
    await hooks.postPublished(report('a'));
    network.set('arrives');
    clock.pass(9 * 24 * 3_600_000);
    await hooks.drain();
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when it is back, then what waits of a post goes before the next ask', async ({ desk }) => {
    const { hooks, network, count, clock } = await desk();
    network.set('is lost');
    await hooks.postCreated(post('a'));
    await hooks.postCreated(post('b'));
    clock.pass(1000);
    network.set('arrives');
    const draft = { clientWorkspaceId, postId: 'a', status: 'draft' } as const;
    expect(await hooks.postUpdated(draft)).toMatchObject({ decision: 'allow', flags: [] });
    await hooks.drain();
    expect(await count()).toEqual({ used: 0, held: 1 });
  });

  test('when posts were made of an ask that nobody answered, then each is told by itself', async ({
    desk,
  }) => {
    const { hooks, network, count } = await desk();
    network.set('loses its answer');
    const channels = [{ id: 'c', platform: 'linkedin' }];
    const body = { clientWorkspaceId, idempotencyKey: 'k', scheduledAt: TUESDAY, channels };
    const decision = await hooks.postCreated(body);
    await hooks.attach({ decision, body, posts: [{ channelId: 'c', postId: 'made' }] });
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ refused: 0, waiting: 0 });
    expect(await count()).toEqual({ used: 0, held: 1 });
  });

  test('when it asks again and again, then it stops waiting for an answer', async ({ desk }) => {
    const { hooks, network } = await desk({ breaker: { failures: 2 } });
    network.set('is lost');
    for (let count = 0; count < 3; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await hooks.beforePublish(post('a'));
    }
    expect(network.requests()).toBe(2);
  });

  test('when an answer takes too long, then nobody waits for it', async ({ desk }) => {
    const { hooks, network, clock, count } = await desk();
    let requests = 0;
    network.set(() => (requests++ === 0 ? 'hangs' : 'arrives'));
    const asked = hooks.postCreated(post('a'));
    await clock.untilAwaited();
    clock.pass(20_000);
    expect(await asked).toMatchObject({ decision: 'allow', flags: ['unavailable'] });
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(await count()).toEqual({ used: 0, held: 1 });
  });

  test('when the token is no good, then that is no reason to refuse a post', async ({ desk }) => {
    const { hooks, network, count } = await desk();
    network.set('shows a token that is no good');
    expect(await hooks.postCreated(post('a'))).toMatchObject({ decision: 'allow' });
    expect(await hooks.drain()).toMatchObject({ waiting: 1, problem: { status: 401 } });
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(await count()).toEqual({ used: 0, held: 1 });
  });
});

describe('given a host that denies when Retainer is away', () => {
  test('when the ask was taken but its answer lost, then what it held comes back', async ({
    desk,
  }) => {
    const { hooks, network, count } = await desk({ onUnavailable: 'deny' });
    network.set('loses its answer');
    expect(await hooks.postCreated(post('a'))).toMatchObject({
      decision: 'deny',
      reasons: [],
      flags: ['unavailable'],
    });
    const file = { clientWorkspaceId, mediaId: 'm', bytes: 10 } as const;
    expect(await hooks.uploadCreated(file)).toMatchObject({ decision: 'deny' });
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    expect(await count()).toEqual({ used: 0, held: 0 });
  });

  test('when it decides by the ask, then each has its own answer', async ({ desk }) => {
    const { hooks, network } = await desk({
      onUnavailable: async ({ hook }, error) =>
        hook === 'uploadCreated' && error.code === 'unreachable' ? 'allow' : 'deny',
    });
    network.set('is lost');
    const file = { clientWorkspaceId, mediaId: 'm', bytes: 10 } as const;
    expect(await hooks.uploadCreated(file)).toMatchObject({ decision: 'allow' });
    expect(await hooks.postUpdated(post('a'))).toMatchObject({ decision: 'deny' });
  });
});

describe('given an outbox with something in it', () => {
  test('when the host starts again, then it is told without being asked to', async ({ desk }) => {
    const first = await desk();
    first.network.set('is lost');
    await first.hooks.postCreated(post('a'));
    await first.hooks.postPublished(report('a'));
    first.network.set('arrives');
    const { hooks, count } = await first.restart();
    // Closing waits for what is under way, which starting set in motion.
    await hooks.close();
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when deliveries fail, then they are tried again after growing pauses', async ({ desk }) => {
    const { hooks, network, clock, count } = await desk();
    network.set('is lost');
    await hooks.postPublished({ ...report('a'), scheduledAt: TUESDAY });
    const pauses: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const pause = await clock.untilAwaited();
      pauses.push(pause);
      if (round === 3) network.set('arrives');
      clock.pass(pause);
    }
    expect(pauses.every((pause, round) => pause >= 250 * 2 ** round)).toBe(true);
    await hooks.close();
    expect(await count()).toEqual({ used: 1, held: 0 });
  });

  test('when one message is wrong, then the others go on and it is set aside', async ({ desk }) => {
    const { hooks, network, problems, count } = await desk();
    network.set('is lost');
    await hooks.postPublished({ ...report('a'), scheduledAt: TUESDAY });
    await hooks.postPublished({ clientWorkspaceId: 'nobody', postId: 'b' });
    await hooks.postPublished({ ...report('c'), occurrence: 'x'.repeat(300) });
    await hooks.postPublished({ ...report('d'), scheduledAt: TUESDAY });
    network.set('arrives');
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 2 });
    expect(problems.filter((code) => code !== 'unreachable').toSorted()).toEqual([
      'invalid_input',
      'not_found',
    ]);
    expect(await count()).toEqual({ used: 2, held: 0 });
  });
});
