import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../testing/retainer.ts';
import { readPublished, REASONS, weeksOf } from './testing/chaos-ledger.ts';
import { openChaosWorld } from './testing/chaos-world.ts';
import { runChaos, type ChaosResult } from './testing/chaos.ts';

/** `CHAOS_POSTS=10000 CHAOS_SEED=7` makes it as long and as unlucky as one likes, and prints what came of it. */
const LONG = process.env['CHAOS_POSTS'];
const POSTS = Number(LONG ?? 80);
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);

describe('given a Postiz and a Retainer of bad luck', () => {
  test(
    'when all is well again, then what is counted is what went out, and each exception has its reason',
    { timeout: 120_000 + POSTS * 1000 },
    async ({ retainer }) => {
      const chaos = await openChaosWorld(retainer, 'chaos');
      onTestFinished(chaos.world.close);
      const result = await runChaos(chaos, { posts: POSTS, seed: SEED });
      if (LONG !== undefined) print(result);
      const { used, held, counts, exceptions } = result;
      expect(exceptions.filter(({ reason }) => reason === 'unexplained')).toEqual([]);
      expect(held).toEqual([]);
      expect(used).toEqual(weeksOf(counts));
      // What differs is on the list, and nothing else does.
      const listed = new Set(exceptions.map(({ postId }) => postId));
      const equal = (all: readonly (typeof counts)[number][]) =>
        weeksOf(all.filter(({ postId }) => !listed.has(postId)));
      expect(equal(counts)).toEqual(equal(readPublished(chaos)));
      expect(counts.length).toBeGreaterThan(POSTS / 4);
    },
  );
});

/** The list of exceptions, a line each, and what the run was made of. */
function print({ used, exceptions, denied, happened, counts }: ChaosResult): void {
  const lines = exceptions.map(
    ({ clientId, postId, counted, published, reason, history }) =>
      `${reason} ${clientId} ${postId}: counted ${counted.join(' ') || 'nowhere'}, went out ${published.join(' ') || 'never'}; ${history.join(', ')}`,
  );
  const totals = Object.entries(Object.groupBy(exceptions, ({ reason }) => reason)).map(
    ([reason, all]) =>
      `${all.length} ${reason}: ${Object.entries(REASONS).find(([name]) => name === reason)?.[1] ?? 'no reason is known'}`,
  );
  const weeks = Object.entries(used).map(
    ([clientId, own]) => `${clientId}: ${Object.values(own).join(' ')}`,
  );
  const all = [
    `${POSTS} asked for with seed ${SEED}, ${denied} denied, ${counts.length} counted`,
    JSON.stringify(happened),
    'counted week by week:',
    ...weeks,
    `${exceptions.length} exceptions:`,
    ...totals,
    ...lines,
  ];
  process.stdout.write(`${all.join('\n')}\n`);
}
