import { ratioOf, type Ratio } from '../money/ratio.ts';

/** What one row of a breakdown counted in a period and in the one before; null where nothing was observed. */
export interface DrivingRow {
  readonly key: string;
  readonly current: bigint | null;
  readonly previous: bigint | null;
}

/** The row that moved a total most. */
export interface MainDriver {
  readonly key: string;
  readonly change: bigint;
  /** Of the change of the total; above 1 where others went the other way. */
  readonly share: Ratio;
}

/**
 * Which row of a breakdown moved the total most in the direction in which it went; ties go to the smaller key. None
 * where the total stood still, or where all of it moved in what names no key.
 */
export function mainDriver(rows: readonly DrivingRow[], change: bigint): MainDriver | undefined {
  const moved = rows
    .filter(({ key }) => key !== '')
    .map(({ key, current, previous }) => ({ key, change: (current ?? 0n) - (previous ?? 0n) }))
    .filter((row) => row.change * change > 0n)
    .toSorted((a, b) => compare(magnitude(b.change), magnitude(a.change)) || compare(a.key, b.key));
  const [first] = moved;
  return first && { ...first, share: ratioOf(first.change, change) };
}

function magnitude(change: bigint): bigint {
  return change < 0n ? -change : change;
}

function compare<T extends bigint | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
