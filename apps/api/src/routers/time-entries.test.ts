import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { test as base } from '../testing/real-server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

// An agency for each test: what time costs depends on all its rates.
let agencies = 0;
const test = base.extend('at', async ({ server }) => {
  agencies += 1;
  const { agencyWorkspaceId: agencyId, clientWorkspaceId: clientId } = await server.found(
    `agency ${agencies}`,
  );
  const ofAgency = `/api/agency/${encodeURIComponent(agencyId)}`;
  const ofClient = `/api/clients/${encodeURIComponent(clientId)}/time-entries`;
  const agency = await server.headersOf({ role: 'agency', agencyId });
  const send = async (method: Method, url: string, payload?: object, clock?: string) => {
    const headers = { ...agency, ...(clock !== undefined && { 'x-test-clock': clock }) };
    const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
    const body: unknown = answer.json();
    return { status: answer.statusCode, body };
  };
  const rate = (hourlyRate: string, more: object = {}) =>
    send('PUT', `${ofAgency}/rates`, { level: 'agency', fromDate: null, hourlyRate, ...more });
  return { agencyId, clientId, ofAgency, ofClient, send, rate };
});

const dollars = (amount: string) => ({ amount, currency: 'USD' });

describe('given an agency that books its time', () => {
  test('when it records, changes, lists and deletes, then each is answered with its cost', async ({
    at: { ofAgency, ofClient, send, rate },
  }) => {
    await rate('100.00');
    const told = { date: '2026-03-01', minutes: 50, campaignId: 'spring', person: 'ada' };
    const made = await send('POST', ofClient, told);
    expect(made).toMatchObject({
      status: 200,
      body: { cost: dollars('83.33'), reason: null, rateLevel: 'agency', replayed: false },
    });
    const one = `${ofClient}/${String(fieldOf(made.body, 'id'))}`;
    const changed = await send('PATCH', one, {
      minutes: 60,
      hourlyRate: { amount: 5, currency: 'EUR' },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { seconds: 3600, cost: { amount: '5.00', currency: 'EUR' }, rateLevel: 'entry' },
    });
    for (const list of [ofClient, `${ofAgency}/time-entries`]) {
      // oxlint-disable-next-line no-await-in-loop -- to name the list that differs
      expect(await send('GET', `${list}?campaignId=spring&billable=true`)).toMatchObject({
        status: 200,
        body: { items: [{ campaignId: 'spring', person: 'ada' }], nextCursor: null },
      });
    }
    expect((await send('DELETE', one)).status).toBe(200);
    const gone = await send('GET', `${ofClient}?campaignId=spring`);
    expect(gone.body).toEqual({ items: [], nextCursor: null });
  });

  test('when a rate is missing, then its time is on the list of those, until the rate is set', async ({
    at: { ofAgency, ofClient, send, rate },
  }) => {
    const missing = async () => {
      const { body } = await send('GET', `${ofAgency}/time-entries?missingRate=true`);
      const items = fieldOf(body, 'items');
      return Array.isArray(items) ? items.map((item: unknown) => fieldOf(item, 'reason')) : [];
    };
    await send('POST', ofClient, { date: '2026-03-01', minutes: 1 });
    // The other one came with the agency.
    expect(await missing()).toEqual(['missing_rate', 'missing_rate']);
    await rate('10.00', { fromDate: '2026-03-02' });
    expect(await missing()).toEqual(['missing_rate']);
    await rate('10.00');
    expect(await missing()).toEqual([]);
  });

  test('when a timer runs, then it shows what it has come to, and counts once it is stopped', async ({
    at: { ofClient, send, rate },
  }) => {
    await rate('80.00');
    const eight = '2026-03-10T08:00:00Z';
    const started = await send('POST', `${ofClient}/start-timer`, { activity: 'Copy' }, eight);
    expect(started).toMatchObject({ status: 200, body: { endedAt: null } });
    const second = await send('POST', `${ofClient}/start-timer`, {}, eight);
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const list = `${ofClient}?source=timer`;
    expect(await send('GET', list, undefined, '2026-03-10T09:30:00Z')).toMatchObject({
      body: {
        items: [
          { seconds: 0, cost: dollars('0.00'), live: { seconds: 5400, cost: dollars('120.00') } },
        ],
      },
    });
    const ten = '2026-03-10T10:00:00Z';
    const stopped = await send('POST', `${ofClient}/stop-timer`, {}, ten);
    expect(stopped).toMatchObject({
      status: 200,
      body: { seconds: 7200, minutes: 120, cost: dollars('160.00'), live: null, replayed: false },
    });
    const again = await send('POST', `${ofClient}/stop-timer`, {}, '2026-03-10T11:00:00Z');
    expect(again.body).toEqual({ ...Object(stopped.body), replayed: true });
  });

  test('when its settings round billable time, then the entry shows both, and costs what it was', async ({
    at: { agencyId, ofAgency, ofClient, send, rate },
  }) => {
    const settings = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
    const agency = await send('PUT', ofAgency, {
      ...settings,
      timeRounding: { mode: 'up', minutes: 30 },
      timeAttribution: 'start',
      savedTimeInRoi: true,
    });
    expect(agency).toMatchObject({
      status: 200,
      body: {
        timeRounding: { mode: 'up', minutes: 30, per: 'entry' },
        timeAttribution: 'start',
        savedTimeInRoi: true,
      },
    });
    await rate('60.00');
    const span = { startedAt: '2026-03-01T23:50:00Z', endedAt: '2026-03-02T00:05:00Z' };
    expect(await send('POST', ofClient, span)).toMatchObject({
      body: {
        seconds: 900,
        billableSeconds: 1800,
        cost: dollars('15.00'),
        days: [{ date: '2026-03-01', seconds: 900 }],
      },
    });
  });

  test('when a CSV text comes, then good lines are taken, each other one is told, and twice is once', async ({
    at: { ofClient, send },
  }) => {
    const csv = [
      '\uFEFFDate;Minutes;Started At;Ended At;Person;Billable;Hourly Rate;Currency;Note',
      '2026-03-03;90;;;ada;no;50.00;EUR;"Copy; and ""more"""',
      '2026-03-03;ninety;;;ada;;;;',
      ';;2026-03-03T10:00:00Z;2026-03-03T09:00:00Z;ada;;;;',
      ';;2026-03-03T10:00:00Z;2026-03-03T11:00:00Z;ada;perhaps;;;',
      '2026-03-03;5',
      '2026-03-03;30;;;bob;;;;',
      '2026-03-03;30;;;bob;;;;',
    ].join('\r\n');
    const refused = [
      { line: 3, field: 'minutes', text: '2026-03-03;ninety;;;ada;;;;' },
      { line: 4, field: 'endedAt' },
      { line: 5, field: 'billable' },
      { line: 6, message: expect.stringContaining('2 cells') },
    ];
    const dry = await send('POST', `${ofClient}/import`, { csv, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, accepted: 3, replayed: 0, refused });
    const first = await send('POST', `${ofClient}/import`, { csv });
    expect(first).toMatchObject({ status: 200, body: { accepted: 3, replayed: 0, refused } });
    const again = await send('POST', `${ofClient}/import`, { csv });
    expect(again.body).toMatchObject({ accepted: 0, replayed: 3, refused });
    expect(await send('GET', `${ofClient}?source=import&person=ada`)).toMatchObject({
      body: {
        items: [
          {
            seconds: 5400,
            billable: false,
            note: 'Copy; and "more"',
            cost: { amount: '75.00', currency: 'EUR' },
          },
        ],
      },
    });
  });
});

describe('given an agency’s rates', () => {
  test('when they are set, listed and taken back, then each is answered', async ({
    at: { clientId, ofAgency, send, rate },
  }) => {
    const client = { level: 'client', clientWorkspaceId: clientId, fromDate: '2026-04-01' };
    const coming = await rate('90.00', client);
    expect(coming).toMatchObject({
      status: 200,
      body: { level: 'client', clientWorkspaceId: clientId, hourlyRate: dollars('90.00') },
    });
    await rate('40.00');
    const inForce = await send('GET', `${ofAgency}/rates?asOf=2026-03-31`);
    expect(inForce.body).toMatchObject({ items: [{ level: 'agency', fromDate: null }] });
    const one = `${ofAgency}/rates/${String(fieldOf(coming.body, 'id'))}`;
    expect((await send('DELETE', one)).status).toBe(200);
    const history = await send(
      'GET',
      `${ofAgency}/rates?clientWorkspaceId=${encodeURIComponent(clientId)}`,
    );
    expect(history.body).toEqual({ items: [], nextCursor: null });
    expect(await send('GET', ofAgency)).toMatchObject({ body: { hourlyRate: dollars('40.00') } });
  });
});

describe('given others than the agency', () => {
  test('when a host or a client asks for time or rates, then both are closed to it', async ({
    server,
    at: { agencyId, clientId, ofAgency, ofClient },
  }) => {
    const host = await server.headersOf({ role: 'host', agencyId });
    const client = await server.headersOf({ role: 'client', agencyId, clientId });
    for (const headers of [host, client, server.admin]) {
      for (const url of [ofClient, `${ofAgency}/time-entries`, `${ofAgency}/rates`]) {
        // oxlint-disable-next-line no-await-in-loop -- to name what is open
        expect([url, (await server.app.inject({ url, headers })).statusCode]).toEqual([url, 403]);
      }
    }
  });
});
