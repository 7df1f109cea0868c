import { describe, expect } from 'vitest';

import { setRate } from '../costs/rates/set-rate.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { createGate } from '../gate/gate.ts';
import { startRefresher } from '../jobs/start-refresher.ts';
import { getAgencyKPIDashboard } from '../kpi/get-agency-kpi-dashboard.ts';
import { test as base } from '../tenancy/testing/world.ts';
import { silentLog } from '../testing/index.ts';
import { calculateValueTracking } from '../value/tracking/calculate-value-tracking.ts';
import { inTransaction, type ServiceContext } from './context.ts';

const NOON = '2026-03-02T12:00:00Z';
const NOW = Date.parse(NOON);
const ENTRY = { person: 'Ada', date: '2026-03-02', minutes: 30 } as const;

/** `test` with a client, and with contexts whose commits are written down. */
const test = base.extend('desk', async ({ world }) => {
  const clientId = await world.client();
  const told: unknown[] = [];
  const changed = (agencyId: string, clientIds?: readonly string[]): void => {
    if (agencyId === world.agencyId) told.push(clientIds ?? 'any');
  };
  const context = (): ServiceContext => ({ ...world.at(NOON), changed });
  return { clientId, told, changed, context, take: () => told.splice(0) };
});

describe('given a transaction that may write', () => {
  test('when it is about a client, then those who look at that client are told, once and after all of it', async ({
    desk,
  }) => {
    const ctx = desk.context();
    await inTransaction(ctx, async () => {
      await createTimeEntry(ctx, { clientWorkspaceId: desk.clientId, ...ENTRY });
      expect(desk.take()).toEqual([]);
      await createTimeEntry(ctx, { clientWorkspaceId: desk.clientId, ...ENTRY });
    });
    expect(desk.take()).toEqual([[desk.clientId]]);
  });

  test('when it is about the agency, then it may be about any client', async ({ desk }) => {
    const rate = { level: 'agency', fromDate: '2026-03-01', hourlyRate: 50 } as const;
    await setRate(desk.context(), rate);
    expect(desk.take()).toEqual(['any']);
  });

  test('when it fails, then nobody is told', async ({ desk }) => {
    const failing = inTransaction(desk.context(), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(desk.take()).toEqual([]);
  });
});

describe('given somebody who reads because they were told', () => {
  test('when reading brings figures up to date, or keeps them, then nobody is told of that', async ({
    desk,
  }) => {
    await createTimeEntry(desk.context(), { clientWorkspaceId: desk.clientId, ...ENTRY });
    desk.take();
    const period = { startDate: '2026-03-01', endDate: '2026-03-31' };
    await getAgencyKPIDashboard(desk.context(), period);
    await calculateValueTracking(desk.context(), { clientWorkspaceId: desk.clientId, ...period });
    expect(desk.take()).toEqual([]);
  });

  test('when a worker brings them up to date, then it tells of those that it changed', async ({
    desk,
    database,
    world,
  }) => {
    await createTimeEntry(world.at(NOON), { clientWorkspaceId: desk.clientId, ...ENTRY });
    const { changed } = desk;
    const now = () => new Date(NOW);
    const worker = startRefresher({ database, log: silentLog, now, changed, idleMs: 20 });
    await expect.poll(() => desk.told.flat(), { timeout: 10_000 }).toContain(desk.clientId);
    await worker.stop();
    expect(desk.told).not.toContain('any');
  });
});

describe('given the gate', () => {
  const reserve = (key: string) =>
    ({
      type: 'reserve',
      now: NOW,
      key,
      meter: 'posts',
      quantity: 1,
      platforms: [],
      scheduledAt: NOW,
      expiresAt: undefined,
    }) as const;

  test('when it writes, then it tells of the clients that it wrote, and of no others', async ({
    desk,
    database,
    world,
  }) => {
    const gate = createGate(database.gatePool, { changed: desk.changed });
    const other = await world.client();
    await gate.submit(world.agencyId, desk.clientId, reserve('one'));
    expect(desk.take()).toEqual([[desk.clientId]]);
    await gate.submit(world.agencyId, desk.clientId, reserve('one'));
    await gate.ask(world.agencyId, other, reserve('two'));
    await gate.submit(world.agencyId, 'nobody', reserve('three')).catch(() => undefined);
    expect(desk.take()).toEqual([]);
  });
});
