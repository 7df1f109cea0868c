import { ratioOf, type Ratio } from '../money/ratio.ts';

/** How far a budget is used. */
export type BudgetState = 'no_budget' | 'ok' | 'warning' | 'reached' | 'over';

/** What was spent of a budget, in minor units or in seconds; null while it is unknown. */
export interface BudgetUse {
  readonly spent: bigint | null;
  readonly budget: bigint;
}

/** The used share of a budget, what that means, and what is left, below 0 when it is over. */
export interface BudgetFigures {
  readonly ratio: Ratio;
  /** Null while nobody knows what was spent. */
  readonly state: BudgetState | null;
  readonly remaining: bigint | null;
}

// Pinned by the published rules, in hundredths.
const WARNING_FROM = 80n;

/** Judges a budget on exact amounts. A budget of 0 is none: nothing was promised, so nothing is left or over. */
export function budgetState({ spent, budget }: BudgetUse): BudgetFigures {
  const ratio = ratioOf(spent, budget);
  if (budget === 0n) return { ratio, state: 'no_budget', remaining: null };
  if (spent === null) return { ratio, state: null, remaining: null };
  return { ratio, state: stateOf(spent, budget), remaining: budget - spent };
}

function stateOf(spent: bigint, budget: bigint): BudgetState {
  if (spent > budget) return 'over';
  if (spent === budget) return 'reached';
  return spent * 100n >= budget * WARNING_FROM ? 'warning' : 'ok';
}
