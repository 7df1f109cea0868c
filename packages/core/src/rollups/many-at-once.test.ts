import { expect } from 'vitest';

import { test } from '../testing/index.ts';
import { openStage } from './testing/open-stage.ts';
import { refresher, writer, type Player } from './testing/player.ts';

const WRITERS = 8;
const REFRESHERS = 2;
const WRITES = Number(process.env['ROLLUP_WRITES'] ?? 25);
const SEED = Number(process.env['ROLLUP_SEED'] ?? 1);

test(`given ${WRITERS} who write and ${REFRESHERS} who refresh, when all do at once, then nobody is refused and the figures are right`, async ({
  database,
}) => {
  const stage = await openStage(database);
  const writing = new Set<Player>();
  const write = async (step: Player): Promise<void> => {
    writing.add(step);
    try {
      for (let count = 0; count < WRITES; count += 1) await step();
    } finally {
      writing.delete(step);
    }
  };
  const refresh = async (step: Player): Promise<void> => {
    while (writing.size > 0) await step();
  };
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: WRITERS }, (_, index) => write(writer(stage, SEED * 100 + index))),
    ...Array.from({ length: REFRESHERS }, (_, index) => refresh(refresher(stage, SEED + index))),
  ]);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toEqual([]);
  expect(await stage.problems()).toEqual([]);
}, 600_000);
