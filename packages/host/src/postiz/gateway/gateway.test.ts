import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { createBody, openPostizWorld } from '../testing/postiz-world.ts';

const WEDNESDAY = '2026-03-04T10:00:00Z';

describe('given a gateway before Postiz', () => {
  test('when a post fits, then it is held, sent on and bound to what Postiz made', async ({
    retainer,
  }) => {
    const world = await openPostizWorld(retainer, 'gw-fits');
    onTestFinished(world.close);
    const made = await world.call(
      'POST',
      '/public/v1/posts',
      createBody(['ch-x', 'ch-li'], WEDNESDAY),
    );
    expect(made.status).toBe(201);
    await world.settled();
    expect(await world.posts()).toEqual({ used: 0, held: 1 });
    await world.at('2026-03-04T10:01:00Z');
    await world.poll();
    expect(await world.posts()).toEqual({ used: 1, held: 0 });
  });
});
