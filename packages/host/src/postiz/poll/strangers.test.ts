import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { createBody, openPostizWorld } from '../testing/postiz-world.ts';

const WEDNESDAY = '2026-03-04T10:00:00Z';

describe('given a customer that Retainer does not know', () => {
  test('when it is registered later, then the next poll counts what it has', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'strangers', {
      sim: {
        customers: [{ id: 'florist', name: 'Florist' }],
        channels: [{ id: 'fl', name: 'Florist X', identifier: 'x', customerId: 'florist' }],
      },
    });
    onTestFinished(world.close);
    const create = (content: string) =>
      world.call('POST', '/public/v1/posts', createBody(['fl'], WEDNESDAY, { content }));
    expect((await create('one')).status).toBe(201);
    await world.poll();
    await retainer.addClient({ agencyId: 'strangers', clientId: 'florist', tierId: 'silver' });
    await world.poll();
    expect(await world.posts(WEDNESDAY, 'florist')).toEqual({ used: 0, held: 1 });
    expect((await create('two')).status).toBe(201);
    await world.at('2026-03-04T11:00:00Z');
    await world.poll();
    expect(await world.posts(WEDNESDAY, 'florist')).toEqual({ used: 2, held: 0 });
  });
});
