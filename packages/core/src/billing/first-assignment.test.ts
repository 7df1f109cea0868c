import { describe, expect } from 'vitest';

import { START } from '../tenancy/testing/world.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { cancelScheduledChange } from './cancel-scheduled-change.ts';
import { clientTierHistory } from './client-tier-history.ts';
import { assign, NOW, spans, test } from './testing/silver.ts';

describe('given a client without a tier', () => {
  test('when it is to start on a day to come, then another day or none can take its place', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const clientWorkspaceId = await world.client({ timeZone: 'America/New_York' });
    const bronze = { clientWorkspaceId, tierId: 'bronze' };
    await assign(world, NOW, { ...bronze, startDate: '2026-04-01' });
    await assign(world, NOW, { ...bronze, startDate: '2026-05-31' });
    expect(await spans(world, clientWorkspaceId)).toEqual(['bronze@1 05-31T04:00..']);
    await cancelScheduledChange(world.at(NOW), { clientWorkspaceId });
    expect(await spans(world, clientWorkspaceId)).toEqual([]);
  });

  test('when its anchor is the 31st, then a change in February waits for the 28th', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const clientWorkspaceId = await world.client();
    await assign(world, START, { clientWorkspaceId, tierId: 'gold', startDate: '2026-01-31' });
    await assign(world, '2026-02-10T12:00:00Z', { clientWorkspaceId, tierId: 'silver' });
    expect(await spans(world, clientWorkspaceId)).toEqual([
      'gold@1 01-31T00:00..02-28T00:00 change',
      'silver@1 02-28T00:00..',
    ]);
  });

  test('when it starts with a trial, then the paid time starts when it is assigned again', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const clientWorkspaceId = await world.client();
    const gold = { clientWorkspaceId, tierId: 'gold' };
    await assign(world, '2026-03-01T00:00:00Z', { ...gold, trialEndsAt: '2026-03-16T00:00:00Z' });
    await assign(world, '2026-03-10T00:00:00Z', { ...gold, trialEndsAt: '2026-04-01T00:00:00Z' });
    const { proration } = await assign(world, '2026-03-16T00:00:00Z', gold);
    // Half of March is left; nothing is given back for the trial.
    expect(proration?.lines).toHaveLength(1);
    expect(proration?.total).toEqual({ amount: '1031.74', currency: 'USD' });
    const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    expect(assignments).toMatchObject([
      { trialEndsAt: new Date('2026-04-01T00:00:00Z'), endedBy: 'change' },
      { trialEndsAt: null, endsAt: null, anchor: '2026-03-01' },
    ]);
  });

  test('when sixteen assign it at once, then one tier is in force and none overlaps', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const clientWorkspaceId = await world.client();
    const keys = ['bronze', 'silver', 'gold'];
    const race = Array.from({ length: 16 }, (_, index) =>
      assign(world, `2026-03-20T12:00:00.${String(index + 10)}0Z`, {
        clientWorkspaceId,
        tierId: keys[index % 3] ?? 'gold',
        effective: index % 2 === 0 ? 'now' : 'period_end',
      }),
    );
    const done = await Promise.allSettled(race);
    expect(done.filter((one) => one.status === 'rejected')).toEqual([]);
    const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    expect(assignments.filter((one) => !one.endsAt)).toHaveLength(1);
    for (const [index, one] of assignments.entries()) {
      const next = assignments[index + 1];
      if (next) expect(one.endsAt?.getTime()).toBeLessThanOrEqual(next.startsAt.getTime());
    }
  });

  test('when a neighbour has a client of the same id, then it is another', async ({
    world,
    clientId,
  }) => {
    const neighbour = await world.neighbour();
    await createDefaultTiers(neighbour.at(START));
    const clientWorkspaceId = clientId;
    await expect(
      assign(neighbour, NOW, { clientWorkspaceId, tierId: 'gold' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(clientTierHistory(neighbour.at(NOW), { clientWorkspaceId })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });
});
