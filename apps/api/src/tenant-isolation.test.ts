import { describe, expect } from 'vitest';

import { fieldOf } from './fields.ts';
import { test as base } from './testing/real-server.ts';

const test = base.extend('tenants', { scope: 'file' }, async ({ server }) => ({
  acme: await server.found('acme'),
  rival: await server.found('rival'),
}));

describe('given two agencies with the same kinds of things', () => {
  test('when both have a client of the same id, then each changes its own alone', async ({
    server,
    tenants,
  }) => {
    const { clientWorkspaceId } = tenants.acme;
    const path = encodeURIComponent(clientWorkspaceId);
    const acme = await server.headersOf({ role: 'agency', agencyId: 'acme' });
    const rival = await server.headersOf({ role: 'agency', agencyId: 'rival' });
    const before = await server.contents(['acme']);
    const registered = await server.app.inject({
      method: 'PUT',
      url: `/api/agency/rival/clients/${path}`,
      payload: { name: 'The rival’s own' },
      headers: rival,
    });
    expect(registered.statusCode).toBe(200);
    const paused = await server.app.inject({
      method: 'POST',
      url: `/api/clients/${path}/service-tier/pause`,
      headers: rival,
    });
    expect(paused.json()).toMatchObject({ status: 422, code: 'no_assignment' });
    expect(await server.contents(['acme'])).toEqual(before);
    const url = `/api/clients/${path}/service-tier`;
    const mine = await server.app.inject({ url, headers: acme });
    expect(mine.json()).toMatchObject({ status: 'active', tier: { key: 'silver' } });
    const theirs = await server.app.inject({ url, headers: rival });
    expect(theirs.json()).toMatchObject({ status: null, tier: null });
  });

  test('when a platform-wide host calls, then it works in the agency it names and in no other', async ({
    server,
    tenants: { acme, rival },
  }) => {
    const headers = await server.headersOf({ role: 'host', agencyId: undefined });
    const read = (agencyWorkspaceId: string, clientWorkspaceId: string) =>
      server.app.inject({
        url: `/api/clients/${encodeURIComponent(clientWorkspaceId)}/service-tier`,
        query: { agencyWorkspaceId },
        headers,
      });
    expect((await read('acme', acme.clientWorkspaceId)).statusCode).toBe(200);
    expect((await read('rival', rival.clientWorkspaceId)).statusCode).toBe(200);
    expect((await read('acme', rival.clientWorkspaceId)).statusCode).toBe(404);
    expect((await read('nowhere', rival.clientWorkspaceId)).statusCode).toBe(404);
  });
});

describe('given a client that was let in', () => {
  test('when it was archived since, then nobody lets it in', async ({ server, tenants }) => {
    const { clientWorkspaceId } = tenants.rival;
    const headers = await server.headersOf({ role: 'agency', agencyId: 'rival' });
    const client = encodeURIComponent(clientWorkspaceId);
    const post = (url: string) => server.app.inject({ method: 'POST', url, headers });
    expect((await post(`/api/clients/${client}/portal-session`)).statusCode).toBe(200);
    expect((await post(`/api/agency/rival/clients/${client}/archive`)).statusCode).toBe(200);
    expect((await post(`/api/clients/${client}/portal-session`)).statusCode).toBe(404);
  });
});

describe('given an API key with scopes', () => {
  test('when it makes another key, then that is refused: it could open more than it does', async ({
    server,
    tenants: { acme },
  }) => {
    const headers = await server.headersOf({ role: 'agency', agencyId: acme.agencyWorkspaceId });
    const make = async (scopes: readonly string[], as: Record<string, string>) => {
      const payload = { name: 'Key', role: 'agency', scopes };
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/agency/acme/api-keys',
        payload,
        headers: as,
      });
      return { status: answer.statusCode, key: String(fieldOf(answer.json(), 'key')) };
    };
    const narrow = await make(['apiKeys'], headers);
    const wide = await make(['*'], headers);
    const by = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });
    expect((await make(['*'], by(narrow))).status).toBe(403);
    expect((await make(['hooks'], by(wide))).status).toBe(200);
  });
});
