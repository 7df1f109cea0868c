import { ratioOf, type Ratio } from '../money/ratio.ts';

/** What came of what was spent; null where it is unknown. */
export interface ValueAndCost {
  readonly valueMinor: bigint | null;
  readonly costMinor: bigint | null;
}

/** ROI: value less cost, over cost. Refunds may push it below -1; without a cost there is none. */
export function roi({ valueMinor, costMinor }: ValueAndCost): Ratio {
  const netMinor = valueMinor === null || costMinor === null ? null : valueMinor - costMinor;
  return ratioOf(netMinor, costMinor);
}

/** What a client pays, and what came of it. */
export interface ClientReturn {
  readonly valueMinor: bigint | null;
  readonly feeMinor: bigint | null;
  readonly adSpendMinor: bigint | null;
}

/** The ROI that a client sees: what it pays is its tier's fee and the ad spend, whatever the work cost the agency. */
export function clientRoi({ valueMinor, feeMinor, adSpendMinor }: ClientReturn): Ratio {
  const paid = feeMinor === null || adSpendMinor === null ? null : feeMinor + adSpendMinor;
  return roi({ valueMinor, costMinor: paid });
}

/** ROAS: revenue for each unit of ad spend. */
export function roas(revenueMinor: bigint | null, adSpendMinor: bigint | null): Ratio {
  return ratioOf(revenueMinor, adSpendMinor);
}
