import { divideRound, type Rounding } from './rounding.ts';

/** An exact number: a quotient of whole numbers in lowest terms, whose denominator is above 0. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

// Longer text than any rate or amount needs is refused before it is read.
const PLAIN_DECIMAL = /^(-?)(0|[1-9]\d{0,39})(?:\.(\d{1,40}))?$/;

/** The quotient of two whole numbers in lowest terms; throws a RangeError when the denominator is 0. */
export function fraction(num: bigint, den: bigint): Fraction {
  if (den === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  const divisor = commonDivisor(num, den) * (den < 0n ? -1n : 1n);
  return { num: num / divisor, den: den / divisor };
}

/** The number a plain decimal means, with every digit of it, or undefined when the text is none. */
export function parseDecimal(value: string | number): Fraction | undefined {
  const parts = PLAIN_DECIMAL.exec(String(value));
  if (parts === null) return undefined;
  const [, sign = '', whole = '', decimals = ''] = parts;
  const size = BigInt(whole + decimals);
  return fraction(sign === '' ? size : -size, 10n ** BigInt(decimals.length));
}

/** The number as decimal text with exactly so many places, rounded once. */
export function toDecimal(
  value: Fraction,
  places: number,
  rounding: Rounding = 'half_away_from_zero',
): string {
  const units = divideRound(value.num * 10n ** BigInt(places), value.den, rounding);
  return decimalText(units, places);
}

/** A whole number of the smallest units as decimal text: 5 hundredths are 0.05. */
export function decimalText(units: bigint, places: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return sign + digits.slice(0, point) + (places === 0 ? '' : `.${digits.slice(point)}`);
}

/** The exact sum. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

/** The exact difference. */
export function subtractFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den);
}

/** The exact product. */
export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}

/** The exact quotient; throws a RangeError when the second number is 0. */
export function divideFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num);
}

/** Below 0 when the first number is the smaller, above 0 when it is the larger, 0 when they are equal. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
