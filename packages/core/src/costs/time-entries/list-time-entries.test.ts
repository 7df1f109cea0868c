import { describe, expect } from 'vitest';

import type { ServiceContext } from '../../kernel/context.ts';
import { found, test } from '../../tenancy/testing/world.ts';
import { upsertAgency } from '../../tenancy/upsert-agency.ts';
import { setRate } from '../rates/set-rate.ts';
import { keepEntry } from '../testing/costs-world.ts';
import { listAgencyTimeEntries, listTimeEntries } from './list-time-entries.ts';

const NOW = '2026-03-20T12:00:00Z';

type Input = Parameters<typeof listAgencyTimeEntries>[1];

/** The notes of the listed entries: these tests name entries by them. */
async function listed(ctx: ServiceContext, input: Input): Promise<string> {
  const { items } = await listAgencyTimeEntries(ctx, input);
  return items.map(({ note }) => note).join(' ');
}

describe('given entries of several clients', () => {
  test('when they are listed, then each filter leaves those that fit, the latest first', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const [bakery, gym] = [await world.client(), await world.client()];
    const day = (localDate: string) => ({ clientId: bakery, localDate });
    await keepEntry(ctx, { ...day('2026-03-01'), note: 'a', campaignId: 'spring' });
    await keepEntry(ctx, { ...day('2026-03-02'), note: 'b', billable: false });
    await keepEntry(ctx, { ...day('2026-03-03'), note: 'c', source: 'import', person: 'bob' });
    await keepEntry(ctx, { clientId: gym, localDate: '2026-03-02', note: 'd' });
    const clientWorkspaceId = bakery;
    const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
    expect(items.map(({ note }) => note)).toEqual(['c', 'b', 'a']);
    expect(await listed(ctx, { startDate: '2026-03-03' })).toBe('c');
    expect(await listed(ctx, { endDate: '2026-03-01' })).toBe('a');
    expect(
      await listed(ctx, { clientWorkspaceId, startDate: '2026-03-02', endDate: '2026-03-02' }),
    ).toBe('b');
    expect(await listed(ctx, { campaignId: 'spring' })).toBe('a');
    expect(await listed(ctx, { person: 'bob' })).toBe('c');
    expect(await listed(ctx, { source: 'import' })).toBe('c');
    expect(await listed(ctx, { billable: false })).toBe('b');
    expect(await listed(ctx, { clientWorkspaceId, billable: true })).toBe('c a');
    const neighbour = (await world.neighbour()).at(NOW);
    expect(await listed(neighbour, {})).toBe('');
    await expect(listTimeEntries(neighbour, { clientWorkspaceId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const inverted = listed(ctx, { startDate: '2026-03-03', endDate: '2026-03-02' });
    await expect(inverted).rejects.toMatchObject({ code: 'period_inverted' });
  });

  test('when they are read page by page, then each comes once', async ({ world }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    for (const [index, note] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const localDate = `2026-03-0${1 + Math.floor(index / 2)}`;
      // oxlint-disable-next-line no-await-in-loop -- in order
      await keepEntry(ctx, { clientId, localDate, note });
    }
    const notes: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAgencyTimeEntries>> =
        // oxlint-disable-next-line no-await-in-loop -- one page after the other
        await listAgencyTimeEntries(ctx, { limit: 2, ...(cursor !== null && { cursor }) });
      notes.push(...page.items.map(({ note }) => note));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(notes.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(notes[0]).toBe('e');
    const forged = listAgencyTimeEntries(ctx, { cursor: 'forged' });
    await expect(forged).rejects.toMatchObject({ issues: [{ path: 'cursor' }] });
  });

  test('when days are asked for, then they are each client’s own, and time over midnight is on both', async ({
    database,
  }) => {
    const world = await found(database, { timeZone: 'America/New_York' });
    const ctx = world.at(NOW);
    const york = await world.client();
    const berlin = await world.client({ timeZone: 'Europe/Berlin' });
    const night = {
      startedAt: new Date('2026-03-03T04:30:00Z'),
      endedAt: new Date('2026-03-03T05:30:00Z'),
    };
    await keepEntry(ctx, { clientId: york, note: 'york', ...night });
    await keepEntry(ctx, { clientId: berlin, note: 'berlin', ...night });
    const at = night.endedAt;
    await keepEntry(ctx, { clientId: york, note: 'moment', startedAt: at, endedAt: at });
    const on = async (date: string) => listed(ctx, { startDate: date, endDate: date });
    expect(await on('2026-03-02')).toBe('york');
    expect((await on('2026-03-03')).split(' ').toSorted()).toEqual(['berlin', 'moment', 'york']);
    expect(await on('2026-03-04')).toBe('');
    const settings = { name: 'North', currency: 'USD', timeZone: 'America/New_York' };
    await upsertAgency(ctx, { ...settings, timeAttribution: 'start' });
    expect(await on('2026-03-02')).toBe('york');
    expect((await on('2026-03-03')).split(' ').toSorted()).toEqual(['berlin', 'moment']);
    expect(await listed(ctx, { startDate: '1970-01-01', endDate: '9999-12-31' })).not.toBe('');
  });
});

describe('given entries that no rate prices', () => {
  test('when the missing are asked for, then they alone come, however many others lie between', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const ada = { clientId, person: 'ada' };
    await setRate(ctx, { level: 'person', person: 'ada', fromDate: '2026-02-01', hourlyRate: 5 });
    await keepEntry(ctx, { ...ada, localDate: '2026-01-31', note: 'before' });
    await keepEntry(ctx, { ...ada, localDate: '2026-02-01', note: 'rated' });
    await keepEntry(ctx, { clientId, person: 'bob', localDate: '2026-02-02', note: 'bob' });
    await keepEntry(ctx, { clientId, rateMinor: 1n, currency: 'USD', note: 'own' });
    const startedAt = new Date('2026-01-31T23:00:00Z');
    const endedAt = new Date('2026-02-01T01:00:00Z');
    await keepEntry(ctx, { ...ada, startedAt, endedAt, note: 'half' });
    const missing = async () => (await listed(ctx, { missingRate: true })).split(' ').toSorted();
    expect(await missing()).toEqual(['before', 'bob', 'half']);
    expect(await listed(ctx, { missingRate: false })).toBe('own rated');
    const first = await listAgencyTimeEntries(ctx, { missingRate: true, limit: 2 });
    expect(first.items).toHaveLength(2);
    const cursor = first.nextCursor ?? '';
    const rest = await listAgencyTimeEntries(ctx, { missingRate: true, cursor });
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();

    await setRate(ctx, { level: 'agency', fromDate: '2026-02-01', hourlyRate: 5 });
    expect(await missing()).toEqual(['before', 'half']);
    await setRate(ctx, { level: 'agency', fromDate: null, hourlyRate: 5 });
    expect(await missing()).toEqual(['']);
    await setRate(ctx, { level: 'agency', fromDate: '2026-02-02', hourlyRate: null });
    expect(await missing()).toEqual(['bob']);
  });
});
