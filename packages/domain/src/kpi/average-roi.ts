import { fraction } from '../money/fraction.ts';
import { missing } from '../money/missing.ts';
import { shownRatio, type Ratio } from '../money/ratio.ts';
import { divideRound } from '../money/rounding.ts';
import type { ValueAndCost } from '../value/return-on.ts';

// The common denominator of a thousand costs has tens of thousands of digits. Summed with ten digits to spare, a mean
// that has at most these is exact, ties of what is shown among them, and any other differs by less than the last one.
const PLACES = 50n;
const UNIT = 10n ** PLACES;
const SPARE = 10n ** 10n;
const ROUNDING = 'half_away_from_zero';

/**
 * The mean of the ROI of each client, the one figure that is a mean of ratios. It takes the clients whose value is
 * known and whose cost is above 0: a large client weighs as much as a small one.
 */
export function averageRoi(clients: readonly ValueAndCost[]): Ratio {
  let sum = 0n;
  let count = 0n;
  let isKnown = false;
  for (const { valueMinor, costMinor } of clients) {
    if (valueMinor === null || costMinor === null) continue;
    isKnown = true;
    if (costMinor <= 0n) continue;
    sum += divideRound((valueMinor - costMinor) * UNIT * SPARE, costMinor, ROUNDING);
    count += 1n;
  }
  if (count === 0n) return missing(isKnown ? 'zero_denominator' : 'missing_data');
  return shownRatio(fraction(divideRound(sum, count * SPARE, ROUNDING), UNIT));
}
