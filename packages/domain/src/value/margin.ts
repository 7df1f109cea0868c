import { moneyRatio, ratioOf, type MoneyRatio, type Ratio } from '../money/ratio.ts';

/** What a client pays for a period, and what its work cost the agency in it. */
export interface FeeAndCost {
  readonly feeMinor: bigint | null;
  readonly costMinor: bigint | null;
}

const SECONDS_PER_HOUR = 3600n;

/** The share of the fee that is left after the cost which the agency bears. */
export function margin({ feeMinor, costMinor }: FeeAndCost): Ratio {
  return ratioOf(leftOf(feeMinor, costMinor), feeMinor);
}

/** What is left of the fee as a share of the cost: never the same as the margin. */
export function markup({ feeMinor, costMinor }: FeeAndCost): Ratio {
  return ratioOf(leftOf(feeMinor, costMinor), costMinor);
}

/** What an hour of work brings in of a fixed fee, over all tracked seconds, billable or not. */
export function effectiveHourlyRate(feeMinor: bigint | null, seconds: bigint | null): MoneyRatio {
  return moneyRatio(feeMinor, seconds, { scale: SECONDS_PER_HOUR });
}

/** What an hour of work brings in value, over all tracked seconds. */
export function valuePerHour(valueMinor: bigint | null, seconds: bigint | null): MoneyRatio {
  return moneyRatio(valueMinor, seconds, { scale: SECONDS_PER_HOUR });
}

function leftOf(feeMinor: bigint | null, costMinor: bigint | null): bigint | null {
  return feeMinor === null || costMinor === null ? null : feeMinor - costMinor;
}
