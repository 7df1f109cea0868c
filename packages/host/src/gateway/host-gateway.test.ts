import { describe, expect } from 'vitest';

import { createHookCalls } from '../calls/hook-calls.ts';
import { createTransport } from '../calls/transport.ts';
import { mixpostGateway } from '../mixpost/mixpost-gateway.ts';
import { createNetwork, type Network } from '../testing/network.ts';
import { test, type Retainer } from '../testing/retainer.ts';
import { openWebhookWorld, type WebhookWorld } from '../testing/webhook-world.ts';
import type { GatewayReply } from './gateway-host.ts';
import { createHostGateway, type HostGateway } from './host-gateway.ts';

const NOW = '2026-03-02T09:00:00Z';
const SLOT = '2026-03-04T10:00:00Z';
const ACCOUNT = { id: 7, uuid: 'a7', provider: 'linkedin_page' };
const POST = { status: 'scheduled', accounts: [ACCOUNT], scheduled_at: '2026-03-04 10:00:00' };

interface Mixpost extends WebhookWorld {
  readonly gateway: HostGateway;
  readonly network: Network;
  readonly requests: () => number;
  /** What the host answers to its next create call; nothing is no answer at all. */
  readonly answers: (reply: { readonly status: number; readonly body: object } | undefined) => void;
  readonly create: (headers?: Readonly<Record<string, string>>) => Promise<number>;
  readonly pass: (ms: number) => void;
}

/** A Mixpost of one account behind a gateway, on a clock of the test's. */
async function mixpost(
  retainer: Retainer,
  agencyId: string,
  more: { readonly onUnavailable?: 'allow' | 'deny' } = {},
): Promise<Mixpost> {
  let now = Date.parse(NOW);
  let reply: { readonly status: number; readonly body: object } | undefined;
  let requests = 0;
  const world = await openWebhookWorld(retainer, {
    agencyId,
    now: NOW,
    endpoint: { host: 'mixpost', secrets: ['s'] },
    options: { now: () => now },
  });
  const network = createNetwork(retainer.fetchAt(NOW));
  const token = await retainer.hostToken(agencyId);
  const gateway = createHostGateway({
    ...more,
    host: mixpostGateway,
    endpoint: world.endpoint,
    receiver: world.receiver,
    hooks: createHookCalls(
      createTransport({ url: retainer.url, token, fetch: network.fetch, timeLimitMs: 20_000 }),
    ),
    send: async ({ path }): Promise<GatewayReply> => {
      if (path.endsWith('/accounts')) return json(200, { data: [ACCOUNT] });
      requests += 1;
      if (reply === undefined) throw new TypeError('fetch failed');
      return json(reply.status, reply.body);
    },
  });
  const wish = {
    date: '2026-03-04',
    time: '10:00',
    timezone: 'UTC',
    schedule: true,
    accounts: [7],
  };
  return {
    ...world,
    gateway,
    network,
    requests: () => requests,
    answers: (next) => void (reply = next),
    async create(headers = {}) {
      const body = Buffer.from(JSON.stringify(wish));
      const sent = gateway({ method: 'POST', path: '/mixpost/api/w1/posts', headers, body });
      return (await sent.catch(() => json(502, {}))).status;
    },
    pass: (ms) => void (now += ms),
  };
}

function json(status: number, body: object): GatewayReply {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

const QUARTER_MS = 15 * 60_000;

describe('given a host that fails at a create call', () => {
  test.for([
    ['answers with an error of its own', { status: 500, body: {} }],
    ['does not answer', undefined],
    ['does not say what it made', { status: 200, body: {} }],
  ] as const)(
    'when it %s and the post turns up, then the post has the hold',
    async ([name, reply], { retainer }) => {
      const host = await mixpost(retainer, `hg ${name}`);
      host.answers(reply);
      await host.create();
      expect(await host.taken(SLOT)).toEqual({ used: 0, held: 1 });
      await host.deliver({ event: 'post.scheduled', data: { uuid: 'p1', ...POST } });
      expect(await host.taken(SLOT)).toEqual({ used: 0, held: 1 });
      host.pass(QUARTER_MS);
      await host.receiver.drain();
      await host.deliver({
        event: 'post.published',
        data: { uuid: 'p1', ...POST, status: 'published' },
      });
      expect(await host.taken(SLOT)).toEqual({ used: 1, held: 0 });
    },
  );

  test('when no post turns up, then the hold comes back after a quarter of an hour', async ({
    retainer,
  }) => {
    const host = await mixpost(retainer, 'hg-nothing');
    host.answers({ status: 503, body: {} });
    expect(await host.create()).toBe(503);
    host.pass(QUARTER_MS - 1);
    await host.receiver.drain();
    expect(await host.taken(SLOT)).toEqual({ used: 0, held: 1 });
    host.pass(1);
    await host.receiver.drain();
    expect(await host.taken(SLOT)).toEqual({ used: 0, held: 0 });
  });

  test('when it refuses, then the hold comes back at once', async ({ retainer }) => {
    const host = await mixpost(retainer, 'hg-refused');
    host.answers({ status: 422, body: {} });
    expect(await host.create()).toBe(422);
    expect(await host.taken(SLOT)).toEqual({ used: 0, held: 0 });
  });
});

describe('given an ask whose answer is lost', () => {
  test('when the post is made all the same, then it is held once', async ({ retainer }) => {
    const host = await mixpost(retainer, 'hg-lost');
    host.answers({ status: 200, body: { uuid: 'p1', ...POST } });
    let calls = 0;
    host.network.set(() => ((calls += 1) === 1 ? 'loses its answer' : 'arrives'));
    expect(await host.create()).toBe(200);
    expect(await host.taken(SLOT)).toEqual({ used: 0, held: 1 });
  });

  test('when the rule is to deny, then nothing is held or sent on', async ({ retainer }) => {
    const host = await mixpost(retainer, 'hg-strict', { onUnavailable: 'deny' });
    let calls = 0;
    host.network.set(() => ((calls += 1) === 1 ? 'loses its answer' : 'arrives'));
    expect(await host.create()).toBe(503);
    expect(await host.taken(SLOT)).toEqual({ used: 0, held: 0 });
    expect(host.requests()).toBe(0);
  });
});

describe('given a caller who says what Retainer cannot read', () => {
  test('when the week is full, then that lets nothing through', async ({ retainer }) => {
    const host = await mixpost(retainer, 'hg-odd');
    host.answers({ status: 200, body: {} });
    // Silver has room for 10 a week.
    for (let made = 0; made < 10; made += 1) expect(await host.create()).toBe(200);
    expect(await host.create({ 'idempotency-key': 'x'.repeat(300) })).toBe(402);
    expect(await host.create({ 'idempotency-key': 'a\u0085b' })).toBe(402);
    expect(host.requests()).toBe(10);
  });
});
