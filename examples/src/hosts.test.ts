import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRealServer } from '@retainer/api/testing';
import { createHostHooks, openFileOutbox, type HostHooks } from '@retainer/host';
import { describe, expect, test as base } from 'vitest';

import { createExpressHost } from './express.ts';
import { createFastifyHost } from './fastify.ts';
import { createNestHost } from './nestjs.ts';
import { createPostStore, type PostStore } from './post-store.ts';

const NOW = '2026-03-02T12:00:00Z';

/** `test` with the real service, where an agency has one client on Bronze: five posts a week. */
const test = base.extend('retainer', { scope: 'file' }, async ({}, { onCleanup }) => {
  const server = await openRealServer();
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'retainer-examples-'));
  onCleanup(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const found = async (agencyId: string): Promise<HostHooks> => {
    const agency = await server.headersOf({ role: 'agency', agencyId });
    const send = (method: string, path: string, body: object, headers = agency) =>
      fetch(url + path, {
        method,
        body: JSON.stringify(body),
        headers: { ...headers, 'content-type': 'application/json' },
      });
    const facts = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
    await send('PUT', `/api/agency/${agencyId}`, facts, server.admin);
    await send('PUT', `/api/agency/${agencyId}/clients/bakery`, { name: 'Bakery' });
    await send('POST', `/api/agency/${agencyId}/service-tiers/default`, {});
    await send('POST', '/api/clients/bakery/service-tier/assign', { tierId: 'bronze' });
    const { authorization = '' } = await server.headersOf({ role: 'host', agencyId });
    return createHostHooks(
      {
        url,
        token: authorization.replace('Bearer ', ''),
        timeLimitMs: 20_000,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('x-test-clock', NOW);
          return fetch(input, { ...init, headers });
        },
      },
      {
        outbox: await openFileOutbox(join(folder, agencyId)),
        clock: { now: () => Date.parse(NOW), after: () => () => undefined },
      },
    );
  };
  return { found };
});

interface RunningHost {
  readonly url: string;
  readonly close: () => Promise<unknown>;
}

const HOSTS = [
  {
    name: 'express',
    start: async (hooks: HostHooks, store: PostStore): Promise<RunningHost> => {
      const server = createExpressHost(hooks, store).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return { url: `http://127.0.0.1:${port}`, close: async () => server.close() };
    },
  },
  {
    name: 'fastify',
    start: async (hooks: HostHooks, store: PostStore): Promise<RunningHost> => {
      const app = createFastifyHost(hooks, store);
      return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
    },
  },
  {
    name: 'nestjs',
    start: async (hooks: HostHooks, store: PostStore): Promise<RunningHost> => {
      const app = await createNestHost(hooks, store);
      await app.listen(0, '127.0.0.1');
      return { url: await app.getUrl(), close: () => app.close() };
    },
  },
];

describe.for(HOSTS)('given a scheduler on $name', ({ name, start }) => {
  test('when a client schedules more than its tier has, then the sixth is refused with the reason', async ({
    retainer,
  }) => {
    const hooks = await retainer.found(`agency-${name}`);
    const store = createPostStore();
    const host = await start(hooks, store);
    const create = (id: string) => {
      const facts = { client: 'bakery', scheduledAt: '2026-03-03T10:00:00Z' };
      const body = JSON.stringify({ id, ...facts, platforms: ['linkedin'] });
      const headers = { 'content-type': 'application/json' };
      return fetch(`${host.url}/posts`, { method: 'POST', body, headers });
    };
    // All at once: exactly the allowance passes.
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await Promise.all(ids.map(create));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    expect(statuses.filter((status) => status === 402)).toHaveLength(1);
    expect(store.all()).toHaveLength(5);
    const refused = answers.find(({ status }) => status === 402);
    expect(await refused?.json()).toMatchObject({
      code: 'limit_reached',
      detail: expect.stringMatching(/would pass the limit of 5 posts a week/u),
      suggestedTier: { key: 'silver' },
    });
    const [first] = store.all();
    const published = `${host.url}/posts/${first?.id}/published`;
    expect((await fetch(published, { method: 'POST' })).status).toBe(204);
    expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
    const question = { clientWorkspaceId: 'bakery', scheduledAt: '2026-03-03T10:00:00Z' };
    expect(await hooks.beforePublish({ ...question, platforms: ['x'] })).toMatchObject({
      decision: 'deny',
      reasons: [{ used: 1, held: 4 }],
    });
    await host.close();
    await hooks.close();
  });
});
