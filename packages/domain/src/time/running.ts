import type { Instant, Window } from '../calendar/instant.ts';
import { secondsOf } from './split-by-day.ts';

/** A timer, and when it was stopped. */
export interface Timer {
  readonly startedAt: Instant;
  readonly endedAt: Instant | undefined;
}

/** What a timer shows while it runs, and what of it is a fact: nothing until it is stopped. */
export interface TimerFigures {
  readonly liveSeconds: number;
  readonly liveCostMinor: bigint | null;
  readonly closedSeconds: number;
  readonly closedCostMinor: bigint | null;
  readonly includedInPeriodTotals: boolean;
}

/** The figures of a timer at an instant. `price` tells what a span costs, null when a rate is missing. */
export function timerFigures(
  timer: Timer,
  now: Instant,
  price: (span: Window) => bigint | null,
): TimerFigures {
  const { startedAt: start, endedAt } = timer;
  const isStopped = endedAt !== undefined;
  // Clocks of two machines differ: what has just started has run for no time, never for less.
  const span: Window = { start, end: endedAt ?? Math.max(start, now) };
  const [seconds, costMinor] = [secondsOf(span), price(span)];
  return {
    liveSeconds: isStopped ? 0 : seconds,
    liveCostMinor: isStopped ? 0n : costMinor,
    closedSeconds: isStopped ? seconds : 0,
    closedCostMinor: isStopped ? costMinor : 0n,
    includedInPeriodTotals: isStopped,
  };
}
