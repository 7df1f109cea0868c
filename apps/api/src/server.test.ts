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
      {
        examples: [['a/b'], ['100%'], ['%2F'], ['ä b+c'], ['x?y#z'], ['a;b'], ['日本']],
        numRuns: 60,
      },
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
    const answer = await get(
      server,
      '/api/examples/echo/a?flag=false&platforms=x&limit=7',
      headers,
    );
    expect(answer.json()).toEqual({
      clientWorkspaceId: 'a',
      flag: false,
      platforms: ['x'],
      limit: 7,
    });
    const bad = await get(server, '/api/examples/echo/a?flag=maybe&limit=0&other=1', headers);
    expect(
      bad
        .json<{ issues: { path: string }[] }>()
        .issues.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['flag', 'limit', 'other']);
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
    {
      why: 'other method',
      url: '/api/examples/host',
      method: 'DELETE',
      status: 404,
      code: 'not_found',
    },
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
      headers: {
        ...(await server.bearer(HOST)),
        'content-type': 'type' in row ? row.type : 'application/json',
      },
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
    const rest = await server.app.inject({
      method: 'POST',
      url: '/api/examples/bulk',
      headers,
      payload: { rows },
    });
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
    expect(large.json()).toMatchObject({
      error: { json: { data: { code: 'payload_too_large' } } },
    });
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
    const guess = (i: number) =>
      get(server, '/api/examples/echo/a', { authorization: `Bearer x${i}` });
    expect([await guess(1), await guess(2), await guess(3)].map((a) => a.statusCode)).toEqual([
      401, 401, 429,
    ]);
    expect((await get(server, '/api/examples/echo/a', await server.bearer(HOST))).statusCode).toBe(
      200,
    );
  });
});
