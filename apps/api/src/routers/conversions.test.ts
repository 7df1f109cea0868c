import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

const test = base
  .extend('tenant', { scope: 'file' }, ({ server }) => server.found('acme'))
  .extend('send', async ({ server, tenant }) => {
    const host = await server.headersOf({ role: 'host', agencyId: 'acme' });
    const path = `/api/clients/${encodeURIComponent(tenant.clientWorkspaceId)}/conversions`;
    return async (method: 'POST' | 'GET' | 'PATCH' | 'DELETE', rest = '', payload?: object) => {
      const answer = await server.app.inject({
        method,
        url: path + rest,
        headers: host,
        ...(payload && { payload }),
      });
      const body: unknown = answer.json();
      return { status: answer.statusCode, body };
    };
  });

const REVENUE = {
  date: '2026-03-01',
  kind: 'revenue',
  amount: '9480.00',
  source: 'shop',
  attributionModel: 'last_click',
} as const;

describe('given a host that tells what a client brought', () => {
  test('when it records, changes, lists and deletes, then each is answered', async ({ send }) => {
    const made = await send('POST', '', { ...REVENUE, campaignId: 'spring' });
    expect(made).toMatchObject({
      status: 200,
      body: { amount: { amount: '9480.00', currency: 'USD' }, replayed: false },
    });
    const one = `/${String(fieldOf(made.body, 'id'))}`;
    expect(await send('PATCH', one, { amount: { amount: 9000, currency: 'EUR' } })).toMatchObject({
      body: { amount: { amount: '9000.00', currency: 'EUR' } },
    });
    expect(await send('GET', '?campaignId=spring')).toMatchObject({
      body: { items: [{ amount: { amount: '9000.00' } }], nextCursor: null },
    });
    expect((await send('DELETE', one)).status).toBe(200);
    expect(await send('GET', '?campaignId=spring')).toMatchObject({ body: { items: [] } });
  });

  test('when many come at once, then each is answered in its place', async ({ send }) => {
    const lead = { date: '2026-03-01', kind: 'lead', count: 86, idempotencyKey: 'crm-1' };
    const conversions = [lead, lead, { ...lead, amount: 5, idempotencyKey: 'crm-2' }];
    expect(await send('POST', '/bulk', { conversions })).toMatchObject({
      status: 200,
      body: {
        results: [
          { ok: true, replayed: false },
          { ok: true, replayed: true },
          { ok: false, error: { code: 'invalid_input', issues: [{ path: 'amount' }] } },
        ],
      },
    });
  });

  test('when a CSV text comes, then good lines are taken and the others reported', async ({
    send,
  }) => {
    const csv = [
      'Date;Kind;Count;Amount;Currency;Source;Attribution Model;Idempotency Key',
      '2026-03-02;revenue;;-12.50;EUR;shop;last_click;csv-1',
      '2026-03-02;lead;3;;;;;csv-2',
      '2026-03-02;lead;3;5.00;USD;;;csv-3',
      '2026-02-30;lead;3;;;;;csv-4',
      '2026-03-02;lead;three;;;;;csv-5',
      '2026-03-02;lead;4;;;;;csv-2',
    ].join('\n');
    const refused = [
      { line: 4, field: 'amount', text: '2026-03-02;lead;3;5.00;USD;;;csv-3' },
      { line: 5, field: 'date', message: expect.stringContaining('YYYY-MM-DD') },
      { line: 6, field: 'count' },
      { line: 7, field: 'idempotencyKey' },
    ];
    const dry = await send('POST', '/import', { csv, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, accepted: 2, replayed: 0, refused });
    const first = await send('POST', '/import', { csv });
    expect(first.body).toMatchObject({ dryRun: false, accepted: 2, replayed: 0, refused });
    const again = await send('POST', '/import', { csv });
    expect(again.body).toMatchObject({ accepted: 0, replayed: 2, refused });
    const unread = await send('POST', '/import', { csv: 'date,price\n' });
    expect(unread).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'csv', message: expect.stringContaining('"price"') }] },
    });
  });
});
