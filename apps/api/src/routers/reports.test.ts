import { describe, expect, test as base } from 'vitest';

import { fieldOf } from '../fields.ts';
import { openRealServer } from '../testing/real-server.ts';
import { LOGIN, startMailServer } from '../testing/smtp.ts';

const OWNER = 'owner@lakeside.example';

/** `test` with the whole service and a real mail server, which refuses while a test says so. */
const test = base
  .extend('post', { scope: 'file' }, async ({}, { onCleanup }) => {
    const mood = { isBusy: false };
    const server = await startMailServer({
      authOptional: false,
      onMailFrom: (_address, _session, callback) =>
        callback(mood.isBusy ? Object.assign(new Error('try later'), { responseCode: 451 }) : null),
    });
    onCleanup(server.stop);
    return { ...server, mood };
  })
  .extend('server', { scope: 'file' }, async ({ post }, { onCleanup }) => {
    const login = [LOGIN.user, LOGIN.password].map(encodeURIComponent).join(':');
    const { close, ...server } = await openRealServer({
      SMTP_URL: `smtp://${login}@127.0.0.1:${post.port}`,
      MAIL_FROM: 'Harbor & Pine <reports@harbor.example>',
    });
    onCleanup(close);
    return server;
  })
  .extend('desk', ({ server }) => {
    type Method = 'GET' | 'POST' | 'PUT';
    /** Sends a request at an instant, as the agency unless told otherwise. */
    const send = async (
      [method, url, at]: readonly [Method, string, string],
      payload?: object,
      as?: Record<string, string>,
    ) => {
      const agency = as ?? (await server.headersOf({ role: 'agency', agencyId: 'harbor' }));
      const headers = { ...agency, 'x-test-clock': at };
      return server.app.inject({ method, url, headers, ...(payload && { payload }) });
    };
    return { send };
  });

const JANUARY = '2026-01-05T09:00:00Z';
const MONDAY = '2026-03-02T00:05:00Z';

async function openClient(
  {
    send,
  }: {
    send: (
      request: readonly ['PUT' | 'POST', string, string],
      payload?: object,
      as?: Record<string, string>,
    ) => Promise<{ statusCode: number }>;
  },
  { admin, id }: { admin: Record<string, string>; id: string },
): Promise<string> {
  const ofAgency = '/api/agency/harbor';
  const url = `/api/clients/${id}`;
  const agency = { name: 'Harbor & Pine', timeZone: 'UTC', currency: 'USD' };
  const client = { name: 'Lakeside Hotel', reportRecipients: [OWNER] };
  const answers = [
    await send(['PUT', ofAgency, JANUARY], agency, admin),
    await send(['PUT', `${ofAgency}/clients/${id}`, JANUARY], client),
    await send(['POST', `${ofAgency}/service-tiers/default`, JANUARY]),
    await send(['POST', `${url}/service-tier/assign`, JANUARY], { tierId: 'gold' }),
    await send(['POST', `${url}/conversions`, MONDAY], {
      kind: 'lead',
      date: '2026-02-25',
      count: 7,
    }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
  return url;
}

describe('given an agency whose client is on Gold, and a mail server', () => {
  test('when the week is over, then its report comes by mail, and the client downloads the same bytes', async ({
    server,
    post,
    desk,
  }) => {
    const url = await openClient(desk, { admin: server.admin, id: 'lakeside' });
    const work = (at: string) =>
      desk.send(['POST', '/api/operations/reports', at], {}, server.admin);
    expect((await work(MONDAY)).json()).toEqual({ takenUp: 1, failed: 0 });
    expect((await work('2026-03-02T00:10:00Z')).json()).toEqual({ takenUp: 0, failed: 0 });

    const session = await desk.send(['POST', `${url}/portal-session`, MONDAY]);
    const client = { authorization: `Bearer ${String(fieldOf(session.json(), 'token'))}` };
    const list = await desk.send(['GET', `${url}/reports`, MONDAY], undefined, client);
    expect(list.json()).toMatchObject({
      items: [
        {
          cadence: 'weekly',
          period: { startDate: '2026-02-23', endDate: '2026-03-01' },
          level: 'advanced',
          state: 'sent',
          mail: null,
        },
      ],
      nextCursor: null,
    });
    const one = `${url}/reports/${list.json<{ items: { id: string }[] }>().items[0]?.id}`;
    const full = await desk.send(['GET', one, MONDAY], undefined, client);
    expect(full.json()).toMatchObject({
      content: { figures: { outcomes: { leads: { current: 7 } } } },
      today: { figures: { outcomes: { leads: { current: 7 } } } },
    });

    const file = await desk.send(['GET', `${one}/file`, MONDAY], undefined, client);
    expect(file.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="Lakeside-Hotel-2026-02-23-to-2026-03-01.pdf"',
    });
    expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(post.received).toHaveLength(1);
    const [mail] = post.received;
    expect(mail?.to).toEqual([OWNER]);
    expect(mail?.raw.replaceAll('\r\n', '')).toContain(file.rawPayload.toString('base64'));
    const limits = await desk.send([
      'GET',
      `${url}/service-tier/limits?at=2026-03-01T12:00:00Z`,
      MONDAY,
    ]);
    const { usage } = limits.json<{ usage: { meter: string; used: number }[] }>();
    expect(usage.find(({ meter }) => meter === 'reports')?.used).toBe(1);
    expect(server.takeErrors()).toEqual([]);
  });

  test('when the server is busy, then the report waits, and the agency sends it by hand', async ({
    server,
    post,
    desk,
  }) => {
    const url = await openClient(desk, { admin: server.admin, id: 'harbour-inn' });
    const before = post.received.length;
    post.mood.isBusy = true;
    const made = await desk.send(['POST', `${url}/reports`, MONDAY], {});
    const { decision, report } = made.json<{
      decision: { decision: string };
      report: { id: string };
    }>();
    expect(decision.decision).toBe('allow');
    const send = () => desk.send(['POST', `${url}/reports/${report.id}/send`, MONDAY], {});
    expect((await send()).json()).toMatchObject({
      state: 'failed',
      mail: { attempts: 1, lastError: 'The mail server did not take it: 451 try later' },
    });
    post.mood.isBusy = false;
    expect((await send()).json()).toMatchObject({ state: 'sent', mail: { sentTo: [OWNER] } });
    expect((await send()).json()).toMatchObject({ state: 'sent' });
    expect(post.received).toHaveLength(before + 1);
  });

  test('when the client asks for what is its agency’s to do, then it is refused', async ({
    server,
    desk,
  }) => {
    const url = await openClient(desk, { admin: server.admin, id: 'mill' });
    const client = await server.headersOf({ role: 'client', agencyId: 'harbor', clientId: 'mill' });
    const refused = [
      await desk.send(['POST', `${url}/reports`, MONDAY], {}, client),
      await desk.send(['GET', '/api/clients/lakeside/reports', MONDAY], undefined, client),
    ];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 404]);
  });
});
