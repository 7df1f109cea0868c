import { describe, expect } from 'vitest';

import { assignTierToClient } from '../billing/assign-tier-to-client.ts';
import { cancelAssignment } from '../billing/cancel-assignment.ts';
import { pauseClient } from '../billing/pause-client.ts';
import { test, type World } from '../tenancy/testing/world.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { publishTierVersion } from '../tiers/publish-tier-version.ts';
import { getClientTier } from './get-client-tier.ts';
import { listClientTiers } from './list-client-tiers.ts';

/** Four clients: two on Silver, one on Bronze, one on none. */
async function threeOfFour(world: World) {
  const ctx = world.at('2026-03-10T09:00:00Z');
  await createDefaultTiers(ctx);
  const ids = await Promise.all([1, 2, 3, 4].map(async () => world.client()));
  for (const [index, tierId] of ['silver', 'silver', 'bronze'].entries()) {
    const clientWorkspaceId = ids[index] ?? '';
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await assignTierToClient(ctx, { clientWorkspaceId, tierId, startDate: '2026-03-01' });
  }
  const [first = '', second = '', third = '', fourth = ''] = ids;
  return { ids, first, second, third, fourth };
}

describe('given clients on tiers in several states', () => {
  test('when they are listed, then each has the tier, state and change that it has by itself', async ({
    world,
  }) => {
    const ctx = world.at('2026-03-10T09:00:00Z');
    const { ids, first, second, third, fourth } = await threeOfFour(world);
    await publishTierVersion(ctx, { tierId: 'silver', features: { postsPerWeek: 12 } });
    await assignTierToClient(ctx, { clientWorkspaceId: first, tierId: 'bronze' });
    await pauseClient(ctx, { clientWorkspaceId: second });
    await cancelAssignment(ctx, { clientWorkspaceId: third });

    const later = world.at('2026-03-11T09:00:00Z');
    const { holders, clients } = await listClientTiers(later);
    expect(clients.items.map((row) => row.clientWorkspaceId)).toEqual(ids.toSorted());
    for (const row of clients.items) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const own = await getClientTier(later, { clientWorkspaceId: row.clientWorkspaceId });
      expect(row).toMatchObject({
        tier: own.tier && { id: own.tier.id, key: own.tier.key, version: own.tier.version },
        status: own.status,
        endsAt: own.endsAt,
        ...(own.billing && {
          periodEnd: own.billing.periodEnd,
          scheduledChange: own.billing.scheduledChange,
        }),
      });
    }
    const byId = new Map(clients.items.map((row) => [row.clientWorkspaceId, row]));
    expect(byId.get(first)?.scheduledChange?.tier.key).toBe('bronze');
    expect(byId.get(second)).toMatchObject({ status: 'paused', tier: { version: 1 } });
    expect(byId.get(fourth)).toMatchObject({ tier: null, status: null });
    expect(holders).toHaveLength(2);
    expect(holders).toEqual(
      expect.arrayContaining([
        { tierId: byId.get(second)?.tier?.id, version: 1, clients: 2 },
        { tierId: byId.get(third)?.tier?.id, version: 1, clients: 1 },
      ]),
    );
  });

  test('when one tier is asked for, an end has come or another agency looks, then those alone are told', async ({
    world,
  }) => {
    const { first } = await threeOfFour(world);
    await cancelAssignment(world.at('2026-03-10T10:00:00Z'), { clientWorkspaceId: first });
    const later = world.at('2026-04-11T09:00:00Z');
    const { clients, holders } = await listClientTiers(later, { tierId: 'silver', limit: 1 });
    expect(clients).toMatchObject({
      items: [{ tier: { key: 'silver' } }],
      nextCursor: expect.any(String),
    });
    expect(holders.map((row) => row.clients)).toEqual([1, 1]);
    const neighbour = (await world.neighbour()).at('2026-04-11T09:00:00Z');
    expect((await listClientTiers(neighbour)).clients.items).toEqual([]);
  });
});
