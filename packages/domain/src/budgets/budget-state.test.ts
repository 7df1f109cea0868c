import { describe, expect, test } from 'vitest';

import { budgetState } from './budget-state.ts';
import { pacing } from './pacing.ts';

describe('given a budget', () => {
  test.each([
    { spent: 79_999n, budget: 100_000n, ratio: '0.799990', state: 'ok', remaining: 20_001n },
    { spent: 80_000n, budget: 100_000n, ratio: '0.800000', state: 'warning', remaining: 20_000n },
    { spent: 99_999n, budget: 100_000n, ratio: '0.999990', state: 'warning', remaining: 1n },
    { spent: 100_000n, budget: 100_000n, ratio: '1.000000', state: 'reached', remaining: 0n },
    { spent: 100_001n, budget: 100_000n, ratio: '1.000010', state: 'over', remaining: -1n },
    { spent: 0n, budget: 100_000n, ratio: '0.000000', state: 'ok', remaining: 100_000n },
    { spent: -50n, budget: 100n, ratio: '-0.500000', state: 'ok', remaining: 150n },
    { spent: 2n, budget: 3n, ratio: '0.666667', state: 'ok', remaining: 1n },
    { spent: 500n, budget: 0n, ratio: null, state: 'no_budget', remaining: null },
    { spent: 0n, budget: 0n, ratio: null, state: 'no_budget', remaining: null },
    { spent: null, budget: 100n, ratio: null, state: null, remaining: null },
  ])('when $spent of $budget is spent, then it is $state', ({ spent, budget, ...is }) => {
    const { ratio, state, remaining } = budgetState({ spent, budget });
    expect({ ratio: ratio.value, state, remaining }).toEqual(is);
  });
});

describe('given what was spent so far', () => {
  test.each([
    { spent: 61_250n, elapsed: 15n, days: 30n, minor: 122_500n },
    { spent: 100_000n, elapsed: 7n, days: 31n, minor: 442_857n },
    { spent: 100_000n, elapsed: 30n, days: 30n, minor: 100_000n },
    { spent: 0n, elapsed: 3n, days: 30n, minor: 0n },
  ])('when $spent took $elapsed of $days days, then it will be $minor', (row) => {
    const pace = { spentMinor: row.spent, elapsedDays: row.elapsed, daysInPeriod: row.days };
    expect(pacing(pace)).toMatchObject({ minor: row.minor });
  });

  test('when no day is over, then there is no pace', () => {
    expect(pacing({ spentMinor: 5n, elapsedDays: 0n, daysInPeriod: 30n })).toEqual({
      minor: null,
      reason: 'zero_denominator',
    });
  });
});
