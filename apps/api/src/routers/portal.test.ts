import { describe, expect, test as base } from 'vitest';

import { fieldOf } from '../fields.ts';
import { openRealServer } from '../testing/real-server.ts';

const AT = '2026-03-11T12:00:00Z';

/** A red square, 1 by 1. */
const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const test = base
  .extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { close, ...server } = await openRealServer();
    onCleanup(close);
    return server;
  })
  .extend('desk', async ({ server }) => {
    const agencyId = `agency ${crypto.randomUUID()}`;
    const tenant = await server.found(agencyId);
    const client = `/api/clients/${encodeURIComponent(tenant.clientWorkspaceId)}`;
    type Role = 'agency' | 'client';
    const headersOf = async (role: Role, clientId = tenant.clientWorkspaceId) => ({
      ...(await server.headersOf(
        role === 'agency' ? { role, agencyId } : { role, agencyId, clientId },
      )),
      'x-test-clock': AT,
    });
    const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
      const headers = await headersOf('agency');
      const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
      return answer.json<unknown>();
    };
    const look = async (query = '', as: Role = 'client') => {
      const url = `${client}/portal/summary${query}`;
      return server.app.inject({ method: 'GET', url, headers: await headersOf(as) });
    };
    return { ...tenant, agencyId, client, headersOf, send, look };
  });

const post = (postId: string, scheduledAt: string) => ({
  clientWorkspaceId: '',
  postId,
  scheduledAt,
  channels: [{ id: 'ig', platform: 'instagram' }],
});

describe('given a client on Silver that has a portal', () => {
  test('when it looks, then one answer tells its tier, what was taken and what came of it', async ({
    desk,
  }) => {
    const clientWorkspaceId = desk.clientWorkspaceId;
    const at = { ...post('p1', '2026-03-09T09:00:00Z'), clientWorkspaceId, observed: true };
    await desk.send('POST', '/api/hooks/post-created', at);
    await desk.send('POST', '/api/hooks/post-published', {
      clientWorkspaceId,
      postId: 'p1',
      at: '2026-03-09T09:00:00Z',
    });
    const answer = await desk.look();
    expect(answer.json()).toMatchObject({
      clientWorkspaceId,
      agency: { name: desk.agencyId },
      tier: { key: 'silver', name: 'Silver' },
      status: 'active',
      usage: expect.arrayContaining([
        expect.objectContaining({ meter: 'posts', used: 1, limit: 11, runsOutAt: null }),
      ]),
      period: { startDate: '2026-03-01', endDate: '2026-03-10', complete: true },
      comparison: { startDate: '2026-02-01', endDate: '2026-02-10' },
      value: {
        outcomes: { posts: { current: 1 }, leads: { current: 1 } },
        days: [
          { date: '2026-03-02', posts: 0, leads: 1 },
          { date: '2026-03-09', posts: 1, leads: 0 },
        ],
        platforms: [{ key: 'unattributed' }, { key: 'instagram' }],
      },
      reports: [{ startDate: '2026-02-01', endDate: '2026-02-28', level: 'standard' }],
      brand: null,
    });
  });

  test('when it looks, then nothing tells what the work cost its agency', async ({ desk }) => {
    const { body } = await desk.look();
    expect(body).not.toMatch(/cost|hourly|margin|rate|budget|seconds|price|tool/i);
  });

  test('when a period is asked for by its name, then it is of the client’s own days', async ({
    desk,
  }) => {
    const answer = await desk.look('?period=last_month');
    expect(fieldOf(answer.json(), 'period')).toMatchObject({
      startDate: '2026-02-01',
      endDate: '2026-02-28',
      complete: true,
    });
  });

  test('when a post was denied, then it says why, until the post would fit', async ({ desk }) => {
    const { clientWorkspaceId } = desk;
    const asked = { ...post('late', '2026-03-20T09:00:00Z'), clientWorkspaceId };
    const channels = [{ id: 'tt', platform: 'tiktok' }];
    await desk.send('POST', '/api/hooks/post-created', { ...asked, channels });
    const denied = await desk.look();
    expect(denied.json()).toMatchObject({
      deniedPosts: [
        {
          postId: 'late',
          scheduledAt: '2026-03-20T09:00:00.000Z',
          platforms: ['tiktok'],
          reasons: [{ code: 'platform_not_in_tier' }],
          suggestedTier: { key: 'gold' },
        },
      ],
    });
    await desk.send('POST', `${desk.client}/service-tier/assign`, { tierId: 'gold' });
    expect(fieldOf((await desk.look()).json(), 'deniedPosts')).toEqual([]);
  });

  test('when its tier grants the agency’s look, then it is told, and the logo is there', async ({
    server,
    desk,
  }) => {
    const ofAgency = `/api/agency/${encodeURIComponent(desk.agencyId)}`;
    await desk.send('PUT', `${ofAgency}/brand`, { primaryColor: '#FFEE00', logo: LOGO });
    const url = `${desk.client}/portal/logo`;
    const headers = await desk.headersOf('client');
    expect((await server.app.inject({ url, headers })).statusCode).toBe(404);
    await desk.send('POST', `${desk.client}/service-tier/assign`, { tierId: 'gold' });
    expect(fieldOf((await desk.look()).json(), 'brand')).toMatchObject({
      accent: { light: expect.stringMatching(/^#/), dark: '#FFEE00' },
      logo: { width: 1, height: 1 },
    });
    const logo = await server.app.inject({ url, headers });
    expect([logo.statusCode, logo.headers['content-type']]).toEqual([200, 'image/png']);
  });

  test('when it asks for another client, then there is none', async ({ server, desk }) => {
    const url = '/api/clients/another/portal/summary';
    const answer = await server.app.inject({ url, headers: await desk.headersOf('client') });
    expect(answer.statusCode).toBe(404);
    const own = await desk.headersOf('client', 'another');
    const none = await server.app.inject({ url: `${desk.client}/portal/summary`, headers: own });
    expect(none.statusCode).toBe(404);
  });

  test('when dates are the wrong way round, then it says so', async ({ desk }) => {
    const answer = await desk.look('?startDate=2026-03-02&endDate=2026-03-01');
    expect(fieldOf(answer.json(), 'code')).toBe('period_inverted');
  });
});
