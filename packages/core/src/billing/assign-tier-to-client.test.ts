import { describe, expect } from 'vitest';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Client } from '../tenancy/client.entity.ts';
import { test as base, START, type World } from '../tenancy/testing/world.ts';
import { archiveTier } from '../tiers/archive-tier.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { createServiceTier } from '../tiers/create-service-tier.ts';
import { publishTierVersion } from '../tiers/publish-tier-version.ts';
import { assignTierToClient, type AssignTierInput } from './assign-tier-to-client.ts';
import { cancelAssignment } from './cancel-assignment.ts';
import { cancelScheduledChange } from './cancel-scheduled-change.ts';
import { clientTierHistory } from './client-tier-history.ts';
import { previewTierChange } from './preview-tier-change.ts';
import { uncancelAssignment } from './uncancel-assignment.ts';

const NOW = '2026-03-20T12:00:00Z';
const PERIOD_END = '2026-04-15T00:00:00Z';

/** A client on Silver since 15 January, billed by the month. */
const test = base
  .extend('clientId', async ({ world }) => {
    await createDefaultTiers(world.at(START));
    const clientWorkspaceId = await world.client();
    await assign(world, START, { clientWorkspaceId, tierId: 'silver', startDate: '2026-01-15' });
    return clientWorkspaceId;
  });

function assign(world: World, iso: string, input: AssignTierInput) {
  return assignTierToClient(world.at(iso), input);
}

/** The client's spans as `tier@version from..to`, with why they end. */
async function spans(world: World, clientWorkspaceId: string): Promise<string[]> {
  const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
  return assignments.map(({ tier, version, startsAt, endsAt, endedBy }) => {
    const to = endsAt ? `${short(endsAt)} ${endedBy ?? ''}` : '';
    return `${tier.key}@${version} ${short(startsAt)}..${to}`.trim();
  });
}

const short = (at: Date): string => at.toISOString().slice(5, 16);
const versionOf = async (ctx: ServiceContext, id: string): Promise<number> => {
  const where = { agencyId: ctx.agencyId, id };
  return (await inTransaction(ctx, (em) => em.findOneOrFail(Client, where))).version;
};

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

  test('when a change is previewed, then it tells what would happen and changes nothing', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    const before = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    const version = await versionOf(world.at(NOW), clientId);
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
    expect(await versionOf(world.at(NOW), clientId)).toBe(version);
  });
});

describe('given a client on Silver that is canceled', () => {
  test('when it is at the period end, then it can be taken back until then', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await assign(world, NOW, { clientWorkspaceId, tierId: 'bronze' });
    await cancelAssignment(world.at(NOW), { clientWorkspaceId, effective: 'period_end' });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..04-15T00:00 cancel']);
    await expect(
      uncancelAssignment(world.at(PERIOD_END), { clientWorkspaceId }),
    ).rejects.toMatchObject({ code: 'already_ended' });
    await uncancelAssignment(world.at('2026-04-14T23:59:59Z'), { clientWorkspaceId });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
  });

  test.for([
    { tierId: 'gold', to: ['03-20T12:00 change', 'gold@1 03-20T12:00..'] },
    { tierId: 'bronze', to: ['04-15T00:00 change', 'bronze@1 04-15T00:00..'] },
    { tierId: 'silver', to: [''] },
  ])('when $tierId is assigned before the end, then the cancel is gone', async (
    { tierId, to: [end = '', ...rest] },
    { world, clientId },
  ) => {
    const clientWorkspaceId = clientId;
    await cancelAssignment(world.at(NOW), { clientWorkspaceId });
    await assign(world, NOW, { clientWorkspaceId, tierId });
    expect(await spans(world, clientId)).toEqual([`silver@1 01-15T00:00..${end}`, ...rest]);
  });

  test('when it is at once, then a new start cannot reach back before the end', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await cancelAssignment(world.at(NOW), { clientWorkspaceId, effective: 'now' });
    await expect(cancelAssignment(world.at(NOW), { clientWorkspaceId })).rejects.toMatchObject({
      code: 'already_ended',
    });
    await assign(world, '2026-03-20T15:00:00Z', {
      clientWorkspaceId,
      tierId: 'gold',
      startDate: '2026-03-20',
    });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..03-20T12:00 cancel',
      'gold@1 03-20T12:00..',
    ]);
  });
});

describe('given a client without a tier', () => {
  test('when there is nothing to end, then it says so', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    for (const end of [cancelAssignment, uncancelAssignment]) {
      await expect(end(world.at(NOW), { clientWorkspaceId })).rejects.toMatchObject({
        code: 'no_assignment',
      });
    }
  });

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
    await expect(
      clientTierHistory(neighbour.at(NOW), { clientWorkspaceId }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
