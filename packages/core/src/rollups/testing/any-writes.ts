import * as fc from 'fast-check';

import { CHOICES, OPERATIONS, type Step } from './stage.ts';

export const anyChoices = fc.array(fc.nat(1_000_000), {
  minLength: CHOICES,
  maxLength: CHOICES,
});

/** Anything that writes. */
export const anyWrite: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...Object.keys(OPERATIONS)),
  choices: anyChoices,
});

/** Enough of it that facts meet. */
export const anyWrites = fc.array(anyWrite, { minLength: 10, maxLength: 70, size: 'max' });
