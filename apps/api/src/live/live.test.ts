import { tmpdir } from 'node:os';

import { cloneDatabase } from '@retainer/core/testing';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { FastifyInstance } from 'fastify';
import superjson from 'superjson';
import { describe, expect, test as base } from 'vitest';

import { createTokens, type TokenActor } from '../auth/tokens.ts';
import { createLogger } from '../edge/logger.ts';
import { readSettings } from '../env.ts';
import { fieldOf } from '../fields.ts';
import { openServer } from '../open-server.ts';
import type { AppRouter } from '../router.ts';
import { openEventStream, type OpenStream } from '../testing/event-stream.ts';

const SECRET = 'a secret of the tests, long enough to sign with';
const ADMIN_TOKEN = 'operator-token-of-the-tests-0123456789';
const MOST = 3;

/** A service that listens, at most three streams an agency. */
interface Place {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly logs: readonly string[];
  readonly token: (actor: TokenActor, seconds?: number) => Promise<string>;
  /** Registers an agency with a bakery and a gym; what it answers calls as that agency. */
  readonly found: (agencyId: string) => Promise<Call>;
  /** The sum of a gauge of `/metrics`. */
  readonly gauge: (name: 'retainer_live_streams' | 'retainer_live_untold') => Promise<number>;
}

type Listen = (path: string, token: string, lastEventId?: string) => Promise<OpenStream>;
type Call = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) => Promise<unknown>;

const server = base.extend(
  'place',
  { scope: 'file' },
  async ({}, { onCleanup }): Promise<Place> => {
    const settings = readSettings({
      DATABASE_URL: await cloneDatabase(),
      DATA_DIR: tmpdir(),
      RETAINER_SECRET: SECRET,
      RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
      RETAINER_TEST_CLOCK: 'on',
      LIVE_STREAMS_PER_AGENCY: String(MOST),
    });
    const logs: string[] = [];
    const logger = createLogger('debug', { write: (line) => logs.push(line) });
    const { app, release } = await openServer(settings, { logger, say: () => undefined });
    await app.listen({ port: 0, host: '127.0.0.1' });
    onCleanup(async () => {
      await app.close();
      await release();
    });
    const tokens = createTokens(SECRET);
    const url = app.listeningOrigin;
    return {
      app,
      url,
      logs,
      token: async (actor, seconds = 600) => (await tokens.mint(actor, seconds)).token,
      found: async (agencyId) => {
        const agency = (await tokens.mint({ role: 'agency', agencyId }, 600)).token;
        await registered(callAs(app, ADMIN_TOKEN), callAs(app, agency), agencyId);
        await expect.poll(() => gauge(app, 'retainer_live_untold')).toBe(0);
        return callAs(app, agency);
      },
      gauge: (name) => gauge(app, name),
    };
  },
);

/** `test` with that service, an agency of it, and streams that end with the test. */
const test = server
  .extend('north', { scope: 'file' }, ({ place }) => place.found('north'))
  .extend('listen', ({ place }, { onCleanup }): Listen => {
    const opened: OpenStream[] = [];
    onCleanup(async () => {
      await Promise.all(opened.map((stream) => stream.close()));
      await expect.poll(() => place.gauge('retainer_live_streams')).toBe(0);
    });
    return async (path, token, lastEventId) => {
      const headers = { authorization: `Bearer ${token}` };
      const back = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const stream = await openEventStream(place.url + path, { ...headers, ...back });
      opened.push(stream);
      return stream;
    };
  });

async function gauge(app: FastifyInstance, name: string): Promise<number> {
  const { body } = await app.inject('/metrics');
  const values = [...body.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gmu'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

function callAs(app: FastifyInstance, token: string): Call {
  return async (method, url, payload = {}) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method, url, headers, ...(method !== 'GET' && { payload }) });
    if (answer.statusCode === 200) return answer.json();
    throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
  };
}

async function registered(admin: Call, agency: Call, agencyId: string): Promise<void> {
  const settings = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
  await admin('PUT', `/api/agency/${agencyId}`, settings);
  await agency('POST', `/api/agency/${agencyId}/service-tiers/default`);
  for (const client of ['bakery', 'gym']) {
    await agency('PUT', `/api/agency/${agencyId}/clients/${client}`, { name: client });
    await agency('POST', `/api/clients/${client}/service-tier/assign`, { tierId: 'gold' });
  }
}

const reserve = (call: Call, clientWorkspaceId: string, key: string) =>
  call('POST', '/api/hooks/reserve', { clientWorkspaceId, key, meter: 'posts' });

const PORTAL = '/api/clients/bakery/portal/live';

describe('given streams of two agencies whose clients have the same ids', () => {
  test('when a hook is told, then its agency and its client hear of it, and nobody else', async ({
    place,
    listen,
  }) => {
    const [acme, rival] = [await place.found('acme'), await place.found('rival')];
    const client = (agencyId: string, clientId: string) =>
      place.token({ role: 'client', agencyId, clientId });
    const agency = await place.token({ role: 'agency', agencyId: 'acme' });
    const streams = await Promise.all([
      listen('/api/agency/acme/kpi-dashboard/live', agency),
      listen(PORTAL, await client('acme', 'bakery')),
      listen('/api/clients/gym/portal/live', await client('acme', 'gym')),
      listen(PORTAL, await client('rival', 'bakery')),
    ]);
    const [dashboard, bakery, gym, rivals] = streams;
    expect(dashboard.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await dashboard.next()).toMatchObject({ event: 'changed', data: { clients: null } });
    await Promise.all([bakery.next(), gym.next(), rivals.next()]);

    await reserve(acme, 'bakery', 'one');
    const [told, portal] = await Promise.all([dashboard.next(), bakery.next()]);
    expect(told?.data).toEqual({
      version: Number(told?.id),
      clients: ['bakery'],
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    // A portal is told nothing of others, not even that there are any.
    expect(Object.keys(Object(portal?.data)).toSorted()).toEqual(['at', 'version']);

    await reserve(rival, 'bakery', 'one');
    const theirs = await rivals.next();
    await reserve(acme, 'gym', 'one');
    const [own, more] = await Promise.all([gym.next(), dashboard.next()]);
    expect(more?.data).toMatchObject({ clients: ['gym'] });
    expect(Number(own?.id)).toBeGreaterThan(Number(theirs?.id));
    // The bakery's next event is the next of its own.
    await acme('POST', '/api/clients/bakery/service-tier/pause');
    expect(Number((await bakery.next())?.id)).toBeGreaterThan(Number(own?.id));
  });

  test('when somebody comes back, then they hear at once of what they missed, and else of nothing', async ({
    place,
    listen,
  }) => {
    const call = await place.found('return');
    const token = await place.token({ role: 'agency', agencyId: 'return' });
    const path = '/api/agency/return/kpi-dashboard/live';
    const before = await listen(path, token);
    const { id } = (await before.next()) ?? {};
    await before.close();
    await reserve(call, 'gym', 'one');
    const back = await listen(path, token, id);
    const missed = await back.next();
    expect(missed?.data).toMatchObject({ clients: ['gym'] });
    await back.close();

    const again = await listen(path, token, missed?.id);
    const next = again.next();
    await call('POST', '/api/clients/bakery/time-entries', { date: '2026-03-02', minutes: 5 });
    expect((await next)?.data).toMatchObject({ clients: ['bakery'] });
    const unknown = await listen(`${path}?lastEventId=999999`, token);
    expect((await unknown.next())?.data).toMatchObject({ clients: null });
  });
});

describe('given a browser, which can send no header', () => {
  test('when it subscribes over tRPC with a token in its parameters, then it hears, and no log has the token', async ({
    place,
  }) => {
    const call = await place.found('browser');
    const actor = { role: 'client', agencyId: 'browser', clientId: 'bakery' } as const;
    const token = await place.token(actor);
    const client = createTRPCClient<AppRouter>({
      links: [
        httpSubscriptionLink({
          url: `${place.url}/trpc`,
          connectionParams: { token },
          transformer: superjson,
          EventSource,
        }),
      ],
    });
    const events: { id: string; data: { version: number; at: Date } }[] = [];
    const subscription = client.portal.live.subscribe(
      { clientWorkspaceId: 'bakery' },
      { onData: (event) => events.push(event) },
    );
    await expect.poll(() => events.length).toBe(1);
    await reserve(call, 'bakery', 'one');
    await expect.poll(() => events.length, { timeout: 5_000 }).toBe(2);
    subscription.unsubscribe();
    await expect.poll(() => place.gauge('retainer_live_streams')).toBe(0);
    expect(events[1]?.data.version).toBe(Number(events[1]?.id));
    expect(events[1]?.data.at).toBeInstanceOf(Date);
    expect(place.logs.join('\n')).not.toContain(token);
  });

  test('when its token is for somebody else, then it hears why, and once', async ({ place }) => {
    await place.found('closed');
    const token = await place.token({ role: 'host', agencyId: 'closed' });
    const input = encodeURIComponent(JSON.stringify({ json: { clientWorkspaceId: 'bakery' } }));
    const params = encodeURIComponent(JSON.stringify({ token }));
    const stream = await openEventStream(
      `${place.url}/trpc/portal.live?input=${input}&connectionParams=${params}`,
      { accept: 'text/event-stream' },
    );
    expect(await stream.next()).toMatchObject({ event: 'connected' });
    const refusal = await stream.next();
    expect(refusal).toMatchObject({ event: 'serialized-error' });
    const data = fieldOf(fieldOf(refusal?.data, 'json'), 'data');
    expect(data).toMatchObject({ code: 'forbidden', httpStatus: 403 });
    expect(await stream.next()).toBeUndefined();
  });
});

describe('given what a stream must not give', () => {
  test.for([
    { why: 'nobody asks', status: 401 },
    { why: 'a host asks', role: 'host', status: 403 },
    { why: 'a client asks for the dashboard', role: 'client', status: 403, dashboard: true },
    { why: 'a client asks for another', role: 'client', clientId: 'gym', status: 404 },
    { why: 'the agency asks for an unknown client', role: 'agency', clientId: 'x', status: 404 },
    { why: 'another agency asks', role: 'agency', agencyId: 'other', status: 404 },
    { why: 'the id is not one of ours', role: 'agency', query: 'lastEventId=abc', status: 400 },
    { why: 'a field is unknown', role: 'agency', query: 'since=1', status: 400 },
  ] as const)(
    'when $why, then it is $status, and no stream',
    async (row, { place, north: _agency }) => {
      const { status } = row;
      const agencyId = 'agencyId' in row ? row.agencyId : 'north';
      const role = 'role' in row ? row.role : undefined;
      const actor = role === 'client' ? { role, agencyId, clientId: 'bakery' } : { role, agencyId };
      const token = role && (await place.token(actor as TokenActor));
      const clientId = 'clientId' in row ? row.clientId : 'bakery';
      const query = 'query' in row ? `?${row.query}` : '';
      const path =
        'dashboard' in row ? '/api/agency/north/kpi-dashboard' : `/api/clients/${clientId}/portal`;
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      const stream = await openEventStream(`${place.url}${path}/live${query}`, headers);
      expect(stream.response.status).toBe(status);
      expect(await stream.response.json()).toMatchObject({ status });
      expect(await place.gauge('retainer_live_streams')).toBe(0);
    },
  );
});

describe('given an agency with as many streams as it may have', () => {
  test('when one more is asked for, then it is refused until another one ends', async ({
    place,
    listen,
  }) => {
    await place.found('busy');
    const token = await place.token({ role: 'agency', agencyId: 'busy' });
    const other = await place
      .found('calm')
      .then(() => place.token({ role: 'agency', agencyId: 'calm' }));
    const streams = await Promise.all(Array.from({ length: MOST }, () => listen(PORTAL, token)));
    const refused = await listen('/api/agency/busy/kpi-dashboard/live', token);
    expect(refused.response.status).toBe(429);
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.response.json()).toMatchObject({
      code: 'too_many_streams',
      detail: expect.stringContaining(String(MOST)),
    });
    expect((await listen(PORTAL, other)).response.status).toBe(200);

    await streams[0]?.close();
    await expect.poll(() => place.gauge('retainer_live_streams')).toBe(MOST);
    expect((await listen(PORTAL, token)).response.status).toBe(200);
  });
});

describe('given a token that ends', () => {
  test('when it does, then so does the stream', async ({ place, listen }) => {
    await place.found('brief');
    const stream = await listen(
      PORTAL,
      await place.token({ role: 'client', agencyId: 'brief', clientId: 'bakery' }, 2),
    );
    expect(await stream.next()).toMatchObject({ event: 'changed' });
    expect(await stream.next()).toBeUndefined();
  });
});
