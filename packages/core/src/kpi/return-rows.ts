import { noSums, type ValueSums } from '@retainer/domain';

/** The sums that a cost, a value and their ROI are worked out from, all but tools. */
const RETURN_SUMS = {
  time_minor: 'timeMinor',
  time_missing: 'timeMissing',
  ads_minor: 'adsMinor',
  ads_missing: 'adsMissing',
  other_minor: 'otherMinor',
  other_missing: 'otherMissing',
  saved_minor: 'savedMinor',
  saved_missing: 'savedMissing',
  revenue_minor: 'revenueMinor',
  revenue_missing: 'revenueMissing',
  leads: 'leads',
  unpriced_conversions: 'unpricedConversions',
} as const;

/** Sums as the database answers them. */
export type ReturnRow = Readonly<Record<(typeof RETURN_SUMS)[keyof typeof RETURN_SUMS], string>>;

/** The columns that a `ReturnRow` is summed from. */
export function returnColumns(alias: string): string {
  return Object.keys(RETURN_SUMS)
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

/** The columns of a `ReturnRow`, summed over rows of a rollup. */
export function returnSums(alias: string): string {
  return Object.entries(RETURN_SUMS)
    .map(([column, name]) => `sum(${alias}.${column})::text as "${name}"`)
    .join(', ');
}

/** The sums of a row. */
export function returnsOf(row: ReturnRow, currency: string): ValueSums {
  const names = Object.values(RETURN_SUMS);
  const sums = Object.fromEntries(names.map((name) => [name, BigInt(row[name])]));
  return { ...noSums(currency), ...sums };
}
