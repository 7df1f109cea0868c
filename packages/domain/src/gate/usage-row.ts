import type { Window } from '../calendar/instant.ts';
import type { Limit, Meter } from '../tiers/terms.ts';
import type { Count } from './decide.ts';

/** What is taken of one limit, as people read it. */
export interface UsageRow {
  readonly meter: Meter;
  readonly platform: string;
  readonly window: Window | undefined;
  readonly used: number;
  readonly held: number;
  readonly limit: Limit;
  /** `null` when unlimited; never below 0. */
  readonly remaining: Limit;
  /** How far used + held pass the limit. */
  readonly over: number;
  /** Percent of the limit with four decimals; `undefined` when the limit is null or 0. */
  readonly percent: string | undefined;
}

/** Puts a count beside its limit. A meter that is not in the tier reads as a limit of 0. */
export function usageRow(
  gate: { readonly meter: Meter; readonly platform: string; readonly window: Window | undefined },
  count: Count,
  limit: Limit | undefined,
): UsageRow {
  const cap = limit === undefined ? 0 : limit;
  const taken = count.used + count.held;
  return {
    ...gate,
    used: count.used,
    held: count.held,
    limit: cap,
    remaining: cap === null ? null : Math.max(0, cap - taken),
    over: cap === null ? 0 : Math.max(0, taken - cap),
    percent: cap ? percentText(taken, cap) : undefined,
  };
}

// Exact in integers; half away from zero is half up, as nothing here is negative.
function percentText(taken: number, limit: number): string {
  const scaled = (BigInt(taken) * 2_000_000n + BigInt(limit)) / (2n * BigInt(limit));
  return `${scaled / 10_000n}.${(scaled % 10_000n).toString().padStart(4, '0')}`;
}
