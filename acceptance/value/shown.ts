import type { Fraction, Missing, MoneyRatio, Ratio, Total } from '@retainer/domain';

import type { Fields } from '../compare.ts';

/** A whole number as the cases write it. */
export function number(value: bigint): number {
  return Number(value);
}

/** A whole number that may be unknown. */
export function numberOrNull(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}

/** A ratio: its decimal and its fraction, or why it has none. */
export function ratioFields(ratio: Ratio): Fields {
  return ratio.value === null
    ? { value: null, fraction: null, reason: ratio.reason }
    : { value: ratio.value, fraction: fractionText(ratio.fraction) };
}

/** A money ratio: minor units rounded and exact, or why it has none. */
export function moneyFields(ratio: MoneyRatio): Fields {
  return ratio.minor === null
    ? { minor: null, exactMinor6: null, reason: ratio.reason }
    : { minor: Number(ratio.minor), exactMinor6: ratio.exact };
}

/** A single figure, or why it has none. */
export function figureFields(figure: { readonly value: bigint } | Missing): Fields {
  return figure.value === null
    ? { value: null, reason: figure.reason }
    : { value: Number(figure.value) };
}

/** A total, with what of it is known. */
export function totalFields(total: Total): Fields {
  const knownMinor = Number(total.knownMinor);
  return total.totalMinor === null
    ? { totalMinor: null, knownMinor, reason: total.reason }
    : { totalMinor: Number(total.totalMinor), knownMinor };
}

/** A map of whole numbers as an object. */
export function numbersByKey(map: ReadonlyMap<string, bigint | number>): Fields {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, Number(value)]));
}

function fractionText({ num, den }: Fraction): string {
  return `${num}/${den}`;
}
