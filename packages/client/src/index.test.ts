import { describe, expect, expectTypeOf, test } from 'vitest';

import {
  createRetainerClient,
  isRetainerError,
  type RetainerClient,
  type RetainerError,
} from './index.ts';

const EXPIRES_AT = '2026-03-01T09:00:00.000Z';
const MINTED = {
  result: {
    data: {
      json: { token: 't', expiresAt: EXPIRES_AT },
      meta: { values: { expiresAt: ['Date'] }, v: 1 },
    },
  },
};
const REFUSED = {
  error: {
    json: {
      message: 'There is no agency "acme".',
      code: -32_004,
      data: { code: 'not_found', httpStatus: 404, path: 'tokens.mint', issues: [] },
    },
  },
};

/** A network that records what is sent and answers each call of a batch with `answer`. */
function network(answer: object) {
  const sent: { url: string; headers: Headers }[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push({ url: request.url, headers: request.headers });
    const calls = new URL(request.url).pathname.split(',').length;
    return Response.json(Array.from({ length: calls }, () => answer));
  };
  return { sent, fetch: send };
}

const INPUT = { agencyWorkspaceId: 'acme', role: 'host' } as const;

describe('given a client', () => {
  test('when calls are made at once, then one request carries them and the token', async () => {
    const { sent, fetch } = network(MINTED);
    const client = createRetainerClient({ url: 'http://retainer.test/', token: 'secret', fetch });
    const answers = await Promise.all([
      client.tokens.mint.mutate(INPUT),
      client.tokens.mint.mutate(INPUT),
    ]);
    expect(answers[1]).toEqual({ token: 't', expiresAt: new Date(EXPIRES_AT) });
    expect(sent.map(({ url }) => url)).toEqual([
      'http://retainer.test/trpc/tokens.mint,tokens.mint?batch=1',
    ]);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer secret');
  });

  test('when the token is a function, then it is asked before each request', async () => {
    const { sent, fetch } = network(MINTED);
    let count = 0;
    const token = async () => `token-${(count += 1)}`;
    const client = createRetainerClient({ url: new URL('http://retainer.test'), token, fetch });
    await client.tokens.mint.mutate(INPUT);
    await client.tokens.mint.mutate(INPUT);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });
});

describe('given a call that fails', () => {
  test('when Retainer refused it, then the error has its code and issues', async () => {
    const client = createRetainerClient({
      url: 'http://retainer.test',
      token: 't',
      ...network(REFUSED),
    });
    const error: unknown = await client.tokens.mint
      .mutate(INPUT)
      .catch((thrown: unknown) => thrown);
    if (!isRetainerError(error)) throw new Error('not recognised', { cause: error });
    expect(error.message).toBe('There is no agency "acme".');
    expect(error.data).toMatchObject({ code: 'not_found', issues: [] });
  });

  test('when the network is down, then it is not Retainer’s error', async () => {
    const down: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));
    const client = createRetainerClient({ url: 'http://retainer.test', token: 't', fetch: down });
    const error: unknown = await client.tokens.mint
      .mutate(INPUT)
      .catch((thrown: unknown) => thrown);
    expect(isRetainerError(error)).toBe(false);
    expect(isRetainerError(new Error('other'))).toBe(false);
  });
});

test('the types follow the router', () => {
  type Mint = RetainerClient['tokens']['mint']['mutate'];
  expectTypeOf<Parameters<Mint>[0]>().toEqualTypeOf<{
    agencyWorkspaceId: string;
    role: 'agency' | 'host';
    expiresInSeconds?: number | undefined;
  }>();
  expectTypeOf<Awaited<ReturnType<Mint>>>().toEqualTypeOf<{ token: string; expiresAt: Date }>();
  expectTypeOf<'idempotency_conflict'>().toExtend<RetainerError['data']['code']>();
  expectTypeOf<RetainerError['data']['issues'][number]>().toEqualTypeOf<{
    readonly path: string;
    readonly message: string;
  }>();
});
