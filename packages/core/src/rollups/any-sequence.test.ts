import * as fc from 'fast-check';
import { expect } from 'vitest';

import { test } from '../testing/index.ts';
import { rebuildClient } from './rebuild.ts';
import { refreshAgency, refreshClient, refreshSome } from './refresh.ts';
import { anyChoices, anyWrite } from './testing/any-writes.ts';
import type { SeenRates } from './testing/compare-figures.ts';
import { openStage } from './testing/open-stage.ts';
import { CLIENTS, type Stage, type Step } from './testing/stage.ts';

const RUNS = Number(process.env['ROLLUP_RUNS'] ?? 10);
const seed = process.env['ROLLUP_SEED'];

const anyRefresh = fc.record({
  name: fc.constantFrom('refreshClient', 'refreshAgency', 'refreshSome', 'rebuildClient'),
  choices: anyChoices,
});
const anySteps = fc.array(
  fc.oneof({ weight: 6, arbitrary: anyWrite }, { weight: 1, arbitrary: anyRefresh }),
  { minLength: 8, maxLength: 60, size: 'max' },
);

const NOBODY = {
  skips: () => false,
  failed: (clientId: string, error: unknown) => {
    throw new Error(`the refresh of ${clientId} failed`, { cause: error });
  },
};

async function take(stage: Stage, step: Step, seen: SeenRates): Promise<string[]> {
  const { name, choices } = step;
  switch (name) {
    case 'refreshClient':
      await refreshClient(stage.context(), CLIENTS[(choices[0] ?? 0) % CLIENTS.length] ?? '');
      return stage.ratesProblems(seen);
    case 'rebuildClient': {
      const clientId = ['', ...CLIENTS][(choices[0] ?? 0) % (CLIENTS.length + 1)] ?? '';
      const { surplus, lacking } = await rebuildClient(stage.context(), clientId);
      return [...surplus, ...lacking, ...(await stage.ratesProblems(seen))];
    }
    case 'refreshAgency':
      await refreshAgency(stage.context());
      return stage.ratesProblems(seen);
    case 'refreshSome':
      await refreshSome(stage.context(), NOBODY);
      return stage.ratesProblems(seen);
    default:
      await stage.write(step);
      return [];
  }
}

test('given any facts that come, change and go in any order, when all is refreshed, then the figures are those of a rebuild and of the slow model', async ({
  database,
}) => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const stage = await openStage(database);
      const seen: SeenRates = new Map();
      for (const step of steps) expect(await take(stage, step, seen)).toEqual([]);
      expect(await stage.problems(seen)).toEqual([]);
    }),
    { numRuns: RUNS, ...(seed && { seed: Number(seed) }) },
  );
}, 3_600_000);
