import { allocate, type Claim } from './allocate.ts';

/** The parts of an amount that each claim gets, in the order asked, and those that nobody had a claim to. */
export interface PartShares {
  readonly rows: readonly (readonly bigint[])[];
  readonly unallocated: readonly bigint[];
}

/**
 * Splits an amount that is told in parts so that everything adds up at once: each part over the claims, the parts of
 * each claim, and these sums, which are what `allocate` gives for the whole amount. Within that every share of a part
 * is at most a unit from its exact one. Splitting part by part would leave the sums a unit off now and then.
 */
export function spreadParts(parts: readonly bigint[], claims: readonly Claim[]): PartShares {
  const total = parts.reduce((sum, part) => sum + part, 0n);
  if (total < 0n) return mirrored(spreadParts(parts.map(negative), claims));

  const weights = claims.map(({ weight }) => (weight > 0n ? weight : 0n));
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return { rows: claims.map(() => parts.map(() => 0n)), unallocated: parts };

  const { shares } = allocate(total, claims);
  const rows = weights.map((weight) => parts.map((part) => floorDivide(part * weight, sum)));
  const left = parts.map((part, at) => rows.reduce((rest, row) => rest - (row[at] ?? 0n), part));
  for (const index of inOrder(claims)) {
    const row = rows[index];
    if (row !== undefined) fillRow(row, shares[index] ?? 0n, left);
  }
  return { rows, unallocated: parts.map(() => 0n) };
}

/** Raises the row to its sum, unit by unit, with what there is most of: so that the rows after it can be filled too. */
function fillRow(row: bigint[], share: bigint, left: bigint[]): void {
  let lacking = row.reduce((rest, cell) => rest - cell, share);
  while (lacking > 0n) {
    const columns = [...left.keys()]
      .filter((at) => (left[at] ?? 0n) > 0n)
      .toSorted((a, b) => Number((left[b] ?? 0n) - (left[a] ?? 0n)));
    for (const at of columns.slice(0, Number(lacking))) {
      row[at] = (row[at] ?? 0n) + 1n;
      left[at] = (left[at] ?? 0n) - 1n;
      lacking -= 1n;
    }
  }
}

/** The claims' places, by what they are and not by where they stand. */
function inOrder(claims: readonly Claim[]): number[] {
  return [...claims.keys()].toSorted((a, b) => {
    const [one, other] = [claims[a], claims[b]];
    if (one === undefined || other === undefined) return 0;
    if (one.weight !== other.weight) return one.weight > other.weight ? -1 : 1;
    return one.id < other.id ? -1 : 1;
  });
}

function mirrored({ rows, unallocated }: PartShares): PartShares {
  return { rows: rows.map((row) => row.map(negative)), unallocated: unallocated.map(negative) };
}

function negative(value: bigint): bigint {
  return -value;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
