/** Choices made beforehand, so that a run can be made again; what is not said any more is 0. */
export interface Picks {
  /** A whole number from 0, below `below`. */
  readonly int: (below: number) => number;
  readonly of: <T>(choices: readonly [T, ...T[]]) => T;
  /** `value` in so many of a hundred cases, else null. */
  readonly maybe: <T>(percent: number, value: T) => T | null;
}

/** Takes one choice after another from a list. */
export function picksFrom(numbers: readonly number[]): Picks {
  let at = 0;
  const int = (below: number): number => {
    const number = numbers[at] ?? 0;
    at += 1;
    return number % below;
  };
  return {
    int,
    of: (choices) => choices[int(choices.length)] ?? choices[0],
    maybe: (percent, value) => (int(100) < percent ? value : null),
  };
}

/** Numbers without end that look random, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const DAY_MS = 86_400_000;

// Few days, so that facts meet: about the changes of clocks in the worlds' zones, and about the ends of two months.
const DAYS = [
  '2026-03-07',
  '2026-03-08',
  '2026-03-09',
  '2026-03-20',
  '2026-03-27',
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-03-31',
  '2026-04-01',
  '2026-04-04',
  '2026-04-05',
  '2026-04-06',
] as const;

/** A day that the worlds play on. */
export function dayOf(picks: Picks): string {
  return picks.of(DAYS);
}

/** A moment of such a day, to the minute; now and then just beside a quarter of an hour. */
export function momentOf(picks: Picks): string {
  const minutes = picks.int(24 * 4) * 15 + picks.of([0, 0, 1, -1, 7]);
  return new Date(Date.parse(`${dayOf(picks)}T00:00:00Z`) + minutes * 60_000).toISOString();
}

/** An instant so many days after another. */
export function daysAfter(instant: number, days: number): string {
  return new Date(instant + days * DAY_MS).toISOString();
}
