import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { sign } from '../../testing/webhook-world.ts';
import { readWebhookConfig, type WebhookConfig } from './webhook-config.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';

const HOUR_MS = 3_600_000;

/** A workspace of Mixpost's API that lists these posts, and no others. */
async function mixpostOf(posts: Readonly<Record<string, readonly object[]>>): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://mixpost.test');
    const status = url.searchParams.get('status');
    response.statusCode = status === null ? 404 : 200;
    response.end(JSON.stringify({ data: status === null ? [] : (posts[status] ?? []) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function deliver(server: WebhookServer, body: object): Promise<number> {
  const raw = JSON.stringify(body);
  const headers = { 'x-signature': sign('s3cret', Buffer.from(raw)) };
  const url = `${server.url}/hooks/mixpost/token-of-the-bakery`;
  return (await fetch(url, { method: 'POST', headers, body: raw })).status;
}

describe('given the command on a file of its own', () => {
  test('when Retainer was away, and a webhook was lost, then a restart and a poll make good for both', async ({
    retainer,
  }) => {
    await retainer.found('command');
    const folder = await mkdtemp(join(tmpdir(), 'webhooks-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const slot = new Date(Date.now() + HOUR_MS);
    const naive = slot.toISOString().replace('T', ' ').slice(0, 19);
    const post = (uuid: string, status: string) => ({
      uuid,
      status,
      accounts: [{ id: 1, provider: 'twitter' }],
      scheduled_at: naive,
      published_at: null,
    });
    const api = { url: await mixpostOf({ published: [post('lost', 'published')] }), headers: {} };
    const configFor = async (url: string): Promise<WebhookConfig> =>
      readWebhookConfig(
        JSON.stringify({
          retainer: { url, token: await retainer.hostToken('command') },
          listen: { port: 0 },
          log: join(folder, 'log'),
          pollMinutes: 0,
          endpoints: [
            {
              host: 'mixpost',
              token: 'token-of-the-bakery',
              client: 'bakery',
              secrets: ['s3cret'],
              api,
            },
          ],
        }),
        {},
      );

    const away = await startWebhookServer(await configFor('http://127.0.0.1:1'), () => {});
    expect(await deliver(away, { event: 'post.scheduled', data: post('gone', 'scheduled') })).toBe(
      200,
    );
    expect(await deliver(away, { event: 'post.published', data: post('out', 'published') })).toBe(
      200,
    );
    expect(await (await fetch(`${away.url}/healthz`)).json()).toMatchObject({
      received: 2,
      waiting: 2,
    });
    await away.close();

    const back = await startWebhookServer(await configFor(retainer.url), () => {});
    const agency = await retainer.asAgency('command', new Date().toISOString());
    const path = `/api/clients/bakery/service-tier?at=${slot.toISOString()}`;
    const taken = async () => agency({ method: 'GET', path });
    const posts = (used: number, held: number) => ({
      usage: expect.arrayContaining([expect.objectContaining({ meter: 'posts', used, held })]),
    });
    expect(await taken()).toMatchObject(posts(1, 1));
    await back.poll();
    expect(await taken()).toMatchObject(posts(2, 0));
    await back.poll();
    expect(await taken()).toMatchObject(posts(2, 0));
    await back.close();
  });
});
