import { describe, expect } from 'vitest';

import { createClientCost } from '../../costs/client-costs/create-client-cost.ts';
import { createToolCost } from '../../costs/tool-costs/create-tool-cost.ts';
import { createConversion } from '../conversions/create-conversion.ts';
import { recordMetrics } from '../observations/record-metrics.ts';
import { getClientValueTracking } from '../tracking/get-client-value-tracking.ts';
import { MARCH, test, type Ask } from './testing/explain-world.ts';

describe('given costs over many days', () => {
  test('when they are explained, then each is the share of the days that are asked for', async ({
    ctx,
    client,
    world,
    explain,
  }) => {
    await world.client();
    const tool = { name: 'Scheduler', amount: '20.01', allocation: 'equal' } as const;
    await createToolCost(ctx, { ...tool, startDate: '2026-02-22', endDate: '2026-03-03' });
    const spend = { ...client, amount: 100, startDate: '2026-03-30', endDate: '2026-04-01' };
    await createClientCost(ctx, 'ad_spend', { ...spend, name: 'Boost', campaignId: 'spring' });
    const tools = await explain({ figure: 'cost.tools' });
    const [share] = tools.items;
    expect(share).toMatchObject({
      label: 'Scheduler',
      date: '2026-03-01',
      endDate: '2026-03-03',
      whole: {
        amount: '20.01',
        currency: 'USD',
        startDate: '2026-02-22',
        endDate: '2026-03-03',
      },
    });
    expect(['3.00', '3.01']).toContain(share?.amount?.amount);
    const total = await explain({ figure: 'cost.total', limit: 1 });
    expect(total.terms.map((term) => term.figure)).toEqual([
      'cost.time',
      'cost.tools',
      'cost.adSpend',
      'cost.other',
    ]);
    expect(total.sum).toEqual(total.value);
    expect(total.nextCursor).toEqual(expect.any(String));
    const ads = await explain({ figure: 'cost.adSpend', campaignId: 'spring' });
    expect(ads).toMatchObject({
      value: { amount: '66.67', currency: 'USD' },
      sum: { amount: '66.67', currency: 'USD' },
      items: [
        {
          label: 'Boost',
          amount: { amount: '66.67' },
          whole: { amount: '100.00', startDate: '2026-03-30', endDate: '2026-04-01' },
        },
      ],
    });
    expect((await explain({ figure: 'cost.adSpend', campaignId: 'unattributed' })).items).toEqual(
      [],
    );
    expect((await explain({ figure: 'cost.tools', campaignId: '' })).items).toHaveLength(1);
  });
});

describe('given leads, conversions and revenue', () => {
  const sold = { source: 'shop', attributionModel: 'last_click' } as const;

  test('when the value is explained, then its terms say what one of them is worth', async ({
    ctx,
    client,
    explain,
  }) => {
    const on = { ...client, date: '2026-03-05' } as const;
    await createConversion(ctx, { ...on, ...sold, kind: 'revenue', amount: 50 });
    await createConversion(ctx, { ...on, kind: 'lead', count: 3 });
    await createConversion(ctx, { ...on, kind: 'conversion', count: 2, source: 'crm' });
    await createConversion(ctx, { ...on, kind: 'conversion', amount: 5, source: 'crm' });
    const explained = await explain({
      figure: 'value.total',
      conversionValue: '10',
      leadValue: '1',
    });
    expect(explained).toMatchObject({
      value: { amount: '78.00' },
      sum: { amount: '78.00' },
      terms: [
        { figure: 'value.revenue', value: { amount: '55.00' }, worth: null },
        { figure: 'value.conversionsWithoutAmount', value: 2, worth: { amount: '10.00' } },
        { figure: 'value.leads', value: 3, worth: { amount: '1.00' } },
      ],
      sources: [
        { kind: 'conversion', source: 'crm', count: 2, sum: { amount: '25.00' } },
        { kind: 'lead', source: 'unspecified', count: 1, sum: { amount: '3.00' } },
        { kind: 'revenue', source: 'shop', detail: 'last_click', sum: { amount: '50.00' } },
      ],
    });
    expect((await explain({ figure: 'value.revenue' })).items).toMatchObject([
      { kind: 'conversion', count: 1, amount: { amount: '5.00' } },
      { kind: 'revenue', label: 'shop', original: { amount: '50.00', exchangeRate: null } },
    ]);
  });

  test('when many lie on one day, then pages neither repeat nor miss one', async ({
    ctx,
    client,
    explain,
  }) => {
    for (const count of [1, 2, 3, 4, 5, 6, 7]) {
      // oxlint-disable-next-line no-await-in-loop -- a few
      await createConversion(ctx, { ...client, date: '2026-03-05', kind: 'lead', count });
    }
    const counts: number[] = [];
    let cursor: string | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop -- each page follows the one before
      const page = await explain({ figure: 'value.leads', limit: 2, ...(cursor && { cursor }) });
      expect(page).toMatchObject({ value: 28, sum: 28, sources: [{ count: 7 }] });
      counts.push(...page.items.map((item) => item.count ?? 0));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('when nobody told any, then the figure is unknown and so is its sum', async ({
    explain,
  }) => {
    expect(await explain({ figure: 'value.leads' })).toMatchObject({
      value: null,
      reason: 'missing_data',
      sum: null,
      items: [],
    });
    expect(await explain({ figure: 'value.total' })).toMatchObject({
      sum: { amount: null, reason: 'missing_data' },
    });
  });
});

describe('given observed metrics', () => {
  test('when a total is explained, then each day of a series says what it added', async ({
    ctx,
    client,
    explain,
  }) => {
    const seen = {
      postId: 'post-1',
      platform: 'x',
      metric: 'impressions',
      kind: 'lifetime',
    } as const;
    const observations = [
      { ...seen, date: '2026-03-05', value: 100 },
      { ...seen, date: '2026-03-06', value: 140 },
      { ...seen, date: '2026-03-08', value: 130 },
    ];
    await recordMetrics(ctx, { ...client, observations });
    const explained = await explain({ figure: 'value.impressions', platform: 'Twitter' });
    expect(explained).toMatchObject({
      value: 30,
      sum: 30,
      sources: [{ kind: 'observation', source: 'x', detail: 'post', count: 3, sum: 30 }],
      items: [
        {
          date: '2026-03-05',
          count: null,
          note: 'baseline',
          observed: { value: '100', before: null },
        },
        { date: '2026-03-06', count: 40, note: null, postId: 'post-1', label: 'impressions' },
        {
          date: '2026-03-08',
          count: -10,
          note: 'correction',
          observed: { value: '130', before: '140' },
        },
      ],
    });
  });

  test('when reach is explained, then what the host told is listed and nothing is added', async ({
    ctx,
    client,
    explain,
  }) => {
    const seen = {
      channelId: 'page',
      platform: 'facebook',
      metric: 'reach',
      kind: 'daily',
    } as const;
    const observations = [
      { ...seen, date: '2026-03-05', value: 100 },
      { ...seen, date: '2026-03-06', value: 140 },
    ];
    await recordMetrics(ctx, { ...client, observations });
    expect(await explain({ figure: 'value.averageDailyReach' })).toMatchObject({
      value: expect.stringMatching(/^120/u),
      sum: null,
      items: [{ count: 100, channelId: 'page' }, { count: 140 }],
    });
  });
});

describe('given any answer of value tracking', () => {
  test('when a ratio is explained, then its terms lead on to facts', async ({
    ctx,
    client,
    explain,
  }) => {
    await createClientCost(ctx, 'other', { ...client, date: '2026-03-05', amount: 100 });
    await createConversion(ctx, { ...client, date: '2026-03-05', kind: 'lead', count: 4 });
    const { current } = await getClientValueTracking(ctx, { ...client, ...MARCH });
    for (const figure of Object.keys(current.efficiency)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      const ratio = await explain({ figure: `efficiency.${figure}` as Ask['figure'] });
      expect(ratio.value).toEqual(current.efficiency[figure as keyof typeof current.efficiency]);
      for (const term of ratio.terms) {
        expect(ratio.formula).toContain(term.figure);
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const explained = await explain({ figure: term.figure });
        expect(explained).toMatchObject({ value: term.value, sum: term.value });
      }
    }
  });
});
