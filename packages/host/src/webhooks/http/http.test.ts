import { createServer, type Server } from 'node:http';

import { fastify } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';

import type { HookEvent } from '../../calls/hook-bodies.ts';
import { sign } from '../../testing/webhook-world.ts';
import { createMemoryLog } from '../log/memory-log.ts';
import { openReceiver, type WebhookReceiver } from '../receiver.ts';
import { fastifyWebhooks } from './fastify-plug.ts';
import { webhookHandler } from './node-handler.ts';

const BODY = '{ "type": "post.published", "data": { "id": "p" } }';

/** A receiver that writes down what it would tell Retainer. */
async function recordingReceiver(): Promise<{ receiver: WebhookReceiver; told: HookEvent[] }> {
  const told: HookEvent[] = [];
  const receiver = await openReceiver({
    endpoints: [
      { host: 'generic', token: 'long-enough', owner: { clientWorkspaceId: 'c' }, secrets: ['s'] },
    ],
    log: createMemoryLog(),
    largestBody: 200,
    hooks: {
      events: async ({ events }) => {
        told.push(...events);
        return { results: [] };
      },
    },
  });
  return { receiver, told };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const SERVERS: Readonly<Record<string, (receiver: WebhookReceiver) => Promise<string>>> = {
  'a Node server': (receiver) => {
    const handle = webhookHandler(receiver);
    return listening(
      createServer((request, response) => {
        void handle(request, response).then((isOurs) => isOurs || response.end('other'));
      }),
    );
  },
  'a Fastify server': async (receiver) => {
    const app = fastify();
    app.get('/other', () => 'other');
    fastifyWebhooks(app, receiver);
    onTestFinished(() => app.close());
    return app.listen({ host: '127.0.0.1', port: 0 });
  },
};

describe.each(Object.entries(SERVERS))('given %s that serves a receiver', (_, serve) => {
  test('when hosts and others call, then each is answered, and the raw body is what was signed', async () => {
    const { receiver, told } = await recordingReceiver();
    const url = await serve(receiver);
    const post = async (path: string, body: string, signature = sign('s', Buffer.from(body))) => {
      const headers = { 'content-type': 'application/json', 'x-signature': signature };
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body })).status;
    };
    expect(await post('/hooks/generic/long-enough', BODY)).toBe(200);
    expect(await post('/hooks/generic/long-enough?x=1', BODY)).toBe(200);
    expect(await post('/hooks/generic/another-one', BODY)).toBe(404);
    expect(await post('/hooks/generic/long-enough', BODY, 'wrong')).toBe(401);
    expect(await post('/hooks/generic/long-enough', 'no JSON')).toBe(202);
    expect(await post('/hooks/generic/long-enough', 'x'.repeat(201))).toBe(413);
    expect(await (await fetch(`${url}/other`)).text()).toBe('other');
    expect(told).toMatchObject([{ type: 'postPublished', clientWorkspaceId: 'c', postId: 'p' }]);
  });
});
