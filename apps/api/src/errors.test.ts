import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import { describe, expect, test } from 'vitest';

import type { ExampleRouter } from './testing/example-router.ts';
import { AGENCY, HOST, startTestServer, type TestServer } from './testing/test-server.ts';

interface Expected {
  readonly status: number;
  readonly code: string;
}

async function failBoth(server: TestServer, how: string) {
  const headers = await server.bearer(HOST);
  const rest = await server.app.inject({
    method: 'POST',
    url: '/api/examples/fails',
    headers,
    payload: { how },
  });
  const rpc = await server.app.inject({
    method: 'POST',
    url: '/trpc/examples.fails',
    headers,
    payload: { json: { how } },
  });
  return { rest, rpc };
}

describe('given something goes wrong in a procedure', () => {
  test.each<Expected & { how: string }>([
    { how: 'conflict', status: 409, code: 'conflict' },
    { how: 'period_inverted', status: 422, code: 'period_inverted' },
    { how: 'unavailable', status: 503, code: 'unavailable' },
    { how: 'refused', status: 503, code: 'unavailable' },
    { how: 'nul', status: 400, code: 'invalid_input' },
    { how: 'secret', status: 500, code: 'internal' },
  ])(
    'when it is $how, then REST and tRPC both say $status $code',
    async ({ how, status, code }) => {
      await using server = await startTestServer();
      const { rest, rpc } = await failBoth(server, how);

      expect(rest.statusCode).toBe(status);
      expect(rest.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(rest.json()).toMatchObject({ type: `urn:retainer:problem:${code}`, status, code });
      expect(rest.body).not.toMatch(/hunter2|select|stack|node_modules/);

      expect(rpc.statusCode).toBe(status);
      expect(rpc.json()).toMatchObject({ error: { json: { data: { code, httpStatus: status } } } });
      expect(rpc.body).not.toMatch(/hunter2|select|stack|node_modules/);

      for (const answer of [rest, rpc]) {
        expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
      }
    },
  );

  test('when it is ours to fix, then the log has it and the request id leads there', async () => {
    await using server = await startTestServer();
    const { rest } = await failBoth(server, 'secret');
    const requestId = String(rest.headers['x-request-id']);
    const entry = server.logs.find((line) => line.includes(requestId) && line.includes('hunter2'));
    expect(entry).toBeDefined();
  });

  test('when our own answer is not what the schema promises, then it is 500 and stays here', async () => {
    await using server = await startTestServer();
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/examples/lies',
      headers: await server.bearer(HOST),
      payload: {},
    });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/s3cr3t|count/);
  });

  test('when a typed client calls, then code and issues are typed data', async () => {
    await using server = await startTestServer();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const headers = await server.bearer(AGENCY);
    const client = createTRPCClient<ExampleRouter>({
      links: [
        httpBatchLink({
          url: `${server.app.listeningOrigin}/trpc`,
          transformer: superjson,
          headers,
        }),
      ],
    });
    const call = client.examples.fails.mutate({ how: 'period_inverted' });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TRPCClientError);
    const { data, message } = error as TRPCClientError<ExampleRouter>;
    expect(message).toBe('The period ends before it starts.');
    expect(data).toEqual({
      code: 'period_inverted',
      httpStatus: 422,
      path: 'examples.fails',
      issues: [{ path: 'endDate', message: 'must not be before startDate' }],
    });
  });
});

describe('given an input that is not right', () => {
  test.each([
    { payload: {}, path: 'clientWorkspaceId', status: 400, code: 'invalid_input' },
    {
      payload: { clientWorkspaceId: 'a', typo: 1 },
      path: 'typo',
      status: 400,
      code: 'invalid_input',
    },
    {
      payload: { clientWorkspaceId: 'a\u0000' },
      path: 'clientWorkspaceId',
      status: 400,
      code: 'invalid_input',
    },
    {
      payload: { clientWorkspaceId: 'a', quantity: -1 },
      path: 'quantity',
      status: 422,
      code: 'invalid_quantity',
    },
    {
      payload: { clientWorkspaceId: 'a', scheduledAt: 'soon' },
      path: 'scheduledAt',
      status: 400,
      code: 'invalid_input',
    },
  ])('when it is $payload, then both name $path', async ({ payload, path, status, code }) => {
    await using server = await startTestServer();
    const headers = await server.bearer(HOST);
    const rest = await server.app.inject({
      method: 'POST',
      url: '/api/examples/host',
      headers,
      payload,
    });
    expect(rest.statusCode).toBe(status);
    expect(rest.json()).toMatchObject({ code, issues: [{ path }] });
    const rpc = await server.app.inject({
      method: 'POST',
      url: '/trpc/examples.host',
      headers,
      payload: { json: payload },
    });
    expect(rpc.statusCode).toBe(status);
    expect(rpc.json()).toMatchObject({ error: { json: { data: { code, issues: [{ path }] } } } });
  });

  test.each([
    { why: 'a list', payload: '[]' },
    { why: 'text', payload: '"x"' },
    { why: 'cut off', payload: '{"clientWorkspaceId":' },
    { why: 'poisoned', payload: '{"__proto__":{"admin":true},"clientWorkspaceId":"a"}' },
  ])('when the body is $why, then it is 400', async ({ payload }) => {
    await using server = await startTestServer();
    const headers = { ...(await server.bearer(HOST)), 'content-type': 'application/json' };
    for (const url of ['/api/examples/host', '/trpc/examples.host']) {
      const answer = await server.app.inject({ method: 'POST', url, headers, payload });
      expect([url, answer.statusCode]).toEqual([url, 400]);
      expect(answer.body).not.toMatch(/stack|Cannot read|token/i);
    }
  });

  test.each([
    '{"json":{"how":"x"},"meta":{"values":1}}',
    '{"meta":{"values":{"a":["Date"]}}}',
    'null',
    '5',
  ])('when superjson cannot make sense of %s, then it is 400', async (payload) => {
    await using server = await startTestServer();
    const headers = { ...(await server.bearer(HOST)), 'content-type': 'application/json' };
    const url = '/trpc/examples.host';
    const answer = await server.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(400);
  });
});
