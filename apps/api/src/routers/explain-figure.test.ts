import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

const test = base.extend('ask', { scope: 'file' }, async ({ server }) => {
  const agency = await server.headersOf({ role: 'agency', agencyId: 'harbour' });
  const send = async (
    [method, url, headers = agency]: readonly [
      'GET' | 'POST' | 'PUT',
      string,
      Record<string, string>?,
    ],
    payload?: object,
  ) => {
    const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
    const body: unknown = answer.json();
    return { status: answer.statusCode, body };
  };
  const settings = { name: 'Harbour', timeZone: 'UTC', currency: 'USD' };
  await send(['PUT', '/api/agency/harbour', server.admin], settings);
  await send(['PUT', '/api/agency/harbour/clients/cafe'], { name: 'Cafe' });
  await send(['POST', '/api/clients/cafe/conversions'], { kind: 'lead', date: '2026-03-02' });
  return (path: string, payload?: object) =>
    send([payload ? 'POST' : 'GET', `/api/clients/cafe${path}`], payload);
});

const MARCH = 'startDate=2026-03-01&endDate=2026-03-31';

describe('given an agency that reads a client’s figures', () => {
  test('when it asks where one comes from, then it is led from ratio to term to fact', async ({
    ask,
  }) => {
    const spend = { date: '2026-03-01', amount: '80.00', platform: 'instagram' } as const;
    expect((await ask('/ad-spend', spend)).status).toBe(200);
    const sale = { date: '2026-03-02', kind: 'revenue', amount: 120, source: 'shop' } as const;
    const sold = { ...sale, attributionModel: 'last_click' };
    expect((await ask('/conversions', sold)).status).toBe(200);
    const tracking = await ask(`/value-tracking?${MARCH}`);
    const figures = fieldOf(fieldOf(tracking.body, 'current'), 'efficiency');

    const explain = (query: string) => ask(`/value-tracking/explain?${MARCH}&${query}`);
    const roi = await explain('figure=efficiency.roiPercent');
    expect(roi).toMatchObject({
      status: 200,
      body: {
        value: fieldOf(figures, 'roiPercent'),
        formula: '(value.total - cost.total) / cost.total x 100',
        terms: [
          { figure: 'value.total', value: { amount: '120.00' } },
          { figure: 'cost.total', value: { amount: '80.00' } },
        ],
        items: [],
        sum: null,
      },
    });
    const fact = { kind: 'ad_spend', date: '2026-03-01', platform: 'instagram' };
    expect(await explain('figure=cost.total&platform=instagram&limit=1')).toMatchObject({
      status: 200,
      body: {
        sum: { amount: '80.00' },
        items: [{ ...fact, amount: { amount: '80.00', currency: 'USD' } }],
        nextCursor: null,
      },
    });
    expect(await explain('figure=cost.total&platform=')).toMatchObject({
      body: { sum: { amount: '0.00' }, items: [] },
    });
    expect(await explain('figure=value.total&leadValue=2.50')).toMatchObject({
      body: { sum: { amount: '122.50' }, terms: [{}, {}, { value: 1, worth: { amount: '2.50' } }] },
    });
  });

  test('when it asks for what is no figure, then those that are stand in the answer', async ({
    ask,
  }) => {
    expect(await ask(`/value-tracking/explain?${MARCH}&figure=total`)).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'figure', message: expect.stringContaining('cost.total') }] },
    });
  });
});
