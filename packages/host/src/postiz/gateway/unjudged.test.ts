import { describe, expect, onTestFinished } from 'vitest';

import { createNetwork, type Network } from '../../testing/network.ts';
import { test, type Retainer } from '../../testing/retainer.ts';
import { createBody, openPostizWorld, type PostizWorld } from '../testing/postiz-world.ts';

const WEDNESDAY = '2026-03-04T10:00:00Z';
const NEXT_WEEK = '2026-03-11T10:00:00Z';
const POSTS = '/public/v1/posts';

type Call = readonly [body: object, headers?: Readonly<Record<string, string>>];

const LONG = 'x'.repeat(300);
const withImage = (id: string): object => {
  const value = [{ content: 'Hello', image: [{ id, path: 'https://a.test/a.png' }], delay: 0 }];
  return createBody(['ch-x'], WEDNESDAY, { posts: [{ integration: { id: 'ch-x' }, value }] });
};

async function fill(world: PostizWorld): Promise<void> {
  for (let index = 0; index < 5; index += 1) {
    const made = await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY));
    expect(made.status).toBe(201);
  }
}

describe('given a week that is full, and a Retainer whose absence would let posts through', () => {
  test('when a call says what Retainer cannot read, then it is judged all the same, or refused', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'uj-odd', { tier: 'bronze' });
    onTestFinished(world.close);
    await fill(world);
    const plain = createBody(['ch-x'], WEDNESDAY);
    const odd: readonly (readonly [what: string, call: Call, status: number])[] = [
      ['a long key', [plain, { 'idempotency-key': LONG }], 402],
      ['a key that is no text', [plain, { 'idempotency-key': 'a\u0085b\u00ff' }], 402],
      ['a long id of a picture', [withImage(LONG)], 402],
      ['a picture with a line in its id', [withImage('a\nb')], 402],
      ['a rhythm of years', [createBody(['ch-x'], WEDNESDAY, { inter: 1000 })], 400],
      ['a channel of no length', [createBody([''], WEDNESDAY)], 400],
      ['a time beyond all calendars', [createBody(['ch-x'], '+275760-01-01T00:00:00Z')], 400],
    ];
    for (const [what, [body, headers], status] of odd) {
      const answer = await world.call('POST', POSTS, body, headers);
      expect({ what, ...answer }).toMatchObject({ what, status, body: { statusCode: status } });
    }
    expect(world.sim.state.posts.size).toBe(5);
  });

  test('when it comes together with others, then they are judged as ever', async ({ retainer }) => {
    const world = await openPostizWorld(retainer, 'uj-batch', { tier: 'bronze' });
    onTestFinished(world.close);
    await fill(world);
    const bodies = Array.from({ length: 24 }, (_, index) =>
      createBody([index % 4 === 0 ? LONG : 'ch-x'], WEDNESDAY),
    );
    const answers = await Promise.all(bodies.map((body) => world.call('POST', POSTS, body)));
    expect(answers.map(({ status }) => status)).toEqual(
      bodies.map((_, index) => (index % 4 === 0 ? 400 : 402)),
    );
    expect(world.sim.state.posts.size).toBe(5);
  });
});

/** A world whose Retainer is behind a network. */
async function farWorld(
  retainer: Retainer,
  agencyId: string,
  onUnavailable: 'allow' | 'deny' = 'allow',
): Promise<{ readonly world: PostizWorld; readonly network: Pick<Network, 'set'> }> {
  const networks: Network[] = [];
  const world = await openPostizWorld(retainer, agencyId, {
    settings: { onUnavailable },
    fetch: (send) => {
      networks.push(createNetwork(send));
      return (input, init) => networks[0]?.fetch(input, init) ?? send(input, init);
    },
  });
  onTestFinished(world.close);
  return { world, network: { set: (fate) => networks[0]?.set(fate) } };
}

describe('given an ask whose answer is lost', () => {
  test('when the post goes through unasked, then it is held once', async ({ retainer }) => {
    const { world, network } = await farWorld(retainer, 'uj-lost');
    network.set('loses its answer');
    expect((await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY))).status).toBe(201);
    network.set('arrives');
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
  });

  test('when the rule is to deny, then nothing stays held', async ({ retainer }) => {
    const { world, network } = await farWorld(retainer, 'uj-strict', 'deny');
    network.set('loses its answer');
    expect((await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY))).status).toBe(402);
    network.set('arrives');
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 0 });
  });

  test('when Postiz then refuses the move, then the post is where it was', async ({ retainer }) => {
    const { world, network } = await farWorld(retainer, 'uj-move');
    world.sim.nextIds(['p1']);
    await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY));
    await world.poll();
    network.set('loses its answer');
    world.sim.script({
      method: 'PUT',
      path: /date$/u,
      reply: { status: 500, body: { statusCode: 500, message: 'no' } },
    });
    const moved = await world.call('PUT', '/posts/p1/date', {
      date: NEXT_WEEK,
      action: 'schedule',
    });
    expect(moved.status).toBe(500);
    network.set('arrives');
    await world.poll();
    expect(await world.posts(WEDNESDAY)).toEqual({ used: 0, held: 1 });
    expect(await world.posts(NEXT_WEEK)).toEqual({ used: 0, held: 0 });
  });
});

describe('given a Postiz that does not say whose a channel is', () => {
  test.for([
    ['deny', 402, 0],
    ['allow', 201, 1],
  ] as const)(
    'when the rule is to %s, then that holds',
    async ([rule, status, made], { retainer }) => {
      const world = await openPostizWorld(retainer, `uj-unread-${rule}`, {
        settings: { onUnavailable: rule },
      });
      onTestFinished(world.close);
      world.sim.faults(({ path }) => (path.includes('/integrations') ? 'lost' : undefined));
      const answer = await world.call('POST', POSTS, createBody(['ch-x'], WEDNESDAY));
      expect(answer.status).toBe(status);
      world.sim.faults(undefined);
      await world.poll();
      expect(await world.posts()).toEqual({ used: 0, held: made });
    },
  );
});
