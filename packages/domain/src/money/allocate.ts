import { descending, shareByRemainder } from './largest-remainder.ts';

/** Who takes part in an amount, and how much of it in relation to the others. */
export interface Claim {
  readonly id: string;
  readonly weight: bigint;
}

/** The whole minor units of each claim, in the order asked, and what nobody had a claim to. */
export interface Allocation {
  readonly shares: readonly bigint[];
  readonly unallocated: bigint;
}

/**
 * Splits an amount by weight so that the shares sum to it exactly, by largest remainder: equal remainders go to the
 * larger weight, then to the smaller id, so the order of the claims decides nothing. A weight of 0 or below gets
 * nothing, without any above it all stays unallocated, and an amount below 0 is the mirror of the one above.
 */
export function allocate(total: bigint, claims: readonly Claim[]): Allocation {
  const weights = claims.map(({ weight }) => (weight > 0n ? weight : 0n));
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return { shares: weights.map(() => 0n), unallocated: total };

  const size = total < 0n ? -total : total;
  const parts = {
    numerators: weights.map((weight) => size * weight),
    denominator: sum,
    total: size,
  };
  const shares = shareByRemainder(
    parts,
    (a, b) =>
      descending(weights[a] ?? 0n, weights[b] ?? 0n) || ascending(claims[a]?.id, claims[b]?.id),
  );
  return { shares: total < 0n ? shares.map((share) => -share) : shares, unallocated: 0n };
}

/**
 * Splits an amount over equal claims whose ids ascend in the order asked, such as the days of a month: what
 * `allocate` gives them, without sorting. Throws a RangeError when there is none.
 */
export function spreadEvenly(total: bigint, count: number): bigint[] {
  if (!(count > 0)) throw new RangeError('an amount is spread over at least one');
  const each = total / BigInt(count);
  const more = Number(total % BigInt(count));
  const unit = more < 0 ? -1n : 1n;
  return Array.from({ length: count }, (_, index) => (index < Math.abs(more) ? each + unit : each));
}

// By code units, as PostgreSQL's collation "C" has it for ASCII: a locale would order the same ids in several ways.
function ascending(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
