import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { createClientCost } from '../costs/client-costs/create-client-cost.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { START, test, type World } from '../tenancy/testing/world.ts';
import { listBudgets } from './budgets/list-budgets.ts';
import { setBudget } from './budgets/set-budget.ts';
import { listCapacities } from './capacities/list-capacities.ts';
import { setCapacity } from './capacities/set-capacity.ts';
import { listTargets } from './targets/list-targets.ts';
import { setTarget } from './targets/set-target.ts';

const LATER = '2026-03-05T10:00:00Z';

async function audited(world: World, action: string) {
  const { items } = await listAudit(world.at(LATER), {});
  return items.filter((item) => item.action === action);
}

describe('given budgets of a client', () => {
  test('when one of money and one of hours are set, then they stand side by side, as last told', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client({ currency: 'EUR' });
    const month = '2026-03';
    const set = (at: string, what: object) =>
      setBudget(world.at(at), { clientWorkspaceId, month, ...what });
    const money = await set(START, { amount: '1000' });
    expect(money).toEqual({
      clientWorkspaceId,
      month,
      kind: 'money',
      amount: { amount: '1000.00', currency: 'EUR' },
      hours: null,
      changedAt: new Date(START),
    });
    expect(await set(LATER, { amount: 1000 })).toEqual(money);
    const hours = await set(START, { hours: '37.50' });
    expect(hours).toMatchObject({ kind: 'hours', amount: null, hours: 37.5 });
    const raised = await set(LATER, { amount: { amount: '1200', currency: 'USD' } });
    expect(raised).toMatchObject({
      amount: { amount: '1200.00', currency: 'USD' },
      changedAt: new Date(LATER),
    });
    const { items } = await listBudgets(world.at(LATER), { clientWorkspaceId });
    expect(items.map(({ use: _use, ...told }) => told)).toEqual([hours, raised]);
    expect(
      (await audited(world, 'budget.set')).map(({ before, after }) => [before, after]),
    ).toEqual(
      [raised, hours, money].map((after, index) => [
        index === 0 ? JSON.parse(JSON.stringify(money)) : null,
        JSON.parse(JSON.stringify(after)),
      ]),
    );
  });

  test('when money is spent and time is tracked, then each budget says how far it is used', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const month = '2026-03';
    await setBudget(world.at(START), { clientWorkspaceId, month, amount: '1000' });
    await setBudget(world.at(START), { clientWorkspaceId, month, hours: 10 });
    const day = { clientWorkspaceId, date: '2026-03-02' };
    await createClientCost(world.at(LATER), 'ad_spend', { ...day, amount: '800' });
    await createClientCost(world.at(LATER), 'other', {
      clientWorkspaceId,
      startDate: '2026-03-05',
      endDate: '2026-03-06',
      amount: '20',
    });
    const { items } = await listBudgets(world.at(LATER), { clientWorkspaceId });
    const known = (value: string) => ({ value, reason: null });
    expect(items.map(({ kind, use }) => [kind, use])).toEqual([
      ['hours', expect.objectContaining({ state: 'ok', remaining: known('10.0000') })],
      [
        'money',
        {
          state: 'warning',
          ratio: known('0.810000'),
          spent: known('810.00'),
          remaining: known('190.00'),
          projected: known('6200.00'),
        },
      ],
    ]);
    const later = await listBudgets(world.at('2026-04-01T00:00:00Z'), { clientWorkspaceId });
    expect(later.items[1]?.use).toMatchObject({ spent: known('820.00'), state: 'warning' });
  });

  test('when many set the same at once, then it is there once', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const budget = { clientWorkspaceId, month: '2026-03', amount: '1000' };
    await Promise.all(Array.from({ length: 8 }, () => setBudget(world.at(START), budget)));
    const { items } = await listBudgets(world.at(LATER), { clientWorkspaceId });
    expect(items).toHaveLength(1);
    expect(await audited(world, 'budget.set')).toHaveLength(1);
  });

  test('when they are listed, then by month, the latest first, page by page', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    for (const month of ['2026-01', '2026-02', '2026-03']) {
      /* oxlint-disable no-await-in-loop -- in order */
      await setBudget(world.at(START), { clientWorkspaceId, month, amount: '1' });
      await setBudget(world.at(START), { clientWorkspaceId, month, hours: 0 });
      /* oxlint-enable no-await-in-loop */
    }
    const read = async (more: object) => {
      const page = await listBudgets(world.at(LATER), { clientWorkspaceId, ...more });
      return [page.items.map(({ month, kind }) => `${month} ${kind}`), page.nextCursor] as const;
    };
    const [first, cursor] = await read({ limit: 3 });
    expect(first).toEqual(['2026-03 hours', '2026-03 money', '2026-02 hours']);
    const rest = ['2026-02 money', '2026-01 hours', '2026-01 money'];
    expect(await read({ limit: 3, cursor })).toEqual([rest, null]);
    const months = { startMonth: '2026-02', endMonth: '2026-02' };
    expect(await read(months)).toEqual([['2026-02 hours', '2026-02 money'], null]);
    const inverted = read({ startMonth: '2026-03', endMonth: '2026-02' });
    await expect(inverted).rejects.toMatchObject({ code: 'period_inverted' });
    await expect(read({ cursor: 'x' })).rejects.toMatchObject({ issues: [{ path: 'cursor' }] });
  });

  test.for([
    { why: 'nothing', what: {}, path: ['amount'] },
    { why: 'both', what: { amount: '1', hours: 1 }, path: ['amount'] },
    { why: 'parts of a second', what: { hours: '0.0001' }, path: ['hours'] },
    { why: 'no month', what: { month: '2026-13', hours: 1 }, path: ['month'] },
    { why: 'a day', what: { month: '2026-03-01', hours: 1 }, path: ['month'] },
  ])('when one says $why, then that is named', async ({ what, path }, { world }) => {
    const clientWorkspaceId = await world.client();
    const budget = setBudget(world.at(START), { clientWorkspaceId, month: '2026-03', ...what });
    await expect(budget).rejects.toMatchObject({ issues: [{ path }] });
  });

  test('when the client is unknown, a neighbour’s or archived, then it says so', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const budget = { clientWorkspaceId, month: '2026-03', amount: '1000' };
    const theirs = setBudget((await world.neighbour()).at(START), budget);
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
    const negative = setBudget(world.at(START), { ...budget, amount: -1 });
    await expect(negative).rejects.toMatchObject({ issues: [{ path: 'amount' }] });
    await archiveClient(world.at(START), { clientWorkspaceId });
    await expect(setBudget(world.at(LATER), budget)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('given targets', () => {
  test('when the agency and a client have them, then each is told with whose it is', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const cheap = {
      metric: 'costPerLead',
      month: '2026-03',
      value: '40.00',
      direction: 'less',
    } as const;
    const own = await setTarget(world.at(START), { ...cheap, clientWorkspaceId });
    const all = await setTarget(world.at(START), cheap);
    expect(all).toEqual({
      ...cheap,
      value: '40',
      clientWorkspaceId: null,
      changedAt: new Date(START),
    });
    expect(await setTarget(world.at(LATER), cheap)).toEqual(all);
    const leads = await setTarget(world.at(START), {
      clientWorkspaceId,
      metric: 'leads',
      month: '2026-03',
      value: 280,
      direction: 'more',
    });
    const raised = await setTarget(world.at(LATER), { ...cheap, clientWorkspaceId, value: 42.5 });
    expect(raised).toEqual({ ...own, value: '42.5', changedAt: new Date(LATER) });

    const read = async (input: object) => (await listTargets(world.at(LATER), input)).items;
    expect(await read({})).toEqual([all, raised, leads]);
    expect(await read({ clientWorkspaceId })).toEqual([raised, leads]);
    expect(await read({ metric: 'leads' })).toEqual([leads]);
    const first = await listTargets(world.at(LATER), { limit: 1 });
    const second = await listTargets(world.at(LATER), { limit: 1, cursor: first.nextCursor ?? '' });
    const third = await listTargets(world.at(LATER), { limit: 1, cursor: second.nextCursor ?? '' });
    expect([first, second, third].flatMap(({ items }) => items)).toEqual([all, raised, leads]);
    expect(third.nextCursor).toBeNull();
    expect(await audited(world, 'target.set')).toHaveLength(4);
  });

  test('when the metric is none of ours, then it is named', async ({ world }) => {
    const target = { metric: 'luck', month: '2026-03', value: 1, direction: 'more' as const };
    // @ts-expect-error -- not a metric
    await expect(setTarget(world.at(START), target)).rejects.toMatchObject({
      issues: [{ path: ['metric'] }],
    });
  });
});

describe('given capacities', () => {
  test('when they are set and set again, then they stand as last told, by month and person', async ({
    world,
  }) => {
    const set = (at: string, person: string, hours: number | string) =>
      setCapacity(world.at(at), { person, month: '2026-03', hours });
    const ada = await set(START, 'Ada L.', 160);
    expect(ada).toEqual({
      person: 'Ada L.',
      month: '2026-03',
      hours: 160,
      changedAt: new Date(START),
    });
    expect(await set(LATER, 'Ada L.', '160.0')).toEqual(ada);
    const bo = await set(START, 'bo', 0);
    const less = await set(LATER, 'Ada L.', 120.25);
    const page = await listCapacities(world.at(LATER), { limit: 1 });
    expect(page.items).toEqual([less]);
    const next = await listCapacities(world.at(LATER), { limit: 1, cursor: page.nextCursor ?? '' });
    expect(next).toEqual({ items: [bo], nextCursor: null });
    expect(await listCapacities(world.at(LATER), { person: 'bo' })).toMatchObject({ items: [bo] });
    await expect(set(START, 'bo', 745)).rejects.toMatchObject({ issues: [{ path: ['hours'] }] });
    expect(await audited(world, 'capacity.set')).toHaveLength(3);
  });
});
