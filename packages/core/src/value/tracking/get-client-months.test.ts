import { describe, expect } from 'vitest';

import { createClientCost } from '../../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../../costs/time-entries/create-time-entry.ts';
import { createToolCost } from '../../costs/tool-costs/create-tool-cost.ts';
import { test } from '../../tenancy/testing/world.ts';
import { createConversion } from '../conversions/create-conversion.ts';
import { getClientMonths } from './get-client-months.ts';
import { getClientValueTracking } from './get-client-value-tracking.ts';

const SALE = { kind: 'revenue', source: 'shop', attributionModel: 'last_click' } as const;
const usd = (amount: string | null) => ({ amount, currency: 'USD' });

describe('given a client whose facts lie in several months', () => {
  test('when its months are read, then each says what value tracking says of it, and knows nothing of later ones', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const ctx = world.at('2026-03-12T09:00:00Z');
    const of = { clientWorkspaceId };
    const work = { ...of, person: 'ana', hourlyRate: '60.00' };
    await createTimeEntry(ctx, { ...work, date: '2026-01-31', minutes: 60 });
    await createTimeEntry(ctx, { ...work, date: '2026-03-12', minutes: 90 });
    await createTimeEntry(ctx, { ...work, date: '2026-03-13', minutes: 600 });
    await createClientCost(ctx, 'ad_spend', { ...of, date: '2026-02-10', amount: '100.01' });
    const span = { startDate: '2026-02-01', endDate: '2026-03-31' };
    await createToolCost(ctx, { ...of, ...span, name: 'Scheduler', amount: '59.00' });
    await createConversion(ctx, { ...of, ...SALE, date: '2026-02-20', amount: '500.00' });

    const { currency, months } = await getClientMonths(ctx, of);
    expect(currency).toBe('USD');
    expect(months.map(({ month }) => month).slice(0, 2)).toEqual(['2025-04', '2025-05']);
    expect(months).toHaveLength(12);
    expect(months.slice(-3)).toMatchObject([
      {
        month: '2026-01',
        endDate: '2026-01-31',
        complete: true,
        cost: { time: usd('60.00'), total: usd('60.00') },
        value: { revenue: { ...usd(null), reason: 'missing_data' } },
        efficiency: { roiPercent: { value: null, reason: 'missing_data' } },
      },
      {
        month: '2026-02',
        cost: { tools: usd('28.00'), adSpend: usd('100.01'), total: usd('128.01') },
        value: { revenue: usd('500.00') },
      },
      {
        month: '2026-03',
        startDate: '2026-03-01',
        endDate: '2026-03-12',
        complete: false,
        cost: { time: usd('90.00'), tools: usd('12.00'), total: usd('102.00') },
      },
    ]);
    for (const { startDate, endDate, cost, value, efficiency } of months.slice(-3)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { current } = await getClientValueTracking(ctx, { ...of, startDate, endDate });
      expect({ cost, value: value.total, efficiency }).toEqual({
        cost: current.cost,
        value: current.value.total,
        efficiency: current.efficiency,
      });
    }
  });

  test('when a month is asked for as whole, or a client that there is not, then that is told', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const ctx = world.at('2026-03-12T09:00:00Z');
    const asked = { clientWorkspaceId, endDate: '2026-02-28', months: 1 };
    const { months } = await getClientMonths(ctx, asked);
    expect(months).toMatchObject([
      { month: '2026-02', complete: true, cost: { total: usd('0.00') } },
    ]);
    await expect(getClientMonths(ctx, { clientWorkspaceId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
