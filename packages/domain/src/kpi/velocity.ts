import { ratioOf, type Ratio } from '../money/ratio.ts';

/** How many there were a day, over complete local days that have passed. */
export function velocity(count: bigint | null, days: bigint): Ratio {
  return ratioOf(count, days);
}
