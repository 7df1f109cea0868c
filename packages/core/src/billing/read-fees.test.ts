import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import type { World } from '../tenancy/testing/world.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { cancelAssignment } from './cancel-assignment.ts';
import { pauseClient } from './pause-client.ts';
import { readFees, type FeesAsk } from './read-fees.ts';
import { assign, NOW, test } from './testing/silver.ts';

/** The period that Silver, since 15 January, is in on 20 March. */
const PERIOD = { startDate: '2026-03-15', endDate: '2026-04-14' };
const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' };

/** What the clients are charged, as they are seen on 20 March. */
async function fees(
  world: World,
  ask: Partial<FeesAsk>,
  ctx: ServiceContext = world.at(NOW),
): Promise<Record<string, bigint | string>> {
  const found = await inTransaction(ctx, (em) =>
    readFees(em, ctx, { ...PERIOD, currency: 'USD', ...ask }),
  );
  return Object.fromEntries(
    [...found].map(([id, fee]) => [id, fee.totalMinor ?? `${fee.reason} ${fee.knownMinor}`]),
  );
}

async function publishRate(world: World, date: string, rate: string): Promise<void> {
  await inTransaction(world.at(NOW), (em) =>
    sqlSession(em).query(
      `insert into retainer.exchange_rate (agency_id, base, quote, on_date, rate, created_at)
       values (current_setting('retainer.agency'), 'EUR', 'USD', $1, $2, now())
       on conflict (agency_id, base, quote, on_date) do update set rate = excluded.rate`,
      [date, rate],
    ),
  );
}

describe('given a client on Silver', () => {
  test('when a billing period is asked for, then its fee is the price', async ({
    world,
    clientId,
  }) => {
    expect(await fees(world, {})).toEqual({ [clientId]: 99_900n });
  });

  test('when a month is asked for, then it has its days of both periods', async ({
    world,
    clientId,
  }) => {
    // The last 14 of 28 days, ten of which take an odd cent, and the first 17 of 31, as all of them do.
    const fee = 10n * 3568n + 4n * 3567n + 17n * 3223n;
    expect(await fees(world, MARCH)).toEqual({ [clientId]: fee });
    const halves = [
      await fees(world, { ...MARCH, endDate: '2026-03-09' }),
      await fees(world, { ...MARCH, startDate: '2026-03-10' }),
    ];
    expect(halves.reduce((sum, half) => sum + BigInt(half[clientId] ?? 0), 0n)).toBe(fee);
  });

  test('when it is upgraded at once, then the fee of the period has the lines of that bill', async ({
    world,
    clientId,
  }) => {
    const input = { clientWorkspaceId: clientId, tierId: 'gold', upgrade: true };
    const { proration } = await assign(world, NOW, input);
    const minor = BigInt((proration?.total.amount ?? '').replace('.', ''));
    expect(minor).toBeGreaterThan(0n);
    expect(await fees(world, {})).toEqual({ [clientId]: 99_900n + minor });
    const before = { ...PERIOD, endDate: '2026-03-19' };
    expect(await fees(world, before)).toEqual({ [clientId]: 5n * 3223n });
  });

  test('when it waits for another price, then that is the fee from then on', async ({
    world,
    clientId,
  }) => {
    await assign(world, NOW, { clientWorkspaceId: clientId, tierId: 'bronze' });
    const next = { startDate: '2026-04-15', endDate: '2026-05-14' };
    expect([await fees(world, {}), await fees(world, next)]).toEqual([
      { [clientId]: 99_900n },
      { [clientId]: 49_900n },
    ]);
  });

  test('when it is paused, then it is charged all the same', async ({ world, clientId }) => {
    await pauseClient(world.at(NOW), { clientWorkspaceId: clientId });
    expect(await fees(world, {})).toEqual({ [clientId]: 99_900n });
  });

  test('when it cancels at once or is archived, then the period stays charged and no more follow', async ({
    world,
    clientId,
  }) => {
    const other = await world.client();
    await assign(world, '2026-01-15T00:00:00Z', { clientWorkspaceId: other, tierId: 'bronze' });
    await cancelAssignment(world.at(NOW), { clientWorkspaceId: clientId, effective: 'now' });
    await archiveClient(world.at(NOW), { clientWorkspaceId: other });
    expect(await fees(world, {})).toEqual({ [clientId]: 99_900n, [other]: 49_900n });
    expect(await fees(world, { startDate: '2026-04-15', endDate: '2026-06-14' })).toEqual({});
  });

  test('when it is on trial, then nothing is charged until its paid start', async ({ world }) => {
    await createDefaultTiers(world.at(NOW));
    const clientWorkspaceId = await world.client();
    const trial = { clientWorkspaceId, tierId: 'gold', startDate: '2026-03-15' };
    await assign(world, '2026-03-15T00:00:00Z', { ...trial, trialEndsAt: '2026-04-15T00:00:00Z' });
    expect(await fees(world, { clientIds: [clientWorkspaceId] })).toEqual({});
    await assign(world, '2026-03-30T12:00:00Z', { clientWorkspaceId, tierId: 'gold' });
    // Half of the 31 days are left.
    expect(await fees(world, { clientIds: [clientWorkspaceId] })).toEqual({
      [clientWorkspaceId]: 99_950n,
    });
  });

  test('when one client is asked for, then no other is told, nor one of another agency', async ({
    world,
    clientId,
  }) => {
    const other = await world.client();
    await assign(world, NOW, { clientWorkspaceId: other, tierId: 'bronze' });
    expect(await fees(world, { clientIds: [other], endDate: '2026-06-01' })).toHaveProperty(other);
    const neighbour = await world.neighbour();
    expect(await fees(neighbour, { clientIds: [clientId] })).toEqual({});
  });
});

describe('given a price in another currency', () => {
  test('when no rate is known, then the fee is missing; the first one found is kept', async ({
    world,
    clientId,
  }) => {
    const ask = { currency: 'EUR' };
    expect(await fees(world, ask)).toEqual({ [clientId]: 'missing_rate 0' });
    await publishRate(world, '2026-03-07', '1.6');
    expect(await fees(world, ask)).toEqual({ [clientId]: 'missing_rate 0' });
    await publishRate(world, '2026-03-08', '1.25');
    expect(await fees(world, ask)).toEqual({ [clientId]: 79_920n });
    await publishRate(world, '2026-03-15', '2');
    expect(await fees(world, ask)).toEqual({ [clientId]: 79_920n });
  });

  test('when a charge is still to come, then it takes the rates of today and keeps none', async ({
    world,
    clientId,
  }) => {
    const next = { startDate: '2026-04-15', endDate: '2026-05-14', currency: 'EUR' };
    await publishRate(world, '2026-04-10', '1.25');
    expect(await fees(world, next)).toEqual({ [clientId]: 79_920n });
    await publishRate(world, '2026-04-15', '2');
    expect(await fees(world, next)).toEqual({ [clientId]: 49_950n });
  });

  test('when only a part of the fee is told, then that part stands beside it', async ({
    world,
    clientId,
  }) => {
    await publishRate(world, '2026-03-15', '2');
    const ask = { ...MARCH, currency: 'EUR' };
    // 17 of the 31 days of 499.50, each with an odd cent or without.
    expect(await fees(world, ask)).toEqual({
      [clientId]: `missing_rate ${9n * 1612n + 8n * 1611n}`,
    });
  });
});
