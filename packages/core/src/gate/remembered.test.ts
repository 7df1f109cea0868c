import { describe, expect } from 'vitest';

import { openDatabase } from '../db/connect.ts';
import { tellHook, type HookAnswer } from '../hooks/tell-hook.ts';
import { silentLog } from '../testing/index.ts';
import { findDrift } from '../usage/sweep.ts';
import { createCounterCache } from './counter-cache.ts';
import { createGate } from './gate.ts';
import { hookCall, NOW, test, WEEK } from './testing/gate-world.ts';
import { hookContext } from './testing/ledger.ts';

/** A second process: a gate that shares nothing with the first but the database. */
const remembering = test.extend('other', async ({ database }, { onCleanup }) => {
  const opened = await openDatabase({ url: database.ownerUrl, log: silentLog });
  onCleanup(() => opened.close());
  return createGate(opened.gatePool);
});

describe('given a gate that remembers a client’s counters', () => {
  remembering(
    'when another process gave room back, then a full week that is remembered denies nobody',
    async ({ desk, other, database }) => {
      const { world, clientId, tell, count } = await desk({ posts: 2 });
      const ask = (key: string) => tell(NOW, 'reserve', { key, meter: 'posts', platforms: ['x'] });
      await ask('first');
      await ask('second');
      expect(await ask('third')).toMatchObject({ decision: 'deny' });

      await tellHook(
        hookContext(world, other, NOW),
        hookCall('release', { clientWorkspaceId: clientId, key: 'first' }),
      );
      expect(await ask('fourth')).toMatchObject({
        decision: 'warn',
        reasons: [{ used: 0, held: 1 }],
      });
      expect(await count({ week: WEEK })).toEqual({ used: 0, held: 2 });
      expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
    },
  );

  remembering(
    'when another process took room, then what is remembered lets nobody past the limit',
    async ({ desk, other, database }) => {
      const { world, clientId, tell, count } = await desk({ posts: 3 });
      const ask = { meter: 'posts', platforms: ['x'] };
      const told: HookAnswer[] = [];
      for (const key of ['a', 'b', 'c', 'd', 'e']) {
        const input = { clientWorkspaceId: clientId, key: `other ${key}`, ...ask };
        const mine = await tell(NOW, 'reserve', { key, ...ask });
        const theirs = await tellHook(hookContext(world, other, NOW), hookCall('reserve', input));
        told.push(mine, theirs);
      }
      const allowed = told.filter((one) => 'decision' in one && one.decision !== 'deny');
      expect(allowed).toHaveLength(3);
      expect(await count({ week: WEEK })).toEqual({ used: 0, held: 3 });
      expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
    },
  );

  test('when the client’s tier changed since, then the new one decides', async ({ desk }) => {
    const { tell, tier, assign } = await desk({ posts: 1 });
    const ask = (key: string) => tell(NOW, 'reserve', { key, meter: 'posts', platforms: ['x'] });
    await ask('first');
    expect(await ask('second')).toMatchObject({ decision: 'deny' });
    await assign(NOW, { tierId: await tier({ posts: 3 }), effective: 'now' });
    expect(await ask('third')).toMatchObject({ decision: 'allow' });
  });
});

describe('given a memory that proves out of date', () => {
  test('when it does so again and again, then it is tried ever more rarely, and soon again once it holds', () => {
    const cache = createCounterCache();
    const waitsFor = (holds: boolean): number => {
      let asked = 1;
      while (!cache.isTrusted()) asked += 1;
      if (!holds) cache.distrust();
      return asked;
    };
    const failing = [1, 2, 3, 4, 5, 6].map(() => waitsFor(false));
    expect(failing[0]).toBe(1);
    expect(failing).toEqual(failing.toSorted((a, b) => a - b));
    expect(failing.at(-1)).toBeGreaterThan(100);
    waitsFor(true);
    expect([1, 2, 3].map(() => waitsFor(true))).toEqual([1, 1, 1]);
  });
});
