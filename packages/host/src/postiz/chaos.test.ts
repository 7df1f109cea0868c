import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../testing/retainer.ts';
import { runChaos } from './testing/chaos.ts';
import { openPostizWorld } from './testing/postiz-world.ts';

/** `CHAOS_POSTS=10000 CHAOS_SEED=7` makes it as long and as unlucky as one likes. */
const POSTS = Number(process.env['CHAOS_POSTS'] ?? 60);
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);

describe('given a Postiz and a Retainer of bad luck', () => {
  test(
    'when all is well again, then what is counted is what went out, week by week',
    { timeout: 120_000 + POSTS * 1000 },
    async ({ retainer }) => {
      let isAway = false;
      const world = await openPostizWorld(retainer, 'chaos', {
        tier: 'gold',
        fetch: (send) => (input, init) =>
          isAway ? Promise.reject(new TypeError('away')) : send(input, init),
      });
      onTestFinished(world.close);
      const setAway = (next: boolean): void => void (isAway = next);
      const { counted, published } = await runChaos(world, { posts: POSTS, seed: SEED, setAway });
      expect(counted).toEqual(published);
      expect(Object.keys(published).length).toBeGreaterThan(0);
    },
  );
});
