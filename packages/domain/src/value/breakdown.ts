import { spreadParts } from '../money/spread-parts.ts';
import type { ValueSums } from './value-sums.ts';

/** What cost that names no key is spread by. */
export type SpreadCostBy = 'impressions' | 'posts' | 'seconds';

/** One key of a breakdown and what its facts add up to. */
export interface BreakdownRow {
  readonly key: string;
  readonly sums: ValueSums;
}

/** The key of what names none. */
export const UNATTRIBUTED = '';

type Weighing = Readonly<Record<SpreadCostBy, (sums: ValueSums) => bigint>>;

const WEIGHTS: Weighing = {
  impressions: ({ impressions }) => impressions ?? 0n,
  posts: ({ posts }) => posts,
  seconds: ({ seconds }) => seconds,
};

/**
 * Spreads the cost of the unattributed row over the rows with a key, by largest remainder: the total cost as a whole,
 * and each kind of cost within it, so that no sum changes. A fact without a rate belongs to every row that gets a
 * share of it, so none of these has a total then. Where no row has a weight, the cost stays where it was; whatever
 * else the unattributed row has stays there in any case.
 */
export function spreadUnattributed(
  rows: readonly BreakdownRow[],
  by: SpreadCostBy,
): readonly BreakdownRow[] {
  const rest = rows.find(({ key }) => key === UNATTRIBUTED)?.sums;
  if (rest === undefined) return rows;
  const claims = rows.map(({ key, sums }) => ({
    id: key,
    weight: key === UNATTRIBUTED ? 0n : WEIGHTS[by](sums),
  }));
  if (claims.every(({ weight }) => weight <= 0n)) return rows;

  const parts = [rest.timeMinor, rest.toolsMinor, rest.adsMinor, rest.otherMinor];
  const spread = spreadParts(parts, claims);
  return rows.map(({ key, sums }, index) => {
    if (key === UNATTRIBUTED) return { key, sums: withoutCost(sums) };
    const takes = (claims[index]?.weight ?? 0n) > 0n;
    return { key, sums: takes ? withShare(sums, spread.rows[index] ?? [], rest) : sums };
  });
}

function withShare(sums: ValueSums, share: readonly bigint[], rest: ValueSums): ValueSums {
  const [time = 0n, tools = 0n, ads = 0n, other = 0n] = share;
  return {
    ...sums,
    timeMinor: sums.timeMinor + time,
    timeMissing: sums.timeMissing + rest.timeMissing,
    toolsMinor: sums.toolsMinor + tools,
    toolsMissing: sums.toolsMissing + rest.toolsMissing,
    adsMinor: sums.adsMinor + ads,
    adsMissing: sums.adsMissing + rest.adsMissing,
    otherMinor: sums.otherMinor + other,
    otherMissing: sums.otherMissing + rest.otherMissing,
  };
}

function withoutCost(sums: ValueSums): ValueSums {
  return {
    ...sums,
    timeMinor: 0n,
    timeMissing: 0n,
    toolsMinor: 0n,
    toolsMissing: 0n,
    adsMinor: 0n,
    adsMissing: 0n,
    otherMinor: 0n,
    otherMissing: 0n,
  };
}
