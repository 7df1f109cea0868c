import type { Sent } from './open-loop.ts';

/** What was seen in some time. */
export interface Window {
  readonly answered: number;
  /** 429 and 503. */
  readonly shed: number;
  readonly timedOut: number;
  /** Anything else. */
  readonly wrong: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sums what was sent; times are of what was answered with 200. */
export function windowOf(sent: readonly Sent[]): Window {
  const took = sent
    .filter(({ status }) => status === 200)
    .map(({ tookMs }) => tookMs)
    .toSorted((a, b) => a - b);
  const at = (share: number): number =>
    took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  const count = (...statuses: number[]): number =>
    sent.filter(({ status }) => statuses.includes(status)).length;
  const [answered, shed, timedOut] = [took.length, count(429, 503), count(0)];
  return {
    answered,
    shed,
    timedOut,
    wrong: sent.length - answered - shed - timedOut,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}
