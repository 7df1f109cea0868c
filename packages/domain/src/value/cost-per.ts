import { moneyRatio, type MoneyRatio } from '../money/ratio.ts';

const MILLE = 1000n;

/** CPM: total cost of a thousand impressions. */
export function cpm(costMinor: bigint | null, impressions: bigint | null): MoneyRatio {
  return moneyRatio(costMinor, impressions, { scale: MILLE });
}

/** Total cost of one impression, often below a minor unit. */
export function cpi(costMinor: bigint | null, impressions: bigint | null): MoneyRatio {
  return moneyRatio(costMinor, impressions);
}

/** CPL: total cost of one lead. */
export function cpl(costMinor: bigint | null, leads: bigint | null): MoneyRatio {
  return moneyRatio(costMinor, leads);
}

/** CPA: total cost of one conversion. */
export function cpa(costMinor: bigint | null, conversions: bigint | null): MoneyRatio {
  return moneyRatio(costMinor, conversions);
}

/** CPC: ad spend of one click; what else was spent does not count. */
export function cpc(adSpendMinor: bigint | null, clicks: bigint | null): MoneyRatio {
  return moneyRatio(adSpendMinor, clicks);
}
