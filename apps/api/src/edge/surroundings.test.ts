import { describe, expect, test } from 'vitest';

import { HOST, startTestServer, type TestServer } from '../testing/test-server.ts';

async function get(server: TestServer, url: string, headers: object = {}) {
  return server.app.inject({ method: 'GET', url, headers: { ...headers } });
}

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
    expect(answer.json<{ detail: string }>().detail).toMatch(/not migrated/);
  });

  test('when metrics are asked for, then durations are by route, never by address', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    await get(server, '/api/examples/echo/some-id', headers);
    await get(server, '/trpc/examples.nothing', headers);
    const { body } = await get(server, '/metrics');
    expect(body).toMatch(
      /_count\{method="GET",route="\/api\/examples\/echo\/:clientWorkspaceId",status="200"\} 1/,
    );
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
    expect(operation?.responses).toMatchObject({
      '400': { $ref: '#/components/responses/Problem400' },
    });
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
    expect((await ask('https://app.example')).headers['access-control-allow-origin']).toBe(
      'https://app.example',
    );
    expect(
      (await ask('https://evil.example')).headers['access-control-allow-origin'],
    ).toBeUndefined();
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
