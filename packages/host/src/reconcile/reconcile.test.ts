import { describe, expect } from 'vitest';

import { MONDAY, test } from '../testing/desk.ts';
import type { ListedPost, Reconciliation } from './reconciliation.ts';

const clientWorkspaceId = 'bakery';
const TUESDAY = '2026-03-03T10:00:00Z';
const WEEK = { from: '2026-03-02T00:00:00Z', to: '2026-03-09T00:00:00Z' };

function known(
  postId: string,
  state: ListedPost['state'],
  more: Partial<ListedPost> = {},
): ListedPost {
  const post = { clientWorkspaceId, postId, state, scheduledAt: TUESDAY };
  return { ...post, platforms: ['linkedin'], ...more };
}

async function* listOfThree() {
  yield known('a', 'published');
  yield known('b', 'published', { occurrence: 'x'.repeat(300) });
  yield known('c', 'published');
}

function codesOf({ exceptions }: Reconciliation) {
  return exceptions.map(({ code, postId, isSettled }) => [code, postId, isSettled]);
}

describe('given a host that knows its posts', () => {
  test('when Retainer has missed some, then they agree afterwards, and each is explained', async ({
    desk,
  }) => {
    const { hooks, count, clock } = await desk();
    const post = (postId: string) => ({
      clientWorkspaceId,
      postId,
      scheduledAt: TUESDAY,
      platforms: ['linkedin'],
    });
    for (const id of ['told', 'missed', 'deleted', 'waits']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await hooks.postCreated(post(id));
    }
    clock.pass(1000);
    await hooks.postPublished({ clientWorkspaceId, postId: 'told' });
    const posts = [
      known('told', 'published'),
      known('missed', 'published'),
      known('never asked', 'published'),
      known('deleted', 'deleted'),
      known('waits', 'scheduled'),
      known('made behind', 'scheduled'),
      known('idea', 'draft'),
      known('failed', 'failed', { scheduledAt: '2026-03-02T08:00:00Z' }),
      known('nobody', 'published', { clientWorkspaceId: null }),
      known('stranger', 'scheduled', { clientWorkspaceId: 'unknown' }),
    ];
    const first = await hooks.reconcile({ ...WEEK, posts });
    expect(codesOf(first)).toEqual([
      ['was_not_counted', 'missed', true],
      ['was_not_counted', 'never asked', true],
      ['was_not_asked', 'never asked', true],
      ['was_still_held', 'deleted', true],
      ['was_not_held', 'made behind', true],
      ['unassigned', 'nobody', false],
      ['refused', 'stranger', false],
    ]);
    expect(first.windows).toEqual([
      {
        clientWorkspaceId,
        window: { start: '2026-03-02T00:00:00.000Z', end: '2026-03-09T00:00:00.000Z' },
        used: 3,
        held: 2,
        published: 3,
      },
    ]);
    expect(await count()).toEqual({ used: 3, held: 2 });
    const again = await hooks.reconcile({ ...WEEK, posts: posts.slice(0, 7) });
    expect(codesOf(again)).toEqual([
      ['was_not_asked', 'never asked', true],
      ['was_not_held', 'made behind', true],
    ]);
  });

  test('when Retainer counts what no post accounts for, then it says so', async ({ desk }) => {
    const { hooks } = await desk();
    const post = { clientWorkspaceId, scheduledAt: TUESDAY, platforms: ['linkedin'] } as const;
    await hooks.postCreated({ ...post, postId: 'forgotten' });
    await hooks.postPublished({ clientWorkspaceId, postId: 'forgotten' });
    await hooks.postCreated({ ...post, idempotencyKey: 'made nothing' });
    const posts = [known('a', 'scheduled')];
    const result = await hooks.reconcile({ ...WEEK, posts });
    expect(codesOf(result)).toEqual([
      ['was_not_held', 'a', true],
      ['counts_more', null, false],
      ['holds_more', null, false],
    ]);
    expect(result.exceptions[1]?.explanation).toMatch(/counts 1 in the week of 2026-03-02/u);
  });

  test('when messages were refused or cannot be told, then they are listed', async ({ desk }) => {
    const { hooks, network } = await desk();
    await hooks.postPublished({ clientWorkspaceId: 'unknown', postId: 'p', at: MONDAY });
    await hooks.drain();
    const none = { ...WEEK, posts: [] };
    expect(codesOf(await hooks.reconcile(none))).toEqual([['refused', 'p', false]]);
    network.set('is lost');
    await hooks.postPublished({ clientWorkspaceId, postId: 'q' });
    const result = await hooks.reconcile(none);
    expect(codesOf(result)).toEqual([['not_told', null, false]]);
    // Nothing can be compared without an answer.
    const posts = [known('q', 'published')];
    await expect(hooks.reconcile({ ...WEEK, posts })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  test('when its list comes piece by piece, and one post cannot be read, then the others are settled', async ({
    desk,
  }) => {
    const { hooks, count } = await desk();
    const result = await hooks.reconcile({ ...WEEK, posts: listOfThree() });
    expect(codesOf(result).filter(([code]) => code !== 'was_not_asked')).toEqual([
      ['was_not_counted', 'a', true],
      ['refused', 'b', false],
      ['was_not_counted', 'c', true],
      ['counts_less', null, false],
    ]);
    expect(await count()).toEqual({ used: 2, held: 0 });
  });
});
