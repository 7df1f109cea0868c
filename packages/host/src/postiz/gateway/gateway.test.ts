import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { createBody, openPostizWorld, type PostizWorld } from '../testing/postiz-world.ts';

const WEDNESDAY = '2026-03-04T10:00:00Z';
const NEXT_WEEK = '2026-03-11T10:00:00Z';
const POSTS = '/public/v1/posts';

/** Runs the official client; its screen and its exit code. */
function client(
  world: PostizWorld,
  args: readonly string[],
): Promise<{ code: number; screen: string }> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('postiz/package.json');
  const main = join(dirname(manifest), 'dist/index.js');
  const env = { ...process.env, POSTIZ_API_URL: world.url, POSTIZ_API_KEY: world.sim.apiKey };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, screen: stdout + stderr }),
    );
  });
}

async function ids(answer: Promise<{ readonly body: unknown }>): Promise<string[]> {
  // What Postiz answers to a create call.
  const made = (await answer).body as readonly { readonly postId: string }[];
  return made.map(({ postId }) => postId);
}

describe('given the official client and a week of five posts', () => {
  test(
    'when twenty of it post at once, then five get through, and the others read why',
    { timeout: 120_000 },
    async ({ retainer }) => {
      const world = await openPostizWorld(retainer, 'gw-client', { tier: 'bronze' });
      onTestFinished(world.close);
      const create = ['posts:create', '-c', 'Hello', '-s', WEDNESDAY, '-i', 'ch-x'];
      const ended = await Promise.all(Array.from({ length: 20 }, () => client(world, create)));
      await world.settled();
      expect(world.service.desk.tally.counts()).toMatchObject({ allowed: 5, denied: 15 });
      expect(ended.filter(({ code }) => code === 0)).toHaveLength(5);
      expect(world.sim.state.posts.size).toBe(5);
      expect(await world.posts()).toEqual({ used: 0, held: 5 });
      const sixth = ended.find(({ code }) => code !== 0);
      expect(sixth?.code).toBe(1);
      expect(sixth?.screen).toContain('API Error (402)');
      expect(sixth?.screen).toContain(
        'Nothing was scheduled. Bakery: 1 more would pass the limit of 5 posts',
      );
      expect(sixth?.screen).toContain('It would fit from');
      expect(sixth?.screen).toContain('The tier Silver would allow it.');
    },
  );
});

describe('given a gateway before Postiz', () => {
  test('when one content goes to two channels, then it is one post, counted once when it is live', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-fanout');
    onTestFinished(world.close);
    expect((await world.call('POST', POSTS, createBody(['ch-x', 'ch-li'], WEDNESDAY))).status).toBe(
      201,
    );
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    await world.at('2026-03-04T10:01:00Z');
    await world.poll();
    expect(await world.posts()).toEqual({ used: 1, held: 0 });
    expect([...world.service.desk.memory.findings.all()]).toEqual([]);
  });

  test.for([
    ['/posts', {}],
    ['/api/public/v1/posts', {}],
    ['//api//public/v1/POSTS/', {}],
    ['/api/x/../posts?a=b', {}],
    ['/api/%70osts', {}],
    ['/posts', { 'content-type': 'text/plain' }],
    ['/posts', { 'content-type': 'application/x-www-form-urlencoded' }],
  ] as const)(
    'when a post that does not fit is sent to %j %j, then Postiz never sees it',
    async ([path, headers], { retainer }) => {
      const world = await fullWorld(retainer);
      const { status } = await world.call('POST', path, createBody(['ch-x'], WEDNESDAY), headers);
      expect([402, 415]).toContain(status);
      expect(world.sim.calls.filter(({ method }) => method === 'POST')).toHaveLength(0);
    },
  );

  test('when a post moves, then its hold moves along, if the other week has room', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-move', { tier: 'bronze' });
    onTestFinished(world.close);
    const [id = ''] = await ids(world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY)));
    for (let index = 0; index < 5; index += 1) {
      await world.call('POST', POSTS, createBody(['ch-x'], NEXT_WEEK, { content: `n ${index}` }));
    }
    await world.settled();
    const move = (date: string) =>
      world.call('PUT', `/posts/${id}/date`, { date, action: 'schedule' });
    expect((await move('2026-03-12T10:00:00')).status).toBe(402);
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    expect((await move('2026-03-19T10:00:00')).status).toBe(200);
    await world.settled();
    expect(await world.posts(WEDNESDAY)).toEqual({ used: 0, held: 0 });
    expect(await world.posts('2026-03-19T10:00:00Z')).toEqual({ used: 0, held: 1 });
    await world.poll();
    expect([...world.service.desk.memory.findings.all()]).toEqual([]);
  });

  test('when one channel of a content moves, then the others keep their week', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-split');
    onTestFinished(world.close);
    const [id = ''] = await ids(
      world.call('POST', POSTS, createBody(['ch-x', 'ch-li'], WEDNESDAY)),
    );
    await world.settled();
    await world.call('PUT', `/posts/${id}/date`, {
      date: '2026-03-11T10:00:00',
      action: 'schedule',
    });
    await world.settled();
    expect(await world.posts(WEDNESDAY)).toEqual({ used: 0, held: 1 });
    expect(await world.posts(NEXT_WEEK)).toEqual({ used: 0, held: 1 });
    for (const at of ['2026-03-04T10:01:00Z', '2026-03-11T10:01:00Z']) {
      await world.at(at);
      await world.poll();
    }
    expect(await world.posts(WEDNESDAY)).toEqual({ used: 1, held: 0 });
    expect(await world.posts(NEXT_WEEK)).toEqual({ used: 1, held: 0 });
  });

  test('when Postiz fails to move one channel of a content, then all is counted once, and nothing stays held', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-unmoved');
    onTestFinished(world.close);
    const [first] = await ids(world.call('POST', POSTS, createBody(['ch-x', 'ch-li'], WEDNESDAY)));
    await world.poll();
    world.sim.faults(({ method }) => (method === 'PUT' ? 'lost' : undefined));
    const move = { date: NEXT_WEEK, action: 'schedule' };
    expect((await world.call('PUT', `/posts/${first}/date`, move)).status).toBe(502);
    world.sim.faults(undefined);
    await world.settled();
    expect(await world.posts(NEXT_WEEK)).toEqual({ used: 0, held: 0 });
    await world.at('2026-03-04T12:30:00Z');
    await world.poll();
    expect((await world.posts(WEDNESDAY)).held).toBe(0);
  });

  test('when Postiz refuses, then its answer passes and nothing stays held', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-refused');
    onTestFinished(world.close);
    const refused = await world.call(
      'POST',
      POSTS,
      createBody(['ch-x'], WEDNESDAY, { content: '' }),
    );
    expect(refused).toMatchObject({ status: 400, body: { provider: 'x', statusCode: 400 } });
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 0 });
  });

  test('when the answer of a create call is lost, then the row that turns up joins what was asked', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-lost');
    onTestFinished(world.close);
    world.sim.faults(({ method }) => (method === 'POST' ? 'unanswered' : undefined));
    expect((await world.call('POST', POSTS, createBody(['ch-x', 'ch-li'], WEDNESDAY))).status).toBe(
      502,
    );
    world.sim.faults(undefined);
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 0 });
    await world.poll();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    expect([...world.service.desk.memory.findings.all()]).toEqual([]);
    expect(world.service.desk.memory.requests.size).toBe(1);
    await world.at('2026-03-02T12:20:00Z');
    await world.poll();
    expect(world.service.desk.memory.requests.size).toBe(0);
  });

  test('when the gateway dies while Postiz works, then the next one binds what was made', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-killed');
    onTestFinished(world.close);
    const made = Promise.withResolvers<void>();
    world.sim.faults(({ method }) => {
      if (method !== 'POST') return undefined;
      made.resolve();
      return { delayMs: 3_000 };
    });
    const lost = world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY)).catch(() => undefined);
    await made.promise;
    await world.restart();
    world.sim.faults(undefined);
    await world.poll();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    expect([...world.service.desk.memory.findings.all()]).toEqual([]);
    await lost;
  });

  test('when Retainer is away, then posts go through and are told once it is back', async ({
    retainer,
  }) => {
    let isAway = true;
    const world = await openPostizWorld(retainer, 'gw-away', {
      fetch: (send) => (input, init) =>
        isAway ? Promise.reject(new TypeError('away')) : send(input, init),
    });
    onTestFinished(world.close);
    expect((await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY))).status).toBe(201);
    isAway = false;
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    expect([...world.service.desk.memory.findings.all()].map(({ flag }) => flag)).toEqual([
      'unchecked',
    ]);
  });

  test('when Retainer is away and the rule is to deny, then nothing is sent on', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-strict', {
      settings: { onUnavailable: 'deny' },
      fetch: () => () => Promise.reject(new TypeError('away')),
    });
    onTestFinished(world.close);
    const denied = await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY));
    expect(denied).toMatchObject({ status: 402, body: { statusCode: 402 } });
    expect(world.sim.state.posts.size).toBe(0);
  });

  test('when a key comes twice, then there is one post', async ({ retainer }) => {
    const world = await openPostizWorld(retainer, 'gw-key');
    onTestFinished(world.close);
    const headers = { 'idempotency-key': 'once' };
    expect((await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY), headers)).status).toBe(
      201,
    );
    expect((await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY), headers)).status).toBe(
      409,
    );
    expect(world.sim.state.posts.size).toBe(1);
  });

  test('when an assistant calls, then it is told that nothing was done', async ({ retainer }) => {
    const world = await fullWorld(retainer);
    expect((await world.call('POST', '/api/mcp/abc', {})).status).toBe(402);
    expect((await world.call('POST', '/copilot/chat', {})).status).toBe(402);
  });

  test('when somebody asks how it is, then it says so', async ({ retainer }) => {
    const world = await fullWorld(retainer);
    const metrics = await fetch(`${world.url}/-/retainer/metrics`);
    expect(await metrics.text()).toContain('retainer_postiz_events_total{event="allowed"}');
    expect((await world.call('GET', '/-/retainer/health')).body).toEqual({ status: 'ok' });
    expect((await world.call('GET', '/-/retainer/ready')).status).toBe(503);
    expect((await world.call('GET', '/-/retainer/findings')).body).toMatchObject({ findings: [] });
  });
});

let full: Promise<PostizWorld> | undefined;
afterAll(async () => (await full)?.close());

/** A world whose week is full; it stays for the file. */
function fullWorld(retainer: Parameters<typeof openPostizWorld>[0]): Promise<PostizWorld> {
  full ??= openPostizWorld(retainer, 'gw-full', { tier: 'bronze' }).then(async (world) => {
    for (let index = 0; index < 5; index += 1) {
      await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY, { content: `n ${index}` }));
    }
    await world.settled();
    world.sim.calls.splice(0);
    return world;
  });
  return full;
}
