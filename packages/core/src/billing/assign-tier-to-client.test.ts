import { describe, expect } from 'vitest';

import { archiveTier } from '../tiers/archive-tier.ts';
import { createServiceTier } from '../tiers/create-service-tier.ts';
import { publishTierVersion } from '../tiers/publish-tier-version.ts';
import type { AssignTierInput } from './assign-tier-to-client.ts';
import { cancelScheduledChange } from './cancel-scheduled-change.ts';
import { clientTierHistory } from './client-tier-history.ts';
import { assign, NOW, spans, test } from './testing/silver.ts';

describe('given a client on Silver', () => {
  test('when Gold is assigned, then it is Gold at once, and both prices are shared by the second', async ({
    world,
    clientId,
  }) => {
    const answer = await assign(world, NOW, {
      clientWorkspaceId: clientId,
      tierId: 'gold',
      upgrade: true,
    });
    expect(answer.tier?.key).toBe('gold');
    expect(answer.proration).toEqual({
      lines: [
        {
          description: 'Silver: credit for the unused 2203200 of 2678400 seconds of the period',
          amount: { amount: '-821.76', currency: 'USD' },
        },
        {
          description: 'Gold: the remaining 2203200 of 2678400 seconds of the period',
          amount: { amount: '1644.34', currency: 'USD' },
        },
      ],
      total: { amount: '822.58', currency: 'USD' },
    });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..03-20T12:00 change',
      'gold@1 03-20T12:00..',
    ]);
    const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId: clientId });
    expect(assignments[1]).toMatchObject({
      anchor: '2026-01-15',
      interval: 'monthly',
      price: { amount: '1999.00', currency: 'USD' },
    });
  });

  test('when Bronze is assigned, then it waits for the end of the period and costs nothing now', async ({
    world,
    clientId,
  }) => {
    const bronze = { clientWorkspaceId: clientId, tierId: 'bronze' };
    const answer = await assign(world, NOW, bronze);
    expect(answer.tier?.key).toBe('silver');
    expect(answer.proration).toBeUndefined();
    const waiting = ['silver@1 01-15T00:00..04-15T00:00 change', 'bronze@1 04-15T00:00..'];
    expect(await spans(world, clientId)).toEqual(waiting);
    const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId: clientId });

    await assign(world, NOW, bronze);
    const again = await clientTierHistory(world.at(NOW), { clientWorkspaceId: clientId });
    expect(again.assignments).toEqual(assignments);
  });

  test('when a change is pending, then the next request takes its place', async ({
    world,
    clientId,
  }) => {
    const ask = (more: Omit<AssignTierInput, 'clientWorkspaceId'>) =>
      assign(world, NOW, { clientWorkspaceId: clientId, ...more });
    await ask({ tierId: 'bronze' });
    await ask({ tierId: 'gold', effective: 'period_end' });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..04-15T00:00 change',
      'gold@1 04-15T00:00..',
    ]);
    await ask({ tierId: 'silver' });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
    await ask({ tierId: 'bronze' });
    await ask({ tierId: 'gold' });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..03-20T12:00 change',
      'gold@1 03-20T12:00..',
    ]);
  });

  test('when a pending change is canceled, then Silver goes on; twice changes nothing', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await assign(world, NOW, { clientWorkspaceId, tierId: 'bronze' });
    await cancelScheduledChange(world.at(NOW), { clientWorkspaceId });
    await cancelScheduledChange(world.at(NOW), { clientWorkspaceId });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
  });

  test('when the tier gets a new version, then the client stays until moved', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await publishTierVersion(world.at(NOW), { tierId: 'silver', features: { postsPerWeek: 12 } });
    await assign(world, NOW, { clientWorkspaceId, tierId: 'silver', version: 1 });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
    await assign(world, NOW, { clientWorkspaceId, tierId: 'silver' });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..03-20T12:00 change',
      'silver@2 03-20T12:00..',
    ]);
  });

  test('when it moves to yearly billing, then the year has its own price from the same day', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await assign(world, NOW, { clientWorkspaceId, tierId: 'silver', interval: 'annual' });
    const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    expect(assignments[1]).toMatchObject({
      interval: 'annual',
      anchor: '2026-01-15',
      price: { amount: '11988.00' },
    });
    await assign(world, NOW, { clientWorkspaceId, tierId: 'gold', interval: 'quarterly' });
    const after = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    // The year began at this instant, so it never was in force.
    expect(after.assignments).toHaveLength(2);
    expect(after.assignments[1]).toMatchObject({
      interval: 'quarterly',
      price: { amount: '5997.00' },
    });
  });

  test('when it is asked for twice in different words, then it is refused', async ({
    world,
    clientId,
  }) => {
    await expect(
      assign(world, NOW, {
        clientWorkspaceId: clientId,
        tierId: 'gold',
        upgrade: true,
        effective: 'period_end',
      }),
    ).rejects.toMatchObject({ issues: [{ path: ['effective'] }] });
  });

  test('when the tier is archived, priced in another currency or unknown, then it is refused', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await createServiceTier(world.at(NOW), {
      name: 'Euro',
      pricing: { monthly: { amount: 10, currency: 'EUR' } },
    });
    await archiveTier(world.at(NOW), { tierId: 'gold' });
    const refusals = [
      [{ tierId: 'gold' }, 'tier_archived'],
      [{ tierId: 'euro', effective: 'now' }, 'currency_mismatch'],
      [{ tierId: 'platinum' }, 'not_found'],
      [{ tierId: 'bronze', version: 9 }, 'not_found'],
    ] as const;
    for (const [ask, code] of refusals) {
      await expect(assign(world, NOW, { clientWorkspaceId, ...ask })).rejects.toMatchObject({
        code,
      });
    }
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
  });
});
