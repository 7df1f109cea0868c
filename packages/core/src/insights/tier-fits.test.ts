import { describe, expect } from 'vitest';

import { test } from '../gate/testing/gate-world.ts';
import { archiveTier } from '../tiers/archive-tier.ts';
import { createServiceTier } from '../tiers/create-service-tier.ts';
import { listTierFits, type ListTierFitsInput } from './list-tier-fits.ts';

/** A Wednesday; the twelve weeks before its own begin on 5 January. */
const NOW = '2026-04-01T09:00:00Z';
const platforms = ['linkedin'];

describe('given a client on a tier of three posts a week', () => {
  test('when it wished five in one week, two of them denied, then the next tier is told with what it costs more', async ({
    desk,
  }) => {
    const { tell, world, clientId, tier } = await desk({ posts: 3, price: '100' });
    const larger = await tier({ posts: 10, reports: 1, price: '250' });
    await tier({ posts: 50, price: '900' });
    const week = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
    for (const [index, day] of week.entries()) {
      /* oxlint-disable no-await-in-loop -- one after the other */
      const ask = { postId: `p${index}`, scheduledAt: `${day}T10:00:00Z`, platforms };
      const { decision } = await tell('2026-03-09T08:00:00Z', 'postCreated', ask);
      if (decision !== 'deny')
        await tell(`${day}T10:00:00Z`, 'postPublished', { postId: `p${index}` });
      /* oxlint-enable no-await-in-loop */
    }
    const { counts, clients } = await listTierFits(world.at(NOW), {});
    expect(counts).toEqual({ fits: 0, over: 1, under: 0, unknown: 0 });
    expect(clients.items).toMatchObject([
      {
        clientWorkspaceId: clientId,
        fit: 'over',
        reason: null,
        currentTier: { monthly: { amount: '100.00' } },
        fittedTier: { id: larger, monthly: { amount: '250.00', currency: 'USD' } },
        priceDifference: { amount: '150.00', currency: 'USD' },
        weeks: 12,
        startDate: '2026-01-05',
        endDate: '2026-03-29',
        peakWeek: {
          startDate: '2026-03-09',
          endDate: '2026-03-15',
          taken: 3,
          denied: 2,
          wished: 5,
        },
        medianWeek: '0.0',
        weeksOver: 1,
        deniedPosts: 2,
        gaps: [{ code: 'limit_reached', platform: null, limit: 3, wished: 5, weeks: 1 }],
      },
    ]);
    await archiveTier(world.at(NOW), { tierId: larger });
    const [found] = (await listTierFits(world.at(NOW), {})).clients.items;
    expect(found?.priceDifference).toMatchObject({ amount: '800.00' });
  });

  test('when a platform or another meter is what it wants, then the tier must have that too', async ({
    desk,
  }) => {
    const { tell, record, world, tier } = await desk({
      posts: 3,
      platforms: { max: 2, allowed: platforms, perPlatform: {} },
      ai: 10,
      price: '100',
    });
    await tier({ posts: 5, platforms: { max: 1, allowed: 'all', perPlatform: {} }, price: '200' });
    const fitting = await tier({ posts: 5, ai: 60, price: '300' });
    const ask = { postId: 'a', scheduledAt: '2026-03-10T10:00:00Z', platforms: ['x'] };
    expect(await tell('2026-03-09T08:00:00Z', 'postCreated', ask)).toMatchObject({
      decision: 'deny',
    });
    await record('2026-03-09T08:00:00Z', {
      meter: 'ai_generations',
      quantity: 50,
      idempotencyKey: 'k',
    });
    const { clients } = await listTierFits(world.at(NOW), { fit: 'over' });
    expect(clients.items).toMatchObject([
      {
        fittedTier: { id: fitting },
        weeksOver: 0,
        gaps: [
          { code: 'platform_not_in_tier', meter: 'posts', platform: 'x', wished: 1 },
          { code: 'limit_reached', meter: 'ai_generations', limit: 10, wished: 50 },
        ],
      },
    ]);
  });
});

describe('given clients whose tier is not the one', () => {
  test('when one is on too dear a tier, has none, or is new, then each is told and counted', async ({
    desk,
  }) => {
    const { world, tier, clientId, gate: _gate } = await desk({ posts: 20, price: '500' });
    const cheap = await tier({ posts: 5, price: '50' });
    await createServiceTier(world.at(NOW), {
      name: 'As cheap, but later in the alphabet',
      pricing: { monthly: '50.00' },
      features: { postsPerWeek: 5 },
    });
    const without = await world.client();
    const list = async (input: ListTierFitsInput = {}) => listTierFits(world.at(NOW), input);
    const { counts, clients } = await list();
    expect(counts).toEqual({ fits: 0, over: 0, under: 1, unknown: 1 });
    const rows = new Map(clients.items.map((row) => [row.clientWorkspaceId, row]));
    expect(rows.get(clientId)).toMatchObject({
      fit: 'under',
      priceDifference: { amount: '-450.00' },
      peakWeek: { startDate: '2026-01-05', wished: 0 },
    });
    expect(rows.get(without)).toMatchObject({
      fit: null,
      reason: 'no_tier',
      currentTier: null,
      fittedTier: { monthly: { amount: '50.00' } },
      priceDifference: null,
    });
    const first = await list({ limit: 1 });
    expect(first).toMatchObject({ counts, clients: { nextCursor: expect.any(String) } });
    const rest = await list({ limit: 1, cursor: first.clients.nextCursor ?? '' });
    expect([...first.clients.items, ...rest.clients.items]).toEqual(clients.items);
    expect(rest.clients.nextCursor).toBeNull();
    expect((await list({ fit: 'under' })).clients.items).toEqual([rows.get(clientId)]);
    const own = await list({ clientWorkspaceId: without });
    expect(own).toMatchObject({ counts: { unknown: 1, under: 0 }, clients: { nextCursor: null } });
    expect(own.clients.items).toEqual([rows.get(without)]);
    await expect(list({ clientWorkspaceId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const soon = await listTierFits(world.at('2026-01-03T00:00:00Z'), {});
    expect(soon.clients.items[0]).toMatchObject({ fit: null, weeks: 0, startDate: null });
    expect(cheap).toBeTruthy();
  });
});
