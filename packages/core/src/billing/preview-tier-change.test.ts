import { describe, expect } from 'vitest';

import { createGate } from '../gate/gate.ts';
import { inTransaction } from '../kernel/context.ts';
import { Client } from '../tenancy/client.entity.ts';
import type { World } from '../tenancy/testing/world.ts';
import { updateTierUsage } from '../usage/update-tier-usage.ts';
import type { AssignTierInput } from './assign-tier-to-client.ts';
import { clientTierHistory } from './client-tier-history.ts';
import { previewTierChange } from './preview-tier-change.ts';
import { assign, NOW, PERIOD_END, test } from './testing/silver.ts';

describe('given a client on Silver', () => {
  test('when a change is previewed, then it tells what would happen and changes nothing', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    const before = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    const version = await versionOf(world, clientId);
    const preview = (ask: Partial<AssignTierInput> & { tierId: string }) =>
      previewTierChange(world.at(NOW), { clientWorkspaceId, ...ask });
    expect(await preview({ tierId: 'gold' })).toMatchObject({
      effectiveAt: new Date(NOW),
      proration: { total: { amount: '822.58' } },
      over: [],
    });
    expect(await preview({ tierId: 'bronze' })).toEqual({
      effectiveAt: new Date(PERIOD_END),
      proration: null,
      over: [],
    });
    expect(await preview({ tierId: 'silver' })).toEqual({
      effectiveAt: null,
      proration: null,
      over: [],
    });
    expect(await clientTierHistory(world.at(NOW), { clientWorkspaceId })).toEqual(before);
    expect(await versionOf(world, clientId)).toBe(version);
  });

  test('when it has more than Bronze allows, then the preview lists what a change would show', async ({
    database,
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    const { agencyId } = world;
    const gate = createGate(database.gatePool);
    const caller = { gate, agencyId, now: () => new Date(NOW) };
    const taken = { posts: 7, ai_generations: 120, storage_bytes: 6_000_000_000 } as const;
    for (const [meter, quantity] of Object.entries(taken)) {
      await updateTierUsage(caller, {
        clientWorkspaceId,
        meter,
        quantity,
        idempotencyKey: meter,
      });
    }
    const ask = { clientWorkspaceId, tierId: 'bronze', effective: 'now' } as const;
    const { over } = await previewTierChange(world.at(NOW), ask);
    expect(over).toMatchObject([
      { meter: 'ai_generations', used: 120, limit: 100, over: 20 },
      {
        meter: 'posts',
        used: 7,
        limit: 5,
        over: 2,
        remaining: 0,
        resetsAt: new Date('2026-03-23'),
      },
      { meter: 'storage_bytes', limit: 5_000_000_000, over: 1_000_000_000, window: null },
    ]);
    // At the end of the period the week and the month are new; what is stored is still there.
    const later = await previewTierChange(world.at(NOW), { clientWorkspaceId, tierId: 'bronze' });
    expect(later.over).toMatchObject([{ meter: 'storage_bytes' }]);

    const { usage } = await assign(world, NOW, ask);
    const shown = usage.filter((row) => row.over > 0);
    expect(new Set(shown)).toEqual(new Set(over));
  });
});

async function versionOf(world: World, id: string): Promise<number> {
  const where = { agencyId: world.agencyId, id };
  const client = await inTransaction(world.at(NOW), (em) => em.findOneOrFail(Client, where));
  return client.version;
}
