import type { Claim } from '../money/allocate.ts';

/** Custom weights as whole numbers in the same relation: 0.5 to 1.25 are 50 to 125. They are plain decimals, 0 or more. */
export function wholeWeights(weights: Readonly<Record<string, string>>): Claim[] {
  const parts = Object.entries(weights).map(([id, text]) => {
    const [whole = '', decimals = ''] = text.split('.');
    return { id, whole, decimals };
  });
  const places = parts.reduce((most, { decimals }) => Math.max(most, decimals.length), 0);
  return parts.map(({ id, whole, decimals }) => ({
    id,
    weight: BigInt(whole + decimals.padEnd(places, '0')),
  }));
}
