/** Why a figure has no value. It is said in place of a number: never 0, and never a guess. */
export type MissingReason =
  | 'missing_data'
  | 'zero_denominator'
  | 'missing_rate'
  | 'mixed_currency'
  | 'not_additive'
  | 'missing_benchmark'
  | 'no_complete_day'
  | 'no_data';

/** A figure without a value. */
export interface Missing {
  readonly value: null;
  readonly reason: MissingReason;
}

/** The figure that has no value for this reason. */
export function missing(reason: MissingReason): Missing {
  return { value: null, reason };
}
