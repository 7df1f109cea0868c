import { describe, expect } from 'vitest';

import { createHookCalls } from '../calls/hook-calls.ts';
import { HookError } from '../calls/hook-error.ts';
import { createTransport } from '../calls/transport.ts';
import { test } from '../testing/retainer.ts';
import { openWebhookWorld, sign } from '../testing/webhook-world.ts';
import type { HostPost } from './host-post.ts';
import { createMemoryLog } from './log/memory-log.ts';
import { openReceiver } from './receiver.ts';

const NOW = '2026-03-01T09:00:00Z';
const SLOT = '2026-03-04T10:00:00.000Z';
const secrets = ['first-secret'];
const event = (type: string, more: object = {}, id = type) => ({
  id,
  type,
  timestamp: '2026-03-01T08:00:00Z',
  data: {
    id: 'p1',
    scheduledAt: SLOT,
    platforms: [{ platform: 'linkedin', accountId: 'a1' }],
    ...more,
  },
});

describe('given an address of a client at a host that keeps to the common shape', () => {
  test('when a post is scheduled, published and told again, then it is held, counted once', async ({
    retainer,
  }) => {
    const world = await openWebhookWorld(retainer, {
      agencyId: 'common',
      now: NOW,
      endpoint: { host: 'generic', secrets },
    });
    expect(await world.deliver(event('post.scheduled'))).toBe(200);
    expect(await world.taken(SLOT)).toEqual({ used: 0, held: 1 });
    const published = event('post.published', { publishedAt: '2026-03-04T10:00:03Z' });
    expect(await world.deliver(published)).toBe(200);
    expect(await world.deliver(published)).toBe(200);
    expect(await world.deliver(event('post.deleted', {}, 'later'))).toBe(200);
    expect(await world.taken(SLOT)).toEqual({ used: 1, held: 0 });
    expect(world.receiver.status()).toMatchObject({ received: 4, duplicates: 1, waiting: 0 });
  });

  test('when the token, the signature or the event is wrong, then 404, 401 and 202, and nothing is told', async ({
    retainer,
  }) => {
    const { receiver, deliver, taken } = await openWebhookWorld(retainer, {
      agencyId: 'wrong',
      now: NOW,
      endpoint: { host: 'generic', secrets: ['old-secret', 'new-secret'] },
    });
    const body = Buffer.from(JSON.stringify(event('post.published')));
    const at = (path: string) => receiver.receive({ path, headers: {}, body });
    expect(await at('/hooks/generic/another-token')).toEqual({ status: 404 });
    expect(await at('/hooks/mixpost/token-of-a-test')).toEqual({ status: 404 });
    expect(await at('/hooks/generic/token-of-a-test')).toEqual({ status: 401 });
    expect(await deliver(event('post.published'), { 'x-signature': 'a'.repeat(64) })).toBe(401);
    expect(await deliver(event('invoice.paid'))).toBe(202);
    expect(await deliver({ id: 'e', type: 'webhook.test' })).toBe(200);
    expect(receiver.status()).toMatchObject({
      flags: { bad_signature: 2, unknown_event: 1 },
      unknown: [{ kind: 'event', host: 'generic', name: 'invoice.paid', count: 1 }],
    });
    expect(await taken(SLOT)).toEqual({ used: 0, held: 0 });
  });

  test('when a body is larger than allowed, then it is refused unread', async ({ retainer }) => {
    const { deliver } = await openWebhookWorld(retainer, {
      agencyId: 'large',
      now: NOW,
      endpoint: { host: 'generic', secrets },
      options: { largestBody: 100 },
    });
    expect(await deliver({ text: 'x'.repeat(100) })).toBe(413);
  });
});

describe('given an address without a secret', () => {
  const published = event('post.published');

  test.for([
    { name: 'nobody can be asked', found: undefined, used: 0, flag: true },
    { name: 'the host knows no such post', found: 'gone', used: 0, flag: true },
    { name: 'the host says it still waits', found: 'scheduled', used: 0, held: 1, flag: true },
    { name: 'the host says so too', found: 'published', used: 1, flag: false },
  ] as const)(
    'when a publish comes and $name, then $used are used',
    async ({ found, used, flag, ...more }, { retainer }) => {
      const answered: HostPost | 'gone' | undefined =
        found === 'scheduled' || found === 'published'
          ? { postId: 'p1', state: found, channels: [], scheduledAt: SLOT }
          : found;
      const world = await openWebhookWorld(retainer, {
        agencyId: `unsigned-${found}`,
        now: NOW,
        endpoint: {
          host: 'generic',
          ...(answered && { reader: { readPost: () => Promise.resolve(answered) } }),
        },
      });
      expect(await world.deliver(published)).toBe(200);
      expect(await world.taken(SLOT)).toEqual({ used, held: 'held' in more ? more.held : 0 });
      const { flags } = world.receiver.status();
      expect(flags.unconfirmed_publish).toBe(flag ? 1 : undefined);
    },
  );
});

describe('given a Retainer that is away', () => {
  test('when deliveries come, then they are answered, kept, and told in their order later', async ({
    retainer,
  }) => {
    let isAway = true;
    let now = Date.parse(NOW);
    const world = await openWebhookWorld(retainer, {
      agencyId: 'away',
      now: NOW,
      endpoint: { host: 'generic', secrets },
      options: { now: () => now },
    });
    const through = createTransport({
      url: retainer.url,
      token: await retainer.hostToken('away'),
      fetch: retainer.fetchAt(NOW),
      timeLimitMs: 20_000,
    });
    const receiver = await openReceiver({
      endpoints: [world.endpoint],
      log: createMemoryLog(),
      now: () => now,
      hooks: createHookCalls((request) =>
        isAway ? Promise.reject(new HookError('away', { code: 'unreachable' })) : through(request),
      ),
    });
    const deliver = (body: unknown) => {
      const raw = Buffer.from(JSON.stringify(body));
      const headers = { 'x-signature': sign('first-secret', raw) };
      return receiver.receive({ path: '/hooks/generic/token-of-a-test', headers, body: raw });
    };
    expect(await deliver(event('post.scheduled'))).toEqual({ status: 200 });
    expect(await deliver(event('post.published'))).toEqual({ status: 200 });
    expect(receiver.status().waiting).toBe(2);
    expect(await world.taken(SLOT)).toEqual({ used: 0, held: 0 });
    isAway = false;
    now += 5000;
    await receiver.drain();
    expect(receiver.status().waiting).toBe(0);
    expect(await world.taken(SLOT)).toEqual({ used: 1, held: 0 });
  });
});
