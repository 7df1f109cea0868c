import { describe, expect } from 'vitest';

import { createClientCost } from '../../costs/client-costs/create-client-cost.ts';
import { setExchangeRates } from '../../costs/exchange-rates/set-exchange-rates.ts';
import { keepEntry } from '../../costs/testing/costs-world.ts';
import { createTimeEntry } from '../../costs/time-entries/create-time-entry.ts';
import { createToolCost } from '../../costs/tool-costs/create-tool-cost.ts';
import { calculateValueTracking } from '../tracking/calculate-value-tracking.ts';
import { MARCH, test } from './testing/explain-world.ts';

describe('given tracked time', () => {
  test('when its cost is explained, then each day of an entry stands with its rate and what converted it', async ({
    ctx,
    client,
    explain,
  }) => {
    const rates = [{ quote: 'USD', date: '2026-03-08', rate: '1.1' }];
    await setExchangeRates(ctx, { base: 'EUR', rates });
    await createTimeEntry(ctx, {
      ...client,
      person: 'ana',
      activity: 'design',
      startedAt: '2026-03-10T23:00:00Z',
      endedAt: '2026-03-11T01:00:00Z',
      hourlyRate: { amount: 60, currency: 'EUR' },
      platform: 'x',
    });
    await createTimeEntry(ctx, { ...client, person: 'ben', date: '2026-03-12', minutes: 30 });
    const explained = await explain({ figure: 'cost.time' });
    const value = { amount: null, currency: 'USD', reason: 'missing_rate', knownAmount: '132.00' };
    expect(explained).toMatchObject({ value, sum: value, reason: 'missing_rate' });
    expect(explained.sources).toEqual([
      { kind: 'time', source: 'manual', detail: null, count: 3, sum: value },
    ]);
    const evening = {
      date: '2026-03-10',
      endDate: '2026-03-10',
      kind: 'time',
      label: 'ana: design',
      platform: 'x',
      contentType: null,
      seconds: 3600,
      count: null,
      amount: { amount: '66.00', currency: 'USD' },
      original: {
        amount: '60.00',
        currency: 'EUR',
        exchangeRate: { rate: '1.1000000000', date: '2026-03-08' },
      },
      rate: { perHour: { amount: '60.00', currency: 'EUR' }, level: 'entry' },
      whole: null,
      reason: null,
    };
    expect(explained.items).toMatchObject([
      evening,
      { ...evening, date: '2026-03-11', endDate: '2026-03-11' },
      { label: 'ben', seconds: 1800, amount: null, rate: null, reason: 'missing_rate' },
    ]);
    const minutes = await explain({ figure: 'cost.timeSpentMinutes', date: '2026-03-11' });
    expect(minutes).toMatchObject({ value: 60, sum: 60, items: [{ seconds: 3600 }] });
  });

  test('when another hourly rate is assumed, then it prices what no nearer rate does', async ({
    ctx,
    client,
    explain,
  }) => {
    const entry = { ...client, person: 'ben', date: '2026-03-12', minutes: 30 } as const;
    await createTimeEntry(ctx, entry);
    await createTimeEntry(ctx, { ...entry, date: '2026-03-13', hourlyRate: 20 });
    const assumed = { ...client, ...MARCH, hourlyRate: '99.99' } as const;
    const { cost } = await calculateValueTracking(ctx, assumed);
    const explained = await explain({ figure: 'cost.time', hourlyRate: '99.99' });
    expect(explained).toMatchObject({
      value: cost.time,
      sum: { amount: '60.00', currency: 'USD' },
      items: [
        {
          amount: { amount: '50.00' },
          original: { amount: '50.00', currency: 'USD' },
          rate: { perHour: { amount: '99.99' }, level: 'agency' },
          reason: null,
        },
        { amount: { amount: '10.00' }, rate: { level: 'entry' } },
      ],
    });
  });

  test('when a fact adds in several ways, then each shows the exchange rate that all of them have', async ({
    ctx,
    client,
    explain,
  }) => {
    const rates = [{ quote: 'USD', date: '2026-03-08', rate: '1.1' }];
    await setExchangeRates(ctx, { base: 'EUR', rates });
    const rate = { rateMinor: 6000n, currency: 'EUR' } as const;
    const entry = { localDate: '2026-03-09', seconds: 600, baselineSeconds: 4200, ...rate };
    await keepEntry(ctx, { clientId: client.clientWorkspaceId, ...entry });
    const span = { startDate: '2026-03-09', endDate: '2026-03-10' } as const;
    const amount = { amount: 10, currency: 'EUR' } as const;
    await createToolCost(ctx, { name: 'Shared', allocation: 'equal', amount, ...span });
    await createClientCost(ctx, 'other', { ...client, amount, ...span });
    const exchangeRate = { rate: '1.1000000000', date: '2026-03-08' };
    for (const figure of ['timeSaved.value', 'cost.total'] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      const { items, sum } = await explain({ figure });
      expect(sum).toMatchObject({ amount: figure === 'cost.total' ? '33.00' : '66.00' });
      expect(items.map((item) => item.original?.exchangeRate)).toEqual(
        items.map(() => exchangeRate),
      );
    }
  });
});
