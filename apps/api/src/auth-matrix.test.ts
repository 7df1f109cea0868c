import { describe, expect, test } from 'vitest';

import { hashApiKey, type ApiKeyFacts } from './auth/api-keys.ts';
import { createTokens, type TokenActor } from './auth/tokens.ts';
import {
  ADMIN,
  AGENCY,
  CLIENT,
  HOST,
  PLATFORM_HOST,
  startTestServer,
  type TestServer,
} from './testing/test-server.ts';

const ACTORS: Readonly<Record<string, TokenActor>> = {
  agency: AGENCY,
  host: HOST,
  platform: PLATFORM_HOST,
  client: CLIENT,
};

async function headersOf(server: TestServer, who: string) {
  if (who === 'admin') return ADMIN;
  const actor = ACTORS[who];
  return actor ? server.bearer(actor) : {};
}

/** Calls a query over tRPC and answers its HTTP status. */
async function query(
  server: TestServer,
  headers: object,
  [path, input]: readonly [string, object],
) {
  const encoded = encodeURIComponent(JSON.stringify({ json: input }));
  const url = `/trpc/${path}?input=${encoded}`;
  const answer = await server.app.inject({ method: 'GET', url, headers: { ...headers } });
  return answer.statusCode;
}

describe('given a procedure for certain roles', () => {
  const NAMED = { agencyWorkspaceId: 'acme' };
  test.each([
    {
      path: 'examples.admin',
      input: {},
      admin: 200,
      agency: 403,
      host: 403,
      platform: 403,
      client: 403,
    },
    {
      path: 'examples.agency',
      input: NAMED,
      admin: 403,
      agency: 200,
      host: 403,
      platform: 403,
      client: 403,
    },
    {
      path: 'examples.portal',
      input: { ...NAMED, clientWorkspaceId: 'bakery' },
      admin: 403,
      agency: 200,
      host: 403,
      platform: 403,
      client: 200,
    },
  ])(
    'when each role calls $path, then only those are let in',
    async ({ path, input, ...roles }) => {
      await using server = await startTestServer();
      for (const [who, status] of Object.entries(roles)) {
        expect([who, await query(server, await headersOf(server, who), [path, input])]).toEqual([
          who,
          status,
        ]);
      }
      expect(await query(server, {}, [path, input])).toBe(401);
    },
  );

  test('when a host procedure is called, then its agency may too, and nobody else', async () => {
    await using server = await startTestServer();
    const statusOf = async (who: string) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/examples/host',
        headers: await headersOf(server, who),
        payload: { agencyWorkspaceId: 'acme', clientWorkspaceId: 'bakery' },
      });
      return answer.statusCode;
    };
    const who = ['admin', 'agency', 'host', 'platform', 'client', 'nobody'];
    expect(await Promise.all(who.map(statusOf))).toEqual([403, 200, 200, 200, 403, 401]);
  });
});

describe('given a token that is bound to an agency', () => {
  test('when another agency is named, then the answer is the same as for one that does not exist', async () => {
    await using server = await startTestServer();
    const ask = async (agencyWorkspaceId: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/examples/host',
        headers: await server.bearer(HOST),
        payload: { agencyWorkspaceId, clientWorkspaceId: 'bakery' },
      });
    const other = await ask('rival');
    expect(other.statusCode).toBe(404);
    expect(other.json()).toMatchObject({
      code: 'not_found',
      detail: 'There is no agency "rival".',
    });
  });

  test('when none is named, then it is the token’s', async () => {
    await using server = await startTestServer();
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/examples/host',
      headers: await server.bearer(HOST),
      payload: { clientWorkspaceId: 'bakery' },
    });
    expect(answer.json()).toMatchObject({ agencyId: 'acme', clientId: 'bakery' });
  });
});

describe('given a token that serves every agency', () => {
  test('when no agency is named, then the field is asked for', async () => {
    await using server = await startTestServer();
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/examples/host',
      headers: await server.bearer(PLATFORM_HOST),
      payload: { clientWorkspaceId: 'bakery' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'agencyWorkspaceId' }],
    });
  });

  test('when the operator names one in the path, then the call is for that one', async () => {
    await using server = await startTestServer();
    const url = '/api/examples/registrar/any%20agency';
    const answer = await server.app.inject({ method: 'PUT', url, headers: ADMIN });
    expect(answer.json()).toEqual({ agencyId: 'any agency' });
  });
});

describe('given a client’s token', () => {
  test('when it asks for another client, then there is none', async () => {
    await using server = await startTestServer();
    const headers = await server.bearer(CLIENT);
    const path = 'examples.portal';
    expect(await query(server, headers, [path, { clientWorkspaceId: 'bakery' }])).toBe(200);
    expect(await query(server, headers, [path, { clientWorkspaceId: 'florist' }])).toBe(404);
  });
});

describe('given an API key', () => {
  const apiKeys = new Map<string, ApiKeyFacts>();
  const add = (key: string, facts: Omit<ApiKeyFacts, 'keyId'>) =>
    apiKeys.set(hashApiKey(key).toString('hex'), { keyId: key, ...facts });
  add('rt_everything', { agencyId: 'acme', role: 'host', scopes: ['*'] });
  add('rt_reads', { agencyId: 'acme', role: 'agency', scopes: ['read'] });

  test('when it is known, then it acts with its role and no more than its scopes', async () => {
    await using server = await startTestServer({ apiKeys });
    const post = async (key: string) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/examples/host',
        headers: { authorization: `Bearer ${key}` },
        payload: { clientWorkspaceId: 'bakery' },
      });
      return answer.statusCode;
    };
    expect(await post('rt_everything')).toBe(200);
    expect(await post('rt_reads')).toBe(403);
    expect(await post('rt_unknown')).toBe(401);
    const reads = { authorization: 'Bearer rt_reads' };
    expect(await query(server, reads, ['examples.agency', {}])).toBe(200);
  });

  test('when it is revoked, then the next request is refused', async () => {
    const keys = new Map(apiKeys);
    await using server = await startTestServer({ apiKeys: keys });
    const headers = { authorization: 'Bearer rt_reads' };
    expect(await query(server, headers, ['examples.agency', {}])).toBe(200);
    keys.clear();
    expect(await query(server, headers, ['examples.agency', {}])).toBe(401);
  });
});

describe('given a token that is not good', () => {
  test('when it is expired, forged, altered or of another form, then it is 401 and says which way', async () => {
    await using server = await startTestServer();
    const past = createTokens('a secret of the tests, long enough to sign with', () => new Date(0));
    const forger = createTokens('another secret, just as long as the first one');
    const good = (await server.tokens.mint(AGENCY, 60)).token;
    const bad = {
      expired: (await past.mint(AGENCY, 60)).token,
      forged: (await forger.mint(AGENCY, 60)).token,
      altered: `${good.slice(0, -4)}AAAA`,
      nonsense: 'nonsense',
    };
    for (const [why, token] of Object.entries(bad)) {
      const headers = { authorization: `Bearer ${token}` };
      expect([why, await query(server, headers, ['examples.agency', {}])]).toEqual([why, 401]);
      const answer = await server.app.inject({ url: '/api/examples/echo/x', headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(answer.json<{ detail: string }>().detail).toMatch(
        why === 'expired' ? /expired/ : /not one/,
      );
    }
    const basic = { authorization: `Basic ${good}` };
    expect(await query(server, basic, ['examples.agency', {}])).toBe(401);
  });
});
