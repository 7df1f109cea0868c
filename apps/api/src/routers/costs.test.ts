import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

const test = base
  .extend('tenant', { scope: 'file' }, ({ server }) => server.found('acme'))
  .extend('send', async ({ server, tenant }) => {
    const agency = await server.headersOf({ role: 'agency', agencyId: 'acme' });
    const client = encodeURIComponent(tenant.clientWorkspaceId);
    return async (
      method: 'POST' | 'GET' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      payload?: object,
    ) => {
      const url = path.replace('{client}', `/api/clients/${client}`);
      const answer = await server.app.inject({
        method,
        url: url.replace('{agency}', '/api/agency/acme'),
        headers: agency,
        ...(payload && { payload }),
      });
      const body: unknown = answer.json();
      return { status: answer.statusCode, body };
    };
  });

describe('given an agency that tells what a client cost', () => {
  test('when it records, changes, lists and deletes ad spend, then each is answered', async ({
    send,
  }) => {
    const made = await send('POST', '{client}/ad-spend', {
      startDate: '2026-04-01',
      endDate: '2026-04-30',
      amount: '1200.00',
      campaignId: 'spring',
      platform: 'LinkedIn-Page',
    });
    expect(made).toMatchObject({
      status: 200,
      body: { amount: { amount: '1200.00', currency: 'USD' }, platform: 'linkedin' },
    });
    const one = `{client}/ad-spend/${String(fieldOf(made.body, 'id'))}`;
    expect(await send('PATCH', one, { amount: 1100 })).toMatchObject({
      body: { amount: { amount: '1100.00' }, campaignId: 'spring' },
    });
    const list = '{client}/ad-spend?startDate=2026-04-30&endDate=2026-05-31';
    expect(await send('GET', list)).toMatchObject({
      body: { items: [{ amount: { amount: '1100.00' } }], nextCursor: null },
    });
    const { body: others } = await send('GET', '{client}/other-costs');
    expect(JSON.stringify(others)).not.toContain('1100.00');
    const elsewhere = one.replace('ad-spend', 'other-costs');
    expect((await send('PATCH', elsewhere, { amount: 1 })).status).toBe(404);
    expect(await send('DELETE', one)).toMatchObject({
      status: 200,
      body: { deletedAt: '2026-03-02T12:00:00.000Z' },
    });
    expect(await send('GET', list)).toMatchObject({ body: { items: [] } });
  });

  test('when a span is inverted, then it is understood and impossible', async ({ send }) => {
    const inverted = { startDate: '2026-04-02', endDate: '2026-04-01', amount: 1 };
    expect(await send('POST', '{client}/other-costs', inverted)).toMatchObject({
      status: 422,
      body: { code: 'period_inverted', issues: [{ path: 'endDate' }] },
    });
    expect(
      await send('GET', '{client}/ad-spend?startDate=2026-04-02&endDate=2026-04-01'),
    ).toMatchObject({ status: 422, body: { code: 'period_inverted' } });
  });

  test('when many come at once, then each is answered in its place', async ({ send }) => {
    const day = { date: '2026-05-01', amount: 5, idempotencyKey: 'ads-1' };
    const costs = [day, day, { ...day, amount: 6 }, { date: '2026-05-02', amount: '0.005' }];
    expect(await send('POST', '{client}/ad-spend/bulk', { costs })).toMatchObject({
      status: 200,
      body: {
        results: [
          { ok: true, replayed: false },
          { ok: true, replayed: true },
          { ok: false, error: { code: 'idempotency_conflict' } },
          { ok: false, error: { code: 'invalid_input', issues: [{ path: 'amount' }] } },
        ],
      },
    });
  });

  test('when a CSV text comes, then good lines are taken and the others reported', async ({
    send,
  }) => {
    const csv = [
      'Date;Start Date;End Date;Amount;Currency;Campaign Id;Platform;Idempotency Key',
      '2026-06-01;;;12.50;EUR;spring;linkedin;csv-1',
      ';2026-06-01;2026-06-30;300.00;;;x;csv-2',
      '2026-06-01;;;twelve;;;;csv-3',
      ';;;1.00;;;;csv-4',
      ';2026-06-30;2026-06-01;1.00;;;;csv-5',
      '2026-06-01;;;13.00;EUR;spring;linkedin;csv-1',
    ].join('\n');
    const refused = [
      { line: 4, field: 'amount', text: '2026-06-01;;;twelve;;;;csv-3' },
      { line: 5, field: 'date' },
      { line: 6, field: 'endDate' },
      { line: 7, field: 'idempotencyKey' },
    ];
    const report = { dryRun: false, accepted: 2, replayed: 0, refused };
    const input = { csv, dryRun: true };
    expect(await send('POST', '{client}/ad-spend/import', input)).toMatchObject({
      status: 200,
      body: { ...report, dryRun: true },
    });
    expect((await send('POST', '{client}/ad-spend/import', { csv })).body).toMatchObject(report);
    expect((await send('POST', '{client}/ad-spend/import', { csv })).body).toMatchObject({
      ...report,
      accepted: 0,
      replayed: 2,
    });
    const { body } = await send('GET', '{client}/ad-spend?startDate=2026-06-01');
    expect(fieldOf(body, 'items')).toHaveLength(2);
    const unknown = await send('POST', '{client}/ad-spend/import', { csv: 'Date;Prize\n' });
    expect(unknown).toMatchObject({ status: 400, body: { issues: [{ path: 'csv' }] } });
  });
});

describe('given an agency that pays for tools', () => {
  test('when it records, changes, lists and deletes one, then each is answered', async ({
    send,
    tenant,
  }) => {
    const tool = { name: 'Scheduler', amount: '59', startDate: '2026-01-31', everyMonths: 1 };
    const shared = { allocation: 'custom', weights: { [tenant.clientWorkspaceId]: '0.5' } };
    const made = await send('POST', '{agency}/tool-costs', { ...tool, ...shared });
    expect(made).toMatchObject({
      status: 200,
      body: { ...tool, ...shared, amount: { amount: '59.00' }, endDate: null },
    });
    const one = `{agency}/tool-costs/${String(fieldOf(made.body, 'id'))}`;
    expect(await send('PATCH', one, { endDate: '2026-06-30', allocation: 'equal' })).toMatchObject({
      body: { endDate: '2026-06-30', allocation: 'equal', weights: null },
    });
    expect(await send('GET', '{agency}/tool-costs?endDate=2026-02-01')).toMatchObject({
      body: { items: [{ name: 'Scheduler' }], nextCursor: null },
    });
    expect((await send('DELETE', one)).status).toBe(200);
    expect((await send('PATCH', one, { name: 'x' })).status).toBe(404);
    const unknown = { allocation: 'custom', weights: { nobody: 1 } };
    expect(await send('POST', '{agency}/tool-costs', { ...tool, ...unknown })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'weights.nobody' }] },
    });
  });
});

describe('given exchange rates', () => {
  test('when they are set and corrected, then every digit is there', async ({ send }) => {
    const rates = [
      { date: '2026-03-02', quote: 'USD', rate: '1.083000000000000001' },
      { date: '2026-03-02', quote: 'JPY', rate: 161.2 },
    ];
    const path = '{agency}/exchange-rates';
    expect(await send('PUT', path, { base: 'EUR', rates })).toMatchObject({
      status: 200,
      body: { added: 2, changed: 0, unchanged: 0 },
    });
    const corrected = [{ date: '2026-03-02', quote: 'JPY', rate: '161.25' }, rates[0]];
    expect((await send('PUT', path, { base: 'EUR', rates: corrected })).body).toEqual({
      added: 0,
      changed: 1,
      unchanged: 1,
    });
    expect((await send('GET', `${path}?base=EUR`)).body).toMatchObject({
      items: [
        { quote: 'JPY', rate: '161.25' },
        { quote: 'USD', rate: '1.083000000000000001' },
      ],
      nextCursor: null,
    });
  });
});

describe('given plans and assumptions', () => {
  test('when a budget is set and money is spent, then the list says how far it is used', async ({
    send,
  }) => {
    // What the agency's tool of 1.00 costs is shared by its two clients.
    await send('PUT', '{agency}/clients/florist', { name: 'Florist' });
    const client = '/api/clients/florist';
    const budget = { month: '2026-03', amount: '100' };
    expect(await send('PUT', `${client}/budgets`, budget)).toMatchObject({
      status: 200,
      body: { kind: 'money', amount: { amount: '100.00', currency: 'USD' }, hours: null },
    });
    const hours = await send('PUT', `${client}/budgets`, { month: '2026-03', hours: 40 });
    expect(hours.status).toBe(200);
    await send('POST', `${client}/ad-spend`, { date: '2026-03-01', amount: '99' });
    expect((await send('GET', `${client}/budgets?startMonth=2026-03`)).body).toMatchObject({
      items: [
        { kind: 'hours', hours: 40, use: { state: 'ok' } },
        {
          kind: 'money',
          use: {
            state: 'warning',
            ratio: { value: '0.995000', reason: null },
            spent: { value: '99.50', reason: null },
            remaining: { value: '0.50', reason: null },
            projected: { value: '3069.00', reason: null },
          },
        },
      ],
    });
  });

  test('when targets, capacities, baselines and benchmarks are set, then they are listed as told', async ({
    send,
  }) => {
    const target = { metric: 'costPerLead', month: '2026-03', value: '40.00', direction: 'less' };
    const capacity = { person: 'ada', month: '2026-03', hours: 120.5 };
    const baseline = { fromDate: '2026-01-01', baselineMinutes: 45, actualMinutes: '7.5' };
    const benchmark = { fromDate: '2026-01-01', cpm: 8.5, cpc: '0.40', reactionMultiplier: '0.5' };
    const told = [
      ['{agency}/targets', target, { ...target, value: '40', clientWorkspaceId: null }],
      ['{agency}/capacities', capacity, capacity],
      ['{agency}/time-saved-baselines', baseline, { ...baseline, actualMinutes: 7.5, version: 1 }],
      [
        '{client}/benchmarks',
        benchmark,
        { ...benchmark, cpm: { amount: '8.50', currency: 'USD' } },
      ],
    ] as const;
    for (const [path, input, output] of told) {
      const expected = path.includes('bench')
        ? { ...output, cpc: { amount: '0.40', currency: 'USD' } }
        : output;
      /* oxlint-disable no-await-in-loop -- one after the other, to tell them apart */
      expect([path, await send('PUT', path, input)]).toMatchObject([path, { body: expected }]);
      expect([path, await send('PUT', path, input)]).toMatchObject([path, { body: expected }]);
      expect([path, await send('GET', path)]).toMatchObject([
        path,
        { status: 200, body: { items: [expected], nextCursor: null } },
      ]);
      /* oxlint-enable no-await-in-loop */
    }
  });
});

describe('given somebody who is not the agency', () => {
  test('when they read or write costs and plans, then that is refused', async ({
    server,
    tenant,
  }) => {
    const { clientWorkspaceId: clientId } = tenant;
    const client = `/api/clients/${encodeURIComponent(clientId)}`;
    const paths = [
      `${client}/ad-spend`,
      `${client}/other-costs`,
      `${client}/budgets`,
      `${client}/benchmarks`,
      '/api/agency/acme/tool-costs',
      '/api/agency/acme/exchange-rates',
      '/api/agency/acme/targets',
      '/api/agency/acme/capacities',
      '/api/agency/acme/time-saved-baselines',
    ];
    const host = await server.headersOf({ role: 'host', agencyId: 'acme' });
    const portal = await server.headersOf({ role: 'client', agencyId: 'acme', clientId });
    for (const url of paths) {
      for (const headers of [host, portal, server.admin]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const answer = await server.app.inject({ method: 'GET', url, headers });
        expect([url, answer.statusCode]).toEqual([url, 403]);
      }
    }
  });
});
