import { describe, expect } from 'vitest';

import { assign, NOW, test as base } from '../billing/testing/silver.ts';
import { createClientCost } from '../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { createToolCost } from '../costs/tool-costs/create-tool-cost.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { upsertClient } from '../tenancy/upsert-client.ts';
import { clientMargins, type ClientMargins, type ClientMarginsInput } from './client-margins.ts';

const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' };
const usd = (amount: string) => ({ amount, currency: 'USD' });
const missing = (reason: string) => ({ value: null, reason });

/** What happened in March for a client on Silver since 15 January. */
const test = base
  .extend('facts', async ({ world, clientId }) => {
    const clientWorkspaceId = clientId;
    const ctx = world.at(NOW);
    const work = { clientWorkspaceId, date: '2026-03-02', minutes: 360, hourlyRate: '50.00' };
    await createTimeEntry(ctx, work);
    await createTimeEntry(ctx, { ...work, minutes: 240, billable: false });
    const tool = { clientWorkspaceId, name: 'Canva', amount: '31.00', ...MARCH };
    await createToolCost(ctx, tool);
    const cost = { clientWorkspaceId, date: '2026-03-05' };
    await createClientCost(ctx, 'other', { ...cost, amount: '19.00' });
    await createClientCost(ctx, 'ad_spend', { ...cost, amount: '1200.00' });
    return clientId;
  })
  .extend('margins', async ({ world, facts }) => async (input: ClientMarginsInput = MARCH) => {
    const found = await clientMargins(world.at(NOW), input);
    const rowOf = (id: string): ClientMargins['clients']['items'][number] | undefined =>
      found.clients.items.find((row) => row.clientWorkspaceId === id);
    return { ...found, row: rowOf(facts), rowOf };
  });

describe('given a client’s tier and the work for it', () => {
  test('when its month is asked for, then the fee is put beside what the agency bears', async ({
    margins,
  }) => {
    const { row, totals, currency, period } = await margins();
    expect({ currency, period }).toEqual({ currency: 'USD', period: MARCH });
    const figures = {
      fee: usd('1047.39'),
      cost: {
        time: usd('500.00'),
        tools: usd('31.00'),
        other: usd('19.00'),
        borneByAgency: usd('550.00'),
        adSpendPassedOn: usd('1200.00'),
      },
      margin: usd('497.39'),
      marginPercent: { value: '47.4885', reason: null },
      effectiveHourlyRate: { value: { ...usd('104.74'), exact: '10473.900000' }, reason: null },
      trackedSeconds: 36_000,
    };
    expect(row).toMatchObject({ name: 'Bakery', ...figures });
    expect(totals).toEqual({ ...figures, unallocatedTools: usd('0.00') });
  });

  test('when no dates are named, then it is the month to date', async ({ margins }) => {
    const { period, row } = await margins({});
    expect(period).toEqual({ startDate: '2026-03-01', endDate: '2026-03-20' });
    expect(row).toMatchObject({ fee: usd('692.86'), cost: { tools: usd('20.00') } });
  });

  test('when one client is asked for, then its row comes alone', async ({
    margins,
    world,
    facts,
  }) => {
    const { row, clients, totals } = await margins();
    await world.client();
    const own = await margins({ ...MARCH, clientWorkspaceId: facts });
    expect(own).toMatchObject({ totals, clients: { ...clients, items: [row] } });
    const nobody = margins({ ...MARCH, clientWorkspaceId: 'nobody' });
    await expect(nobody).rejects.toMatchObject({ code: 'not_found' });
  });

  test('when the period is turned round, then that is said', async ({ margins }) => {
    const turned = margins({ startDate: '2026-03-31', endDate: '2026-03-01' });
    await expect(turned).rejects.toMatchObject({ code: 'period_inverted' });
  });
});

describe('given several clients', () => {
  test('when one pays nothing, then it has no margin, and all together have the ratio of their sums', async ({
    world,
    margins,
  }) => {
    const free = await world.client();
    const work = { clientWorkspaceId: free, date: '2026-03-02', minutes: 60, hourlyRate: '47.39' };
    await createTimeEntry(world.at(NOW), work);
    const { rowOf, totals } = await margins();
    expect(rowOf(free)).toMatchObject({
      fee: usd('0.00'),
      margin: usd('-47.39'),
      marginPercent: missing('zero_denominator'),
      effectiveHourlyRate: { value: { ...usd('0.00'), exact: '0.000000' }, reason: null },
    });
    // 450.00 of 1047.39, and that over 11 hours.
    expect(totals).toMatchObject({
      margin: usd('450.00'),
      marginPercent: { value: '42.9639' },
      effectiveHourlyRate: { value: { amount: '95.22' } },
    });
  });

  test('when a cost has no rate, then what needs it is missing and says why', async ({
    world,
    margins,
  }) => {
    const clientWorkspaceId = await world.client();
    await createTimeEntry(world.at(NOW), { clientWorkspaceId, date: '2026-03-02', minutes: 60 });
    const { rowOf, totals } = await margins();
    const unknown = { amount: null, reason: 'missing_rate' };
    expect(rowOf(clientWorkspaceId)).toMatchObject({
      cost: { time: unknown, other: usd('0.00'), borneByAgency: unknown },
      margin: { ...usd('x'), ...unknown },
      marginPercent: missing('missing_rate'),
      trackedSeconds: 3600,
    });
    expect(totals).toMatchObject({
      fee: usd('1047.39'),
      cost: { borneByAgency: { ...unknown, knownAmount: '550.00' } },
      margin: unknown,
      marginPercent: missing('missing_rate'),
      effectiveHourlyRate: { value: { amount: '95.22' } },
    });
  });

  test('when they are read page by page, then each is told once and the totals are of all', async ({
    world,
    clientId,
    margins,
  }) => {
    const other = await world.client();
    await assign(world, NOW, {
      clientWorkspaceId: other,
      tierId: 'bronze',
      startDate: '2026-03-01',
    });
    const archived = await world.client();
    await archiveClient(world.at(NOW), { clientWorkspaceId: archived });
    await archiveClient(world.at(NOW), { clientWorkspaceId: other });
    await upsertClient(world.at(NOW), { clientWorkspaceId: '𝔷', name: 'Last' });
    const all = await margins();
    const ids: string[] = [];
    let cursor: string | null | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop
      const page = await margins({ ...MARCH, limit: 1, ...(cursor && { cursor }) });
      expect(page.totals).toEqual(all.totals);
      ids.push(...page.clients.items.map((row) => row.clientWorkspaceId));
      cursor = page.clients.nextCursor;
    } while (cursor !== null);
    // Archived ones only with figures: a fee is one.
    expect(ids).toEqual([...[clientId, other].toSorted(), '𝔷']);
    expect(all.rowOf(other)).toMatchObject({ fee: usd('499.00') });
  });

  test('when a tool falls on no client, then the agency bears it all the same', async ({
    world,
    margins,
  }) => {
    const shared = { name: 'Buffer', amount: '50.00', allocation: 'posts', ...MARCH } as const;
    await createToolCost(world.at(NOW), shared);
    const { row, totals } = await margins();
    expect(row).toMatchObject({ cost: { tools: usd('31.00') } });
    expect(totals).toMatchObject({
      cost: { tools: usd('81.00'), borneByAgency: usd('600.00') },
      unallocatedTools: usd('50.00'),
    });
  });
});
