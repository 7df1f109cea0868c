import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';
import { expect } from 'vitest';

import { test as base } from '../testing/index.ts';
import { refreshAgency, refreshClient } from './refresh.ts';
import { anyWrites } from './testing/any-writes.ts';
import { differences } from './testing/compare-figures.ts';
import { openCopier } from './testing/copy-facts.ts';
import { openStage } from './testing/open-stage.ts';
import { picksFrom } from './testing/picks.ts';
import { CLIENTS, stageOf } from './testing/stage.ts';

const RUNS = Number(process.env['ROLLUP_RUNS'] ?? 5);

const test = base.extend('copier', async ({ database }, { onCleanup }) => {
  const copier = await openCopier(database.ownerUrl);
  onCleanup(() => copier.close());
  return copier;
});

test('given the facts that one agency was told, when another is told them in any order, in any batches and some twice, then the figures are the same', async ({
  database,
  copier,
}) => {
  const anyOrder = fc.infiniteStream(fc.nat(1_000_000));
  await fc.assert(
    fc.asyncProperty(anyWrites, anyOrder, async (writes, order) => {
      const stage = await openStage(database);
      for (const step of writes) await stage.write(step);
      expect(await stage.problems()).toEqual([]);

      const other = stageOf(database, `agency-${randomUUID()}`);
      const facts = await copier.found(stage.agencyId, other.agencyId);
      const { int } = picksFrom([...order.take(4 * facts.length + 40)]);
      const shuffled = facts
        .map((fact) => ({ fact, place: int(1_000_000) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ fact }) => fact);
      for (let at = 0; at < shuffled.length;) {
        const again = shuffled.slice(Math.max(0, at - int(3)), at);
        const batch = shuffled.slice(at, at + 1 + int(12));
        await copier.write(other.agencyId, [...again, ...batch]);
        at += batch.length;
        if (int(4) === 0) await refreshClient(other.context(), CLIENTS[int(3)] ?? '');
        if (int(6) === 0) await refreshAgency(other.context());
      }
      expect(await other.problems()).toEqual([]);
      expect(differences(await other.kept(), await stage.kept())).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);
