import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const known = (value: string) => ({ value, reason: null });

/** The agency `acme`, whose one client has been on Silver since the first of February. */
const test = base
  .extend('tenant', { scope: 'file' }, ({ server }) => server.found('acme'))
  .extend('send', { scope: 'file' }, async ({ server }) => {
    const agency = await server.headersOf({ role: 'agency', agencyId: 'acme' });
    return async (
      method: 'GET' | 'PUT' | 'POST',
      url: string,
      { payload, headers = agency }: { payload?: object; headers?: Record<string, string> } = {},
    ) => {
      const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
      const body: unknown = answer.json();
      return { status: answer.statusCode, body };
    };
  })
  .extend('clientWorkspaceId', { scope: 'file' }, async ({ send, tenant: { tierId } }) => {
    const id = 'flower shop';
    await send('PUT', '/api/agency/acme/clients/flower%20shop', { payload: { name: 'Flowers' } });
    const of = '/api/clients/flower%20shop';
    const facts: readonly ['PUT' | 'POST', string, object][] = [
      ['POST', `${of}/service-tier/assign`, { tierId, startDate: '2026-02-01' }],
      [
        'POST',
        `${of}/time-entries`,
        { person: 'ada', date: '2026-02-03', minutes: 600, hourlyRate: 50 },
      ],
      ['POST', `${of}/ad-spend`, { date: '2026-02-04', amount: '300.00' }],
      ['POST', `${of}/other-costs`, { date: '2026-02-04', amount: '99.00' }],
      ['PUT', `${of}/budgets`, { month: '2026-02', amount: '1000' }],
      ['PUT', `${of}/budgets`, { month: '2026-02', hours: 8 }],
      ['PUT', '/api/agency/acme/capacities', { person: 'ada', month: '2026-02', hours: 40 }],
    ];
    for (const [method, url, payload] of facts) {
      // In order.
      // oxlint-disable-next-line no-await-in-loop
      const { status, body } = await send(method, url, { payload });
      if (status !== 200) throw new Error(`${url}: ${JSON.stringify(body)}`);
    }
    return id;
  });

const FEBRUARY = '?startDate=2026-02-01&endDate=2026-02-28';

describe('given an agency with a client, its tier and its facts', () => {
  test('when the margin is read, then the fee stands beside what the agency bears', async ({
    send,
    clientWorkspaceId,
  }) => {
    const { status, body } = await send('GET', `/api/agency/acme/insights/margin${FEBRUARY}`);
    const figures = {
      fee: usd('999.00'),
      cost: { time: usd('500.00'), borneByAgency: usd('599.00'), adSpendPassedOn: usd('300.00') },
      margin: usd('400.00'),
      marginPercent: known('40.0400'),
      effectiveHourlyRate: { value: { ...usd('99.90'), exact: '9990.000000' }, reason: null },
      trackedSeconds: 36_000,
    };
    expect(status).toBe(200);
    expect(body).toMatchObject({ currency: 'USD', totals: figures });
    const rows = fieldOf(fieldOf(body, 'clients'), 'items');
    expect(rows).toEqual([
      // It was given its tier only in March.
      expect.objectContaining({
        fee: usd('0.00'),
        marginPercent: expect.objectContaining({ value: null }),
      }),
      expect.objectContaining({ clientWorkspaceId, name: 'Flowers' }),
    ]);
    expect(rows).toMatchObject([{}, figures]);
  });

  test('when the client moves up at once, then the fee of that month has both', async ({
    send,
  }) => {
    await send('PUT', '/api/agency/acme/clients/mover', { payload: { name: 'Mover' } });
    const path = '/api/clients/mover/service-tier/assign';
    await send('POST', path, { payload: { tierId: 'bronze', startDate: '2026-03-01' } });
    const change = await send('POST', path, { payload: { tierId: 'gold', upgrade: true } });
    const total = fieldOf(fieldOf(fieldOf(change.body, 'proration'), 'total'), 'amount');
    const march = '?startDate=2026-03-01&endDate=2026-03-31';
    const { body } = await send('GET', `/api/agency/acme/insights/margin${march}`);
    const fee = (499 + Number(total)).toFixed(2);
    expect(fieldOf(fieldOf(body, 'clients'), 'items')).toContainEqual(
      expect.objectContaining({ clientWorkspaceId: 'mover', fee: usd(fee) }),
    );
  });

  test('when budgets and capacities are read, then they say how far they are used', async ({
    send,
    clientWorkspaceId,
  }) => {
    const budgets = await send('GET', '/api/agency/acme/budgets?month=2026-02&limit=200');
    expect(fieldOf(fieldOf(budgets.body, 'clients'), 'items')).toContainEqual({
      clientWorkspaceId,
      name: 'Flowers',
      money: {
        amount: usd('1000.00'),
        use: {
          state: 'warning',
          ratio: known('0.899000'),
          spent: known('899.00'),
          remaining: known('101.00'),
          projected: known('899.00'),
        },
      },
      hours: {
        hours: 8,
        use: expect.objectContaining({ state: 'over', ratio: known('1.250000') }),
      },
    });
    const used = await send('GET', '/api/agency/acme/insights/utilisation?month=2026-02');
    const ada = { billableSeconds: 36_000, availableSeconds: 144_000 };
    expect(used.body).toMatchObject({
      month: '2026-02',
      team: { ...ada, people: 1, utilisationPercent: known('25.0000') },
      people: { items: [{ ...ada, person: 'ada' }], nextCursor: null },
    });
  });

  test('when dates or months are wrong, then the field is named', async ({ send }) => {
    const turned = '?startDate=2026-02-02&endDate=2026-02-01';
    expect(await send('GET', `/api/agency/acme/insights/margin${turned}`)).toMatchObject({
      status: 422,
      body: { code: 'period_inverted', issues: [{ path: 'endDate' }] },
    });
    expect(await send('GET', '/api/agency/acme/insights/utilisation?month=2026-13')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'month' }] },
    });
  });
});

describe('given who asks', () => {
  test.for(['margin', 'utilisation'])(
    'when %s is asked for by anyone but the agency, then it is told to nobody',
    async (name, { send, server, tenant }) => {
      await server.found(`rival of ${name}`);
      const { clientWorkspaceId: clientId, agencyWorkspaceId: agencyId } = tenant;
      const statuses = await Promise.all(
        [
          server.headersOf({ role: 'host', agencyId }),
          server.headersOf({ role: 'client', agencyId, clientId }),
          server.headersOf({ role: 'agency', agencyId: `rival of ${name}` }),
          Promise.resolve({}),
        ].map(async (headers) => {
          const url = `/api/agency/acme/insights/${name}`;
          return (await send('GET', url, { headers: await headers })).status;
        }),
      );
      expect(statuses).toEqual([403, 403, 404, 401]);
    },
  );
});
