import { describe, expect } from 'vitest';

import { assign, test } from '../../billing/testing/silver.ts';
import { createClientCost } from '../../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../../costs/time-entries/create-time-entry.ts';
import { createConversion } from '../../value/conversions/create-conversion.ts';
import { recordMetrics } from '../../value/observations/record-metrics.ts';
import { setTarget, type SetTargetInput } from './set-target.ts';
import { targetStates, type TargetStatesInput } from './target-states.ts';

/** Ten days of March are over in UTC, eleven in Auckland, where it is the twelfth by now. */
const NOW = '2026-03-11T12:00:00Z';
const known = (value: string) => ({ value, reason: null });

describe('given goals of an agency and its clients', () => {
  test('when a month runs, then each stands where the complete days of its own zone have come', async ({
    world,
    clientId,
  }) => {
    const far = await world.client({ timeZone: 'Pacific/Auckland', currency: 'EUR' });
    const ctx = world.at(NOW);
    const set = (input: Omit<SetTargetInput, 'month'>) =>
      setTarget(ctx, { month: '2026-03', ...input });
    const lead = (date: string, count: number) =>
      createConversion(ctx, { clientWorkspaceId: clientId, kind: 'lead', date, count });
    await lead('2026-02-28', 900);
    await lead('2026-03-01', 100);
    await lead('2026-03-10', 30);
    await lead('2026-03-11', 900);
    const spend = { clientWorkspaceId: far, startDate: '2026-03-11', endDate: '2026-03-12' };
    await createClientCost(ctx, 'other', { ...spend, amount: '220' });
    const work = { clientWorkspaceId: clientId, date: '2026-03-02', hourlyRate: '50' };
    await createTimeEntry(ctx, { ...work, minutes: 90 });
    await set({ metric: 'leads', value: 310, direction: 'more' });
    await set({ metric: 'reach', value: 1000, direction: 'more' });
    await set({ clientWorkspaceId: far, metric: 'cost', value: '310', direction: 'less' });
    await set({ clientWorkspaceId: clientId, metric: 'hours', value: '31', direction: 'less' });

    const { month, goals } = await targetStates(ctx, {});
    expect(month).toBe('2026-03');
    expect(goals.items.slice(0, 2)).toEqual([
      {
        clientWorkspaceId: null,
        metric: 'leads',
        month: '2026-03',
        direction: 'more',
        days: 31,
        elapsedDays: 10,
        target: '310',
        due: '100',
        actual: '130',
        reason: null,
        ratio: known('0.419355'),
        paceRatio: known('1.300000'),
        state: 'ahead',
      },
      expect.objectContaining({
        metric: 'reach',
        due: '1000',
        actual: null,
        reason: 'not_additive',
        state: null,
      }),
    ]);
    const of = (id: string) => goals.items.find((goal) => goal.clientWorkspaceId === id);
    expect(of(far)).toMatchObject({
      elapsedDays: 11,
      due: '110',
      actual: '110',
      paceRatio: known('1.000000'),
      state: 'on_track',
    });
    expect(of(clientId)).toMatchObject({ due: '10', actual: '1.5', state: 'ahead' });
  });

  test('when a month is over, to come, or its ratio needs the fee, then it is judged as such', async ({
    world,
    clientId,
  }) => {
    const far = await world.client();
    await assign(world, NOW, { clientWorkspaceId: far, tierId: 'bronze', startDate: '2026-03-01' });
    const set = (month: string, input: Omit<SetTargetInput, 'month'>) =>
      setTarget(world.at(NOW), { month, ...input });
    const states = async (input: TargetStatesInput) =>
      (await targetStates(world.at(NOW), input)).goals.items;
    const margin = { metric: 'marginPercent', value: '89', direction: 'more' } as const;
    for (const month of ['2026-02', '2026-03', '2026-04']) {
      // oxlint-disable-next-line no-await-in-loop
      await set(month, margin);
    }
    const own = { clientWorkspaceId: clientId };
    await set('2026-02', { ...own, ...margin });
    await set('2026-02', { ...own, metric: 'reach', value: 500, direction: 'more' });
    const account = {
      platform: 'x',
      metric: 'reach',
      kind: 'window_total',
      windowDays: 28,
    } as const;
    await recordMetrics(world.at(NOW), {
      ...own,
      observations: [{ ...account, channelId: 'c', value: 640, date: '2026-02-28' }],
    });
    // Of 950.66 that February is charged: 14 of 31 days of one billing period, 14 of 28 of the next.
    await createTimeEntry(world.at(NOW), {
      ...own,
      date: '2026-02-10',
      minutes: 60,
      hourlyRate: '99.90',
    });
    const february = await states({ month: '2026-02' });
    expect(february).toMatchObject([
      { clientWorkspaceId: null, metric: 'marginPercent', elapsedDays: 28, state: 'reached' },
      { clientWorkspaceId: clientId, metric: 'marginPercent', due: '89', state: 'reached' },
      { clientWorkspaceId: clientId, metric: 'reach', actual: '640', state: 'reached' },
    ]);
    expect(await states({ month: '2026-02', clientWorkspaceId: clientId })).toEqual(
      february.slice(1),
    );
    expect(await states({ month: '2026-04' })).toMatchObject([
      { elapsedDays: 0, due: null, actual: null, reason: 'no_complete_day', state: null },
    ]);
    expect(await states({ month: '2026-03' })).toMatchObject([{ actual: '100', state: 'ahead' }]);
    const first = await targetStates(world.at(NOW), { month: '2026-02', limit: 2 });
    expect(first.goals.items).toEqual(february.slice(0, 2));
    const rest = { month: '2026-02', limit: 2, cursor: first.goals.nextCursor ?? '' };
    expect(await states(rest)).toEqual(february.slice(2));
    const theirs = targetStates(world.at(NOW), { clientWorkspaceId: 'nobody' });
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
  });
});
