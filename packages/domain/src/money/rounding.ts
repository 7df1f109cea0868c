/** Which way an exact half goes: away from zero, or to the even neighbour. */
export type Rounding = 'half_away_from_zero' | 'half_even';

/** The whole number nearest to the quotient, mirrored around zero; throws a RangeError when the denominator is 0. */
export function divideRound(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const divisor = magnitude(denominator);
  const dividend = magnitude(numerator);
  const quotient = dividend / divisor;
  const twiceRest = (dividend % divisor) * 2n;

  const isHalfUp = rounding === 'half_away_from_zero' || quotient % 2n === 1n;
  const goesUp = twiceRest > divisor || (twiceRest === divisor && isHalfUp);
  const rounded = goesUp ? quotient + 1n : quotient;
  return isNegative ? -rounded : rounded;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
