/** Exact parts over a common denominator, and the whole number that their whole shares shall sum to. */
export interface ExactParts {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
  readonly total: bigint;
}

/**
 * Whole shares of the total, in the order of the parts: each part rounded down, and what is then left over goes
 * one by one to the largest remainders. `before` decides between parts (by index) whose remainders are equal.
 * No part and no total is below 0, and the total is the sum of the parts rounded to a neighbour.
 */
export function shareByRemainder(
  parts: ExactParts,
  before: (a: number, b: number) => number,
): bigint[] {
  const { numerators, denominator, total } = parts;
  const shares = numerators.map((part) => part / denominator);
  const remainders = numerators.map((part) => part % denominator);
  const left = total - shares.reduce((sum, share) => sum + share, 0n);

  const byRemainder = (a: number, b: number): number =>
    descending(remainders[a] ?? 0n, remainders[b] ?? 0n) || before(a, b);
  const favoured = [...shares.keys()].toSorted(byRemainder).slice(0, Number(left));
  for (const index of favoured) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

/** Orders whole numbers from the largest to the smallest. */
export function descending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
