import { createServer, type RequestListener } from 'node:http';

import { describe, expect, onTestFinished } from 'vitest';

import { createHookCalls } from '../calls/hook-calls.ts';
import { createTransport } from '../calls/transport.ts';
import { mixpostGateway } from '../mixpost/mixpost-gateway.ts';
import { test } from '../testing/retainer.ts';
import { openWebhookWorld } from '../testing/webhook-world.ts';
import type { GatewayNote } from './gateway-options.ts';
import { createHostGateway } from './host-gateway.ts';
import { gatewayHandler, sendTo } from './node-gateway.ts';
import { instantOfWall } from './wall-time.ts';

const NOW = '2026-03-02T09:00:00Z';
const SLOT = '2026-03-04T10:00:00Z';

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('given a gateway before the API of a Mixpost', () => {
  test('when more is scheduled at once than the week has room for, then exactly that passes, and a deletion gives back', async ({
    retainer,
  }) => {
    let made = 0;
    const mixpost = await listen((request, response) => {
      const isList = request.url?.endsWith('/accounts');
      const account = { id: 7, uuid: 'a7', provider: 'linkedin_page' };
      const post = {
        status: 'scheduled',
        accounts: [account],
        scheduled_at: '2026-03-04 10:00:00',
      };
      response.setHeader('content-type', 'application/json');
      if (isList) response.end(JSON.stringify({ data: [account] }));
      else response.end(JSON.stringify({ uuid: `p${(made += 1)}`, ...post }));
    });
    const { receiver, endpoint, taken } = await openWebhookWorld(retainer, {
      agencyId: 'mixpost-gateway',
      now: NOW,
      endpoint: { host: 'mixpost', secrets: ['s'] },
    });
    const notes: GatewayNote[] = [];
    const gateway = await listen((request, response) => {
      void handle(request, response);
    });
    const handle = gatewayHandler(
      createHostGateway({
        host: mixpostGateway,
        endpoint,
        receiver,
        hooks: createHookCalls(
          createTransport({
            url: retainer.url,
            token: await retainer.hostToken('mixpost-gateway'),
            fetch: retainer.fetchAt(NOW),
            timeLimitMs: 20_000,
          }),
        ),
        send: sendTo(mixpost),
        onNote: (note) => notes.push(note),
      }),
    );
    const posts = `${gateway}/mixpost/api/w1/posts`;
    const create = async (): Promise<Response> =>
      fetch(posts, {
        method: 'POST',
        body: JSON.stringify({
          date: '2026-03-04',
          time: '11:00',
          timezone: 'Europe/Berlin',
          schedule: true,
          accounts: [7],
        }),
      });
    // Silver has room for 10 a week.
    const replies = await Promise.all(Array.from({ length: 13 }, create));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    const denied = replies.filter(({ status }) => status === 402);
    expect(denied).toHaveLength(3);
    expect(await denied[0]?.json()).toMatchObject({
      message: expect.stringMatching(/^Nothing was scheduled\. .*10 posts a week/u),
      errors: { schedule: [expect.any(String)] },
    });
    expect(made).toBe(10);
    expect(await taken(SLOT)).toEqual({ used: 0, held: 10 });
    expect(notes.filter(({ flag }) => flag === 'schedule_drift')).toEqual([]);

    expect((await fetch(`${posts}/p1`, { method: 'DELETE' })).status).toBe(200);
    expect(await taken(SLOT)).toEqual({ used: 0, held: 9 });
    expect((await fetch(`${gateway}/mixpost/api/w1/tags`)).status).toBe(200);
  });
});

describe('given a date, a time and a zone', () => {
  test.for([
    ['2026-03-02', '00:30', 'Europe/Berlin', '2026-03-01T23:30:00.000Z'],
    ['2026-03-02', '9:05:30', 'UTC', '2026-03-02T09:05:30.000Z'],
    // Clocks skip 02:30, and show it twice half a year later.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ] as const)('when it is %s %s in %s, then that is %s', ([date, time, zone, at]) => {
    expect(new Date(instantOfWall(date, time, zone) ?? 0).toISOString()).toBe(at);
  });

  test.for([
    ['2026-02-30', '10:00', 'UTC'],
    ['2026-03-02', '25:00', 'UTC'],
    ['2026-03-02', 'noon', 'UTC'],
    ['2026-03-02', '10:00', 'Middle/Earth'],
  ] as const)('when there is no %s %s in %s, then there is no instant', ([date, time, zone]) => {
    expect(instantOfWall(date, time, zone)).toBeUndefined();
  });
});
