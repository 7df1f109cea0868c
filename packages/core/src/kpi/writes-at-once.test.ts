import { DomainError } from '@retainer/domain';
import * as fc from 'fast-check';
import { expect } from 'vitest';

import { anyChoices } from '../rollups/testing/any-writes.ts';
import { openStage } from '../rollups/testing/open-stage.ts';
import { ASKS, KEPT_ANSWERS, type KeptAnswer } from './testing/kept-answers.ts';
import {
  contextOf,
  fromNothing,
  happen,
  HAPPENINGS,
  LOOKED_AT,
  open,
  OPENING,
  test,
} from './testing/two-processes.ts';

const RUNS = Number(process.env['KPI_RUNS'] ?? 1);
const seed = process.env['KPI_SEED'];
// Their keys are written out.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const ANSWERS = Object.keys(KEPT_ANSWERS) as KeptAnswer[];

const anyWriter = fc.array(
  fc.record({ name: fc.constantFrom(...HAPPENINGS), choices: anyChoices }),
  { minLength: 4, maxLength: 8, size: 'max' },
);
const anyReader = fc.array(
  fc.record({ what: fc.constantFrom(...ANSWERS), ask: fc.constantFrom(...ASKS) }),
  { minLength: 4, maxLength: 8, size: 'max' },
);
const anyOpening = fc.array(anyChoices, {
  minLength: OPENING.length,
  maxLength: OPENING.length,
  size: 'max',
});
const anyBurst = fc.record({
  writers: fc.array(anyWriter, { minLength: 2, maxLength: 4 }),
  readers: fc.array(anyReader, { minLength: 2, maxLength: 6 }),
});
const anyBursts = fc.array(anyBurst, { minLength: 2, maxLength: 4 });

test('given writers and readers at once in two processes, when they are done, then each answer is what it is when made from nothing', async ({
  processes,
}) => {
  await fc.assert(
    fc.asyncProperty(anyOpening, anyBursts, async (opening, bursts) => {
      const { agencyId } = await openStage(processes[0]);
      await open(contextOf(processes[0], agencyId, LOOKED_AT), opening);
      const at = (index: number) =>
        contextOf(processes[index % 2 === 0 ? 0 : 1], agencyId, LOOKED_AT);
      for (const { writers, readers } of bursts) {
        /* oxlint-disable no-await-in-loop -- one burst after the other */
        await Promise.all([
          ...writers.map(async (steps, index) => {
            for (const step of steps) await tryTo(() => happen(at(index), step));
          }),
          ...readers.map(async (looks, index) => {
            for (const { what, ask } of looks) {
              await tryTo(() => KEPT_ANSWERS[what](at(index), ask));
            }
          }),
        ]);
        await assertAll(at);
        /* oxlint-enable no-await-in-loop */
      }
    }),
    { numRuns: RUNS, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  );
}, 36_000_000);

/** Two who write the same at once may get in each other's way: then one of them wrote nothing. */
async function tryTo(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(['conflict', 'unavailable']).toContain(error.code);
  }
}

async function assertAll(at: (process: number) => ReturnType<typeof contextOf>): Promise<void> {
  for (const what of ANSWERS) {
    for (const ask of ASKS) {
      /* oxlint-disable no-await-in-loop -- one after the other */
      const seen = [await KEPT_ANSWERS[what](at(0), ask), await KEPT_ANSWERS[what](at(1), ask)];
      const nothing = await fromNothing(at(0), what, ask);
      expect([what, ...seen]).toEqual([what, nothing, nothing]);
      /* oxlint-enable no-await-in-loop */
    }
  }
}
