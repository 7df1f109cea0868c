import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { HOST, startTestServer, type TestServer } from './testing/test-server.ts';

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

async function get(server: TestServer, url: string, headers: object = {}) {
  return server.app.inject({ method: 'GET', url, headers: { ...headers } });
}

describe('given a REST address', () => {
  test('when an id holds any characters, then it arrives as it was before it was encoded', async () => {
    await using server = await startTestServer();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { authorization } = await server.bearer(HOST);
    const id = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value) && !/^\.{1,2}$/.test(value));
    await fc.assert(
      fc.asyncProperty(id, async (value) => {
        const url = `${server.app.listeningOrigin}/api/examples/echo/${encodeURIComponent(value)}`;
        const answer = await fetch(url, { headers: { authorization } });
        expect(await answer.json()).toMatchObject({ clientWorkspaceId: value });
      }),
      { examples: [['a/b'], ['100%'], ['%2F'], ['ä b+c'], ['x?y#z'], ['a;b'], ['日本']], numRuns: 60 },
    );
  });

  test('when the encoding is broken, then it is 400', async () => {
    await using server = await startTestServer();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const answer = await fetch(`${server.app.listeningOrigin}/api/examples/echo/%zz`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });

  test('when the query has numbers, booleans and lists, then they are read by the schema', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    const answer = await get(server, '/api/examples/echo/a?flag=false&platforms=x&limit=7', headers);
    expect(answer.json()).toEqual({ clientWorkspaceId: 'a', flag: false, platforms: ['x'], limit: 7 });
    const bad = await get(server, '/api/examples/echo/a?flag=maybe&limit=0&other=1', headers);
    expect(bad.json<{ issues: { path: string }[] }>().issues.map(({ path }) => path).toSorted()).toEqual([
      'flag',
      'limit',
      'other',
    ]);
  });

  test('when the query names another client than the path, then it is refused', async () => {
    await using server = await startTestServer();
    const answer = await get(
      server,
      '/api/examples/echo/a?clientWorkspaceId=b',
      await server.bearer(HOST),
    );
    expect(answer.json()).toMatchObject({ status: 400, issues: [{ path: 'clientWorkspaceId' }] });
  });
});

describe('given a request that no procedure sees', () => {
  test.each([
    { why: 'unknown address', url: '/api/nothing', method: 'GET', status: 404, code: 'not_found' },
    { why: 'unknown place', url: '/nothing', method: 'GET', status: 404, code: 'not_found' },
    { why: 'other method', url: '/api/examples/host', method: 'DELETE', status: 404, code: 'not_found' },
    {
      why: 'too large',
      url: '/api/examples/host',
      method: 'POST',
      payload: JSON.stringify({ note: 'x'.repeat(1_100_000) }),
      status: 413,
      code: 'payload_too_large',
    },
    {
      why: 'not JSON',
      url: '/api/examples/host',
      method: 'POST',
      type: 'text/plain',
      payload: 'x',
      status: 415,
      code: 'unsupported_media_type',
    },
    {
      why: 'malformed',
      url: '/api/examples/host',
      method: 'POST',
      payload: '{',
      status: 400,
      code: 'malformed_request',
    },
  ] as const)('when it is $why, then it is a problem of $status', async (row) => {
    await using server = await startTestServer();
    const answer = await server.app.inject({
      method: row.method,
      url: row.url,
      headers: { ...(await server.bearer(HOST)), 'content-type': 'type' in row ? row.type : 'application/json' },
      ...('payload' in row ? { payload: row.payload } : {}),
    });
    expect(answer.statusCode).toBe(row.status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json<Problem>()).toMatchObject({ status: row.status, code: row.code });
  });

  test('when it is a bulk call, then eight times as much is taken', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    const rows = Array.from({ length: 200 }, () => 'x'.repeat(20_000));
    const rest = await server.app.inject({ method: 'POST', url: '/api/examples/bulk', headers, payload: { rows } });
    expect(rest.json()).toEqual({ count: 200 });
    const rpc = await server.app.inject({
      method: 'POST',
      url: '/trpc/examples.bulk',
      headers,
      payload: { json: { rows } },
    });
    expect(rpc.statusCode).toBe(200);
  });

  test('when it is not HTTP, then it is still a problem', async () => {
    await using server = await startTestServer();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(server.app.listeningOrigin).port), '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/problem\+json/);
  });

  test('when tRPC is asked for too much at once, or for nothing there is, then it says so its way', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    const many = Array(101).fill('examples.agency').join(',');
    const batch = await get(server, `/trpc/${many}?batch=1`, headers);
    expect(batch.statusCode).toBe(400);
    const unknown = await get(server, '/trpc/examples.nothing', headers);
    expect(unknown.statusCode).toBe(404);
    expect(unknown.json()).toMatchObject({ error: { json: { data: { code: 'not_found' } } } });
    const large = await server.app.inject({
      method: 'POST',
      url: '/trpc/examples.host',
      headers,
      payload: { json: { note: 'x'.repeat(1_100_000) } },
    });
    expect(large.statusCode).toBe(413);
    expect(large.json()).toMatchObject({ error: { json: { data: { code: 'payload_too_large' } } } });
  });
});

describe('given the test clock', () => {
  const at = '2031-05-06T07:08:09.000Z';
  const ask = async (server: TestServer, clock: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/examples/host',
      headers: { ...(await server.bearer(HOST)), 'x-test-clock': clock },
      payload: { clientWorkspaceId: 'a' },
    });

  test('when it is on, then a request sets its now, and tokens still go by the real one', async () => {
    await using server = await startTestServer({ testClock: true });
    expect((await ask(server, at)).json()).toMatchObject({ now: at });
    const bad = await ask(server, 'yesterday');
    expect(bad.json()).toMatchObject({ status: 400, issues: [{ path: 'X-Test-Clock' }] });
  });

  test('when it is off, then the header means nothing', async () => {
    await using server = await startTestServer();
    const answer = await ask(server, 'yesterday');
    expect(answer.statusCode).toBe(200);
    expect(answer.json<{ now: string }>().now).not.toBe(at);
  });
});

describe('given too many requests', () => {
  test('when a token has used up its minute, then it waits, and others do not', async () => {
    await using server = await startTestServer({ rateLimitPerMinute: 3 });
    const mine = await server.bearer(HOST);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) {
      statuses.push((await get(server, '/api/examples/echo/a', mine)).statusCode);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const limited = await get(server, '/api/examples/echo/a', mine);
    expect(limited.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    const rpc = await get(server, '/trpc/examples.agency', mine);
    expect(rpc.json()).toMatchObject({ error: { json: { data: { code: 'rate_limited' } } } });

    const other = await server.bearer({ role: 'host', agencyId: 'other' });
    expect((await get(server, '/api/examples/echo/a', other)).statusCode).toBe(200);
  });

  test('when tokens are guessed, then the address is slowed down, but not who has a good one', async () => {
    await using server = await startTestServer({ rateLimitPerMinute: 200 });
    const guess = (i: number) => get(server, '/api/examples/echo/a', { authorization: `Bearer x${i}` });
    expect([await guess(1), await guess(2), await guess(3)].map((a) => a.statusCode)).toEqual([401, 401, 429]);
    expect((await get(server, '/api/examples/echo/a', await server.bearer(HOST))).statusCode).toBe(200);
  });
});

describe('given what stands around the procedures', () => {
  test('when health is asked, then process and database answer apart', async () => {
    await using well = await startTestServer();
    expect((await get(well, '/healthz')).json()).toEqual({ status: 'ok' });
    expect((await get(well, '/readyz')).statusCode).toBe(200);
    await using ill = await startTestServer({
      ready: async () => ({ ready: false, reason: 'the database is not migrated' }),
    });
    expect((await get(ill, '/healthz')).statusCode).toBe(200);
    const answer = await get(ill, '/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.json<Problem>().detail).toMatch(/not migrated/);
  });

  test('when metrics are asked for, then durations are by route, never by address', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    await get(server, '/api/examples/echo/some-id', headers);
    await get(server, '/trpc/examples.nothing', headers);
    const { body } = await get(server, '/metrics');
    expect(body).toMatch(/_count\{method="GET",route="\/api\/examples\/echo\/:clientWorkspaceId",status="200"\} 1/);
    expect(body).toMatch(/route="\/trpc\/\(unknown\)"/);
    expect(body).toMatch(/process_cpu_seconds_total/);
    expect(body).not.toMatch(/some-id/);
  });

  test('when the document is asked for, then it is OpenAPI 3.1 with our paths and problems', async () => {
    await using server = await startTestServer();
    const document = (await get(server, '/api/openapi.json')).json<OpenApi>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/examples/echo/{clientWorkspaceId}');
    expect(Object.keys(document.paths)).not.toContain('/api/examples/admin');
    const operation = document.paths['/api/examples/host']?.['post'];
    expect(operation?.responses).toMatchObject({ '400': { $ref: '#/components/responses/Problem400' } });
    const { properties } = operation?.requestBody.content['application/json'].schema ?? {};
    expect(properties?.['scheduledAt']).toMatchObject({ type: 'string', format: 'date-time' });
    expect(JSON.stringify(document)).not.toMatch(/error\.[A-Z]/);
  });

  test('when the reference page is opened, then all it loads comes from here', async () => {
    await using server = await startTestServer();
    const page = await get(server, '/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)="https?:|from 'https?:/);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'/);
    const script = /<script src="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const answer = await get(server, new URL(script, 'http://x/docs/').pathname);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/javascript/);
  });

  test('when another origin calls, then only those that were named may read', async () => {
    await using server = await startTestServer({ corsOrigins: ['https://app.example'] });
    const ask = async (origin: string) =>
      server.app.inject({
        method: 'OPTIONS',
        url: '/api/examples/host',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    expect((await ask('https://app.example')).headers['access-control-allow-origin']).toBe('https://app.example');
    expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('when a request id is given, then it is kept if it is harmless', async () => {
    await using server = await startTestServer();
    const kept = await get(server, '/healthz', { 'x-request-id': 'trace-1' });
    expect(kept.headers['x-request-id']).toBe('trace-1');
    const replaced = await get(server, '/healthz', { 'x-request-id': 'a b"c' });
    expect(replaced.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  test('when things are logged, then no token is among them', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    const token = headers.authorization.slice('Bearer '.length);
    const payload = { how: `it broke with ${token} and rt_0123456789` };
    const url = '/api/examples/fails';
    const answer = await server.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(500);
    await get(server, `/readyz?token=${token}`, headers);
    expect(server.logs.join('')).toMatch(/it broke with \[redacted\] and \[redacted\]/);
    expect(server.logs.join('')).not.toContain(token.slice(0, 40));
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>> | undefined>>;
}

interface Operation {
  readonly responses: object;
  readonly requestBody: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly properties?: Readonly<Record<string, unknown>> };
      };
    };
  };
}
