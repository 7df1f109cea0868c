import { describe, expect } from 'vitest';

import { createClientCost } from '../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { setBudget } from '../plans/budgets/set-budget.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { test as base } from '../tenancy/testing/world.ts';
import { budgetStates, type BudgetStatesInput } from './budget-states.ts';

const NOW = '2026-03-16T12:00:00Z';
const month = '2026-03';
const known = (value: string) => ({ value, reason: null });
const none = { value: null, reason: 'zero_denominator' };

const test = base.extend('rows', async ({ world }) => {
  return async (input: BudgetStatesInput = {}, at = NOW) => {
    const { clients, ...rest } = await budgetStates(world.at(at), input);
    const rows = new Map(clients.items.map((row) => [row.clientWorkspaceId, row]));
    return { ...rest, rows, nextCursor: clients.nextCursor };
  };
});

describe('given budgets of some clients', () => {
  test('when the month is read, then each says how far it is used, and others that they have none', async ({
    world,
    rows,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const free = await world.client();
    await setBudget(ctx, { clientWorkspaceId, month, amount: '1000.00' });
    await setBudget(ctx, { clientWorkspaceId, month, hours: 10 });
    const time = { date: '2026-03-02', minutes: 600, hourlyRate: '20.00' };
    await createTimeEntry(ctx, { clientWorkspaceId, ...time });
    await createClientCost(ctx, 'ad_spend', {
      clientWorkspaceId,
      date: '2026-03-16',
      amount: '600.00',
    });
    await createClientCost(ctx, 'other', {
      clientWorkspaceId: free,
      date: '2026-03-01',
      amount: '5.00',
    });
    const found = await rows();
    expect(found.month).toBe(month);
    expect(found.rows.get(clientWorkspaceId)).toEqual({
      clientWorkspaceId,
      name: 'Bakery',
      money: {
        amount: { amount: '1000.00', currency: 'USD' },
        use: {
          state: 'warning',
          ratio: known('0.800000'),
          spent: known('800.00'),
          remaining: known('200.00'),
          // 200.00 in the 15 days that are over; today's ads are spent, and say nothing of the pace.
          projected: known('413.33'),
        },
      },
      hours: {
        hours: 10,
        use: {
          state: 'reached',
          ratio: known('1.000000'),
          spent: known('10.0000'),
          remaining: known('0.0000'),
          projected: known('20.6667'),
        },
      },
    });
    expect(found.rows.get(free)).toMatchObject({
      money: { amount: null, use: { state: 'no_budget', ratio: none, spent: known('5.00') } },
      hours: { hours: null, use: { state: 'no_budget', ratio: none, spent: known('0.0000') } },
    });
  });

  test('when a client lives in another zone and currency, then its own days and money count', async ({
    world,
    rows,
  }) => {
    const clientWorkspaceId = await world.client({ timeZone: 'Asia/Tokyo', currency: 'JPY' });
    await setBudget(world.at(NOW), { clientWorkspaceId, month, amount: '3100' });
    await createClientCost(world.at(NOW), 'ad_spend', {
      clientWorkspaceId,
      startDate: '2026-03-01',
      endDate: '2026-03-31',
      amount: '3100',
    });
    // In Tokyo it is the 16th already.
    const { rows: found } = await rows({ month }, '2026-03-15T20:00:00Z');
    expect(found.get(clientWorkspaceId)?.money).toMatchObject({
      amount: { amount: '3100', currency: 'JPY' },
      use: { state: 'ok', spent: known('1600'), projected: known('3100') },
    });
  });

  test('when a month to come is read, then nothing is spent yet', async ({ world, rows }) => {
    const clientWorkspaceId = await world.client();
    const next = { clientWorkspaceId, month: '2026-04', amount: '10' };
    await setBudget(world.at(NOW), next);
    const { rows: found } = await rows({ month: '2026-04' });
    expect(found.get(clientWorkspaceId)?.money.use).toMatchObject({
      state: 'ok',
      spent: known('0.00'),
      projected: { value: null, reason: 'no_complete_day' },
    });
  });

  test('when they are read page by page, then archived clients come only with a budget', async ({
    world,
    rows,
  }) => {
    const [one, budgeted, archived] = [
      await world.client(),
      await world.client(),
      await world.client(),
    ];
    await setBudget(world.at(NOW), { clientWorkspaceId: budgeted, month, hours: 1 });
    await archiveClient(world.at(NOW), { clientWorkspaceId: budgeted });
    await archiveClient(world.at(NOW), { clientWorkspaceId: archived });
    const first = await rows({ limit: 1 });
    const second = await rows({ limit: 1, cursor: first.nextCursor ?? '' });
    expect(second.nextCursor).toBeNull();
    const ids = [...first.rows.keys(), ...second.rows.keys()];
    expect(ids).toEqual([one, budgeted].toSorted());
  });
});
