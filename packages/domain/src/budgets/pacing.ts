import { moneyRatio, type MoneyRatio } from '../money/ratio.ts';

/** What was spent in the complete days so far, and how many days the period has. */
export interface Pace {
  readonly spentMinor: bigint | null;
  readonly elapsedDays: bigint;
  readonly daysInPeriod: bigint;
}

/** What will have been spent at the end of the period at the pace so far; unknown before its first day is over. */
export function pacing({ spentMinor, elapsedDays, daysInPeriod }: Pace): MoneyRatio {
  return moneyRatio(spentMinor, elapsedDays, { scale: daysInPeriod });
}
