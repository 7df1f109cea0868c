import { describe, expect } from 'vitest';

import { NOW, test } from '../gate/testing/gate-world.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { clientRunOuts } from './client-run-outs.ts';
import { listRunOuts } from './list-run-outs.ts';

const GB = 1_000_000_000;
/** Half a week after it began. */
const THURSDAY = '2026-03-05T12:00:00Z';

describe('given a client that uses what its tier grants', () => {
  test('when it is looked at in the middle of its week, then each allowance says when it runs out or why not', async ({
    desk,
  }) => {
    const { tell, record, world, clientId } = await desk({
      posts: 7,
      ai: 10,
      reports: null,
      storage: 5 * GB,
      library: 0,
      timeZone: 'America/New_York',
    });
    for (const [postId, scheduledAt] of [
      ['a', '2026-03-03T10:00:00Z'],
      ['b', '2026-03-04T10:00:00Z'],
      ['c', '2026-03-07T10:00:00Z'],
      ['d', '2026-03-08T10:00:00Z'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await tell(NOW, 'postCreated', { postId, scheduledAt, platforms: ['x'] });
    }
    await tell(THURSDAY, 'postPublished', { postId: 'a' });
    await record('2026-01-10T00:00:00Z', storage(GB, 'then'));
    await record('2026-02-20T00:00:00Z', storage(3 * GB, 'later'));
    const { allowances } = await clientRunOuts(world.at(THURSDAY), { clientWorkspaceId: clientId });
    expect(allowances.map(({ meter, taken, limit }) => [meter, taken, limit])).toEqual([
      ['posts', 4, 7],
      ['ai_generations', 0, 10],
      ['reports', 0, null],
      ['storage_bytes', 3 * GB, 5 * GB],
      ['library_items', 0, 0],
    ]);
    // Four in 79 hours of its own week, since Monday 05:00 UTC: three more take 59 and a quarter.
    expect(allowances[0]).toMatchObject({
      window: { start: new Date('2026-03-02T05:00:00Z'), end: new Date('2026-03-09T04:00:00Z') },
      remaining: 3,
      pacePerDay: '1.215190',
      runsOutAt: new Date('2026-03-07T23:15:00Z'),
      runsOutOn: '2026-03-07',
      reason: null,
    });
    // It grew by 2 GB in the last 28 days, and has as much left.
    expect(allowances[3]).toMatchObject({
      window: null,
      remaining: 2 * GB,
      runsOutOn: '2026-04-02',
      reason: null,
    });
    const none = { runsOutAt: null, runsOutOn: null };
    expect(allowances[1]).toMatchObject({ ...none, pacePerDay: '0.000000', reason: 'no_use' });
    expect(allowances[2]).toMatchObject({ ...none, remaining: null, reason: 'unlimited' });
    expect(allowances[4]).toMatchObject({ ...none, reason: 'limit_is_zero' });
  });

  test('when its week begins, ends, or is used up, then there is no day, and it says why', async ({
    desk,
  }) => {
    const { tell, world, clientId } = await desk({ posts: 2 });
    const post = async (postId: string) =>
      tell(NOW, 'postCreated', { postId, scheduledAt: '2026-03-06T10:00:00Z' });
    const reason = async (at: string) => {
      const { allowances } = await clientRunOuts(world.at(at), { clientWorkspaceId: clientId });
      return allowances[0]?.reason;
    };
    await post('a');
    expect(await reason('2026-03-02T00:00:00Z')).toBe('no_elapsed_time');
    expect(await reason('2026-03-05T12:00:00Z')).toBe('lasts');
    expect(await reason('2026-03-05T11:59:59Z')).toBeNull();
    await post('b');
    expect(await reason('2026-03-05T12:00:00Z')).toBe('used_up');
    expect(await reason('2026-03-12T00:00:00Z')).toBe('no_use');
  });
});

describe('given several clients', () => {
  test('when run-outs are listed, then the soonest first, page by page, without what has no limit', async ({
    desk,
  }) => {
    const one = await desk({ posts: 10, ai: 100, library: null });
    await one.tell(NOW, 'postCreated', { postId: 'a', scheduledAt: '2026-03-06T10:00:00Z' });
    await one.record(NOW, { meter: 'ai_generations', quantity: 10, idempotencyKey: 'k' });
    const list = (input: object) => listRunOuts(one.world.at(THURSDAY), input);
    const { allowances } = await list({});
    expect(
      allowances.items.map(({ meter, runsOutOn, reason }) => [meter, runsOutOn, reason]),
    ).toEqual([
      ['posts', null, 'lasts'],
      ['ai_generations', null, 'lasts'],
    ]);
    await one.record(NOW, { meter: 'ai_generations', quantity: 89, idempotencyKey: 'l' });
    // The billing month began on 1 March: 99 in 4 days and a half, the last one within the hour.
    const first = await list({ limit: 1 });
    expect(first.allowances.items).toMatchObject([
      { meter: 'ai_generations', runsOutAt: new Date('2026-03-05T13:05:27.272Z') },
    ]);
    const rest = await list({ limit: 1, cursor: first.allowances.nextCursor });
    expect(rest.allowances).toMatchObject({ items: [{ meter: 'posts' }], nextCursor: null });
    expect((await list({ meter: 'reports' })).allowances.items).toEqual([]);
    await expect(list({ cursor: 'eA' })).rejects.toMatchObject({ issues: [{ path: 'cursor' }] });

    await archiveClient(one.world.at(THURSDAY), { clientWorkspaceId: one.clientId });
    expect((await list({})).allowances.items).toEqual([]);
    const neighbour = await one.world.neighbour();
    const theirs = clientRunOuts(neighbour.at(THURSDAY), { clientWorkspaceId: one.clientId });
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
  });
});

function storage(quantity: number, idempotencyKey: string) {
  return { meter: 'storage_bytes', quantity, idempotencyKey };
}
