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

const RUNS = Number(process.env['KPI_RUNS'] ?? 2);
const seed = process.env['KPI_SEED'];
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
// Their keys are written out.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const ANSWERS = Object.keys(KEPT_ANSWERS) as KeptAnswer[];

const anyProcess = fc.constantFrom<(0 | 1)[]>(0, 1);
const anyLook = fc.record({
  by: anyProcess,
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constant<KeptAnswer>('dashboard') },
    { weight: 1, arbitrary: fc.constantFrom(...ANSWERS) },
  ),
  ask: fc.constantFrom(...ASKS),
});
const anyOpening = fc.array(anyChoices, {
  minLength: OPENING.length,
  maxLength: OPENING.length,
  size: 'max',
});
const stepsOf = (names: readonly string[]) =>
  fc.array(
    fc.record({
      name: fc.constantFrom(...names),
      choices: anyChoices,
      by: anyProcess,
      looks: fc.array(anyLook, { maxLength: 3 }),
      /** How long nothing happens then. */
      pauseMs: fc.constantFrom(0, 0, 0, 20 * SECOND_MS, 70 * SECOND_MS, DAY_MS / 24, DAY_MS),
    }),
    { minLength: 20, maxLength: 40, size: 'max' },
  );
// A few kinds each time, again and again: where everything may happen, what one change moves another soon hides.
const anySteps = fc
  .subarray([...HAPPENINGS], { minLength: 4, maxLength: 14 })
  .chain((names) => stepsOf(names));

test('given any writes, when two processes read between them, then each answer is what it is when made from nothing', async ({
  processes,
}) => {
  await fc.assert(
    fc.asyncProperty(anyOpening, anySteps, async (opening, steps) => {
      const { agencyId } = await openStage(processes[0]);
      await open(contextOf(processes[0], agencyId, LOOKED_AT), opening);
      let now = LOOKED_AT;
      for (const { name, choices, by, looks, pauseMs } of steps) {
        /* oxlint-disable no-await-in-loop -- one after the other, as they happened */
        await happen(contextOf(processes[by], agencyId, now), { name, choices });
        for (const { by: reader, what, ask } of looks) {
          const seen = await KEPT_ANSWERS[what](contextOf(processes[reader], agencyId, now), ask);
          // What was kept is of a moment ago, with all that was written since.
          const then = contextOf(processes[reader], agencyId, seen.asOf.getTime());
          const nothing = await fromNothing(then, what, ask);
          expect([name, what, seen]).toEqual([name, what, nothing]);
        }
        /* oxlint-enable no-await-in-loop */
        now += pauseMs;
      }
    }),
    { numRuns: RUNS, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  );
}, 36_000_000);
