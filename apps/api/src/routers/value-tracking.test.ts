import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' } as const;

/** An agency with nothing but a client. */
const test = base.extend('send', { scope: 'file' }, async ({ server }) => {
  const agency = await server.headersOf({ role: 'agency', agencyId: 'valued' });
  const send = async (method: 'POST' | 'GET' | 'PUT', sent: Sent) => {
    const { path, payload, headers = agency, client = 'bakery' } = sent;
    const answer = await server.app.inject({
      method,
      url: path.startsWith('/') ? path : `/api/clients/${client}/${path}`,
      headers,
      ...(payload && { payload }),
    });
    const body: unknown = answer.json();
    return { status: answer.statusCode, body };
  };
  const payload = { name: 'Valued', timeZone: 'UTC', currency: 'USD' };
  await send('PUT', { path: AGENCY, payload, headers: server.admin });
  await send('PUT', { path: `${AGENCY}/clients/bakery`, payload: { name: 'Bakery' } });
  await send('POST', { path: `${AGENCY}/service-tiers/default` });
  await send('POST', { path: 'service-tier/assign', payload: { tierId: 'gold' } });
  return send;
});

const AGENCY = '/api/agency/valued';

interface Sent {
  readonly path: string;
  readonly payload?: object;
  readonly headers?: Record<string, string>;
  readonly client?: string;
}

describe('given the worked month, told over REST from single facts', () => {
  test('when it is calculated, then every figure is the one worked out by hand', async ({
    send,
  }) => {
    const client = 'bloom';
    const tell = async (path: string, payload: object, method: 'POST' | 'PUT' = 'POST') => {
      const answer = await send(method, { path, payload, client });
      expect({ path, ...answer }).toMatchObject({ path, status: 200 });
    };
    await tell('/api/agency/valued/clients/bloom', { name: 'Bloom Bakery' }, 'PUT');
    const lines = Array.from(
      { length: 22 },
      (_, day) => `2026-03-${String(day + 1).padStart(2, '0')},75,55`,
    );
    const csv = ['date,minutes,hourlyRate', ...lines, '2026-03-23,330,60'].join('\n');
    await tell('time-entries/import', { csv });
    const tool = { ...MARCH, clientWorkspaceId: client };
    await tell(`${AGENCY}/tool-costs`, { ...tool, name: 'Scheduler', amount: '42.17' });
    await tell(`${AGENCY}/tool-costs`, { ...tool, name: 'Design', amount: 21 });
    await tell('ad-spend', { ...MARCH, amount: '1200.00', platform: 'instagram' });
    const known = { source: 'shop', attributionModel: 'last_click' };
    await tell('conversions/bulk', {
      conversions: [
        { date: '2026-03-05', kind: 'lead', count: 86 },
        { date: '2026-03-06', kind: 'conversion', count: 19 },
        { ...known, date: '2026-03-20', kind: 'revenue', amount: 9480 },
      ],
    });
    const daily = { channelId: 'ig', platform: 'instagram', kind: 'daily', date: '2026-03-10' };
    await tell('/api/hooks/metrics', {
      clientWorkspaceId: client,
      observations: [
        { ...daily, metric: 'impressions', value: 184_230 },
        { ...daily, metric: 'likes', value: 7000 },
        { ...daily, metric: 'comments', value: 921 },
        { ...daily, metric: 'clicks', value: 2214 },
      ],
    });
    const path = 'value-tracking/calculate';
    const calculated = await send('POST', { path, payload: MARCH, client });
    expect(calculated).toMatchObject({
      status: 200,
      body: {
        cost: {
          time: { amount: '1842.50' },
          tools: { amount: '63.17' },
          adSpend: { amount: '1200.00' },
          total: { amount: '3105.67', currency: 'USD' },
        },
        value: {
          impressions: 184_230,
          engagement: 7921,
          leads: 86,
          revenue: { amount: '9480.00' },
        },
        efficiency: {
          roiPercent: { value: '205.2481', reason: null },
          roas: { value: '7.900000' },
          costPerThousandImpressions: { value: { amount: '16.86' } },
          costPerLead: { value: { amount: '36.11' } },
          costPerConversion: { value: { amount: '163.46' } },
          engagementRatePercent: { value: '4.2995' },
        },
        stale: false,
      },
    });
    const query = `value-tracking?startDate=${MARCH.startDate}&endDate=${MARCH.endDate}`;
    expect(await send('GET', { path: query, client })).toMatchObject({
      body: {
        current: { cost: { total: { amount: '3105.67' } } },
        stored: { items: [{ id: fieldOf(calculated.body, 'id'), stale: false }], nextCursor: null },
      },
    });
  });
});

describe('given a post that its host publishes', () => {
  test('when it went out, then its time, its cost and the time saved are there at once', async ({
    send,
  }) => {
    const clientWorkspaceId = 'bakery';
    await send('PUT', {
      path: `${AGENCY}/time-saved-baselines`,
      payload: {
        contentType: 'video',
        fromDate: '2026-01-01',
        baselineMinutes: 90,
        actualMinutes: 30,
      },
    });
    await send('PUT', {
      path: `${AGENCY}/rates`,
      payload: { level: 'agency', fromDate: null, hourlyRate: 60 },
    });
    const read = async () =>
      fieldOf((await send('GET', { path: 'value-tracking' })).body, 'current');
    expect(await read()).toMatchObject({ cost: { time: { amount: '0.00' } } });

    const post = { clientWorkspaceId, postId: 'v-1', contentType: 'video', publishNow: true };
    const channels = [{ id: 'li', platform: 'linkedin' }];
    await send('POST', { path: '/api/hooks/post-created', payload: { ...post, channels } });
    const told = { clientWorkspaceId, postId: 'v-1', channels };
    await send('POST', { path: '/api/hooks/post-published', payload: told });
    expect(await read()).toMatchObject({
      cost: { timeSpentMinutes: 30, time: { amount: '30.00' } },
      timeSaved: { minutes: 60, value: { amount: '60.00' } },
      efficiency: { timeEfficiency: { value: '0.666667' } },
      value: { coverage: { posts: 1, measuredPosts: 0 } },
      breakdowns: {
        platform: [{ key: 'linkedin', cost: { time: { amount: '30.00' } } }],
        contentType: [{ key: 'video', cost: { time: { amount: '30.00' } } }],
      },
    });

    const lifetime = {
      postId: 'v-1',
      platform: 'linkedin',
      kind: 'lifetime',
      metric: 'impressions',
    };
    const observe = (at: string, value: number) =>
      send('POST', {
        path: '/api/hooks/metrics',
        payload: { clientWorkspaceId, observations: [{ ...lifetime, at, value }] },
      });
    await observe('2026-03-02T18:00:00Z', 900);
    await observe('2026-03-02T15:00:00Z', 400);
    expect(await read()).toMatchObject({
      value: { impressions: 900, coverage: { posts: 1, measuredPosts: 1 } },
      efficiency: { costPerThousandImpressions: { value: { amount: '33.33' } } },
    });
  });
});

describe('given somebody who may not see what clients cost', () => {
  test('when a client, a host or another agency asks, then there is nothing', async ({
    send,
    server,
  }) => {
    const ask = async (actor: Parameters<typeof server.headersOf>[0]) =>
      (await send('GET', { path: 'value-tracking', headers: await server.headersOf(actor) }))
        .status;
    expect(await ask({ role: 'client', agencyId: 'valued', clientId: 'bakery' })).toBe(403);
    expect(await ask({ role: 'host', agencyId: 'valued' })).toBe(403);
    await server.found('other');
    expect(await ask({ role: 'agency', agencyId: 'other' })).toBe(404);
  });
});
