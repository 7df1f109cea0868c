import { describe, expect } from 'vitest';

import { openDatabase } from '../db/connect.ts';
import { tellHook } from '../hooks/tell-hook.ts';
import { silentLog } from '../testing/index.ts';
import { findDrift } from '../usage/sweep.ts';
import { createGate } from './gate.ts';
import { hookCall, NOW, test, WEEK } from './testing/gate-world.ts';
import { hookContext } from './testing/ledger.ts';

const WEEK_MS = 7 * 86_400_000;

/** `test` with two gates that share nothing but the database, as two processes would. */
const racing = test.extend('gates', async ({ database, gate }, { onCleanup }) => {
  const other = await openDatabase({ url: database.ownerUrl, log: silentLog });
  onCleanup(() => other.close());
  return [gate, createGate(other.gatePool)] as const;
});

function weekOf(round: number): string {
  return new Date(Date.parse(NOW) + round * WEEK_MS).toISOString();
}

describe('given 64 callers of two processes at once and room for five', () => {
  racing(
    'when they ask over 200 rounds, then exactly five are allowed in each',
    async ({ desk, gates, database }) => {
      const { world, clientId, counters } = await desk({ posts: 5 });
      const rounds = 200;
      const allowed: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const scheduledAt = weekOf(round);
        const answers = await Promise.all(
          Array.from({ length: 64 }, (_, caller) => {
            const context = hookContext(world, gates[caller % 2 === 0 ? 0 : 1], NOW);
            const key = `${round}-${caller}`;
            const ask = {
              clientWorkspaceId: clientId,
              key,
              meter: 'posts',
              scheduledAt,
              platforms: ['x'],
            };
            return tellHook(context, hookCall('reserve', ask));
          }),
        );
        allowed.push(answers.filter((one) => 'decision' in one && one.decision !== 'deny').length);
      }
      expect(allowed).toEqual(Array.from({ length: rounds }, () => 5));
      const rows = await counters();
      expect(rows.filter((row) => row.platform === '').map((row) => row.held)).toEqual(allowed);
      expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
    },
    60_000,
  );

  racing(
    'when all bring the same key, then one is decided and all get its answer',
    async ({ desk, gates }) => {
      const { world, clientId, count } = await desk({ posts: 5 });
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, caller) =>
          tellHook(
            hookContext(world, gates[caller % 2 === 0 ? 0 : 1], NOW),
            hookCall('reserve', { clientWorkspaceId: clientId, key: 'k', meter: 'posts' }),
          ),
        ),
      );
      expect(answers.filter((one) => 'replayed' in one && !one.replayed)).toHaveLength(1);
      expect(await count({ week: WEEK })).toEqual({ used: 0, held: 1 });
    },
  );

  racing(
    'when a hold is settled and swept at the same moment, then it is settled once',
    async ({ desk, gates, database }) => {
      const { world, clientId, count, tell, sweep } = await desk({ posts: null });
      const late = '2026-03-20T00:00:00Z';
      const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
      for (const key of keys) await tell(NOW, 'reserve', { key, meter: 'posts' });
      const settle = (key: string, index: number) =>
        gates.flatMap((gate) => [
          tellHook(
            hookContext(world, gate, late),
            hookCall(index % 2 === 0 ? 'commit' : 'release', { clientWorkspaceId: clientId, key }),
          ),
          ...(index % 5 === 0 ? [sweep(late)] : []),
        ]);
      await Promise.all(keys.flatMap(settle));
      // A commit that comes second is late; a release that comes second changes nothing.
      expect(await count()).toEqual({ used: 10, held: 0 });
      expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
    },
  );

  racing(
    'when clients are told in opposed orders, then nobody waits for ever',
    async ({ desk, gates, database }) => {
      const [one, two] = [await desk({ posts: null }), await desk({ posts: null })];
      const batch = (index: number) => {
        const ids = [one.clientId, two.clientId];
        const calls = (index % 2 === 0 ? ids : ids.toReversed()).map((clientWorkspaceId) => ({
          clientId: clientWorkspaceId,
          op: {
            type: 'reserve' as const,
            now: Date.parse(NOW),
            key: `${index}`,
            meter: 'posts' as const,
            quantity: 1,
            platforms: index % 2 === 0 ? ['x', 'linkedin'] : ['linkedin', 'x'],
            scheduledAt: undefined,
            expiresAt: undefined,
          },
        }));
        return gates[index % 2 === 0 ? 0 : 1].together(one.world.agencyId, calls, {
          atomic: false,
        });
      };
      const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => batch(index)));
      expect(answers.flat().every((outcome) => outcome.ok)).toBe(true);
      expect(await one.count()).toEqual({ used: 0, held: 100 });
      expect(await two.count()).toEqual({ used: 0, held: 100 });
      expect(await findDrift(database.gatePool, one.world.agencyId)).toEqual([]);
    },
  );
});
