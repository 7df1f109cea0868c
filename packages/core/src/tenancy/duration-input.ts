import { parseDecimal } from '@retainer/domain';

import { decimalInput } from './decimal-input.ts';

const SECONDS = { hours: 3600, minutes: 60 } as const;

/** What a length of time is told in. */
export type DurationUnit = keyof typeof SECONDS;

/** A length of time as a decimal number of hours or minutes that makes whole seconds. */
export function durationInput(unit: DurationUnit) {
  return decimalInput({ zero: true, digits: 6, places: 4 }).refine(
    (text) => Number.isInteger(secondsIn(text, unit)),
    { error: `must be a number of ${unit} that makes whole seconds, such as 37.5` },
  );
}

/** The seconds of a length that `durationInput` let through. */
export function secondsIn(text: string, unit: DurationUnit): number {
  const { num, den } = parseDecimal(text) ?? { num: 0n, den: 1n };
  return Number(num * BigInt(SECONDS[unit])) / Number(den);
}

/** Seconds as the number of hours or minutes they were told as. */
export function durationOf(seconds: number, unit: DurationUnit): number {
  return seconds / SECONDS[unit];
}
