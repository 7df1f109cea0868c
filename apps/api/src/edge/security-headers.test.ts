import { describe, expect, test } from 'vitest';

import { HOST, startTestServer } from '../testing/test-server.ts';

const ORIGIN = 'https://app.example.com';

const PATHS = [
  '/healthz',
  '/docs/',
  '/api/openapi.json',
  '/api/examples/echo/x',
  '/trpc/examples.agency',
  '/nowhere',
];

describe('given any answer', () => {
  test('when a browser gets it, then it is told to keep to HTTPS, to guess no types and to tell nobody where it was', async () => {
    await using server = await startTestServer();
    for (const url of PATHS) {
      // oxlint-disable-next-line no-await-in-loop -- to name the path that fails
      const { headers } = await server.app.inject({ url, headers: await server.bearer(HOST) });
      expect([url, headers]).toMatchObject([
        url,
        {
          'strict-transport-security': 'max-age=31536000; includeSubDomains',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      ]);
      // There is nothing that a cookie could hold: who calls is in the Authorization header of each request.
      expect([url, headers['set-cookie']]).toEqual([url, undefined]);
      expect([url, headers['server'], headers['x-powered-by']]).toEqual([
        url,
        undefined,
        undefined,
      ]);
    }
  });

  test('when it is data, then no page may frame, run or embed it, and nobody keeps it', async () => {
    await using server = await startTestServer();
    const answers = [
      ['/api/examples/echo/x', await server.bearer(HOST)],
      ['/trpc/examples.agency', await server.bearer(HOST)],
      ['/api/examples/echo/x', {}],
    ] as const;
    for (const [url, headers] of answers) {
      // oxlint-disable-next-line no-await-in-loop -- to name the path that fails
      const answer = await server.app.inject({ url, headers });
      expect([url, answer.headers]).toMatchObject([
        url,
        {
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'no-store',
        },
      ]);
    }
  });
});

describe('given a browser on another origin', () => {
  const ask = async (corsOrigins: readonly string[], origin: string) => {
    await using server = await startTestServer({ corsOrigins });
    const preflight = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const url = '/api/examples/echo/x';
    const asked = await server.app.inject({ method: 'OPTIONS', url, headers: preflight });
    const got = await server.app.inject({
      url,
      headers: { ...(await server.bearer(HOST)), origin },
    });
    return [asked, got].map(({ headers }) => headers);
  };

  test('when its origin is listed, then it may call, and never with cookies', async () => {
    for (const headers of await ask([ORIGIN], ORIGIN)) {
      expect(headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['vary']).toMatch(/origin/i);
    }
  });

  test.each([
    { why: 'none is listed', origins: [], origin: ORIGIN },
    { why: 'it only begins like one that is', origins: [ORIGIN], origin: `${ORIGIN}.evil.test` },
    {
      why: 'it is http where https is listed',
      origins: [ORIGIN],
      origin: 'http://app.example.com',
    },
    { why: 'it is no origin at all', origins: [ORIGIN], origin: 'null' },
  ])('when $why, then it is not let in', async ({ origins, origin }) => {
    for (const headers of await ask(origins, origin)) {
      expect(headers['access-control-allow-origin']).not.toBe(origin);
      expect(headers['access-control-allow-origin']).not.toBe('*');
    }
  });
});
