import type { Instant, Window } from '../calendar/instant.ts';
import { fraction } from '../money/fraction.ts';
import { missing } from '../money/missing.ts';
import { shownRatio, type Ratio } from '../money/ratio.ts';
import type { Limit } from '../tiers/terms.ts';

/** Why an allowance has no day on which it runs out. */
export type RunOutReason =
  | 'not_in_tier'
  | 'unlimited'
  | 'limit_is_zero'
  | 'used_up'
  | 'no_elapsed_time'
  | 'no_use'
  | 'lasts';

/** When nothing of an allowance will be left, at the pace so far; else why that cannot be said. */
export type RunOut =
  | { readonly at: Instant; readonly reason: null }
  | { readonly at: null; readonly reason: RunOutReason };

/** What is taken of an allowance, and how much of that came about in how much time. */
export interface Use {
  readonly limit: Limit | undefined;
  readonly taken: number;
  readonly now: Instant;
  /** Of a window all that is taken in it, since its start; of a level what it grew by, since then. */
  readonly grown: number;
  readonly since: Instant;
  /** Where the allowance begins anew; a level never does. */
  readonly resetsAt: Instant;
}

const DAY_MS = 86_400_000;
/** Levels that last for so long last for good: no pace holds for years. */
const FURTHEST_MS = 3_650 * DAY_MS;
/** How far back the growth of a level is looked at. Pinned by the published rules. */
export const LEVEL_DAYS = 28;

/** The use of a window: used and held, over the part of it that has passed. */
export function windowUse(of: {
  readonly limit: Limit | undefined;
  readonly taken: number;
  readonly window: Window;
  readonly now: Instant;
}): Use {
  const { limit, taken, window, now } = of;
  return { limit, taken, now, grown: taken, since: window.start, resetsAt: window.end };
}

/** The use of a level: what it grew by in the last four weeks. */
export function levelUse(of: {
  readonly limit: Limit | undefined;
  readonly taken: number;
  readonly grown: number;
  readonly now: Instant;
}): Use {
  return { ...of, since: of.now - LEVEL_DAYS * DAY_MS, resetsAt: Infinity };
}

/** When an allowance runs out at the pace so far, to the millisecond; counts are exact whatever their size. */
export function runOut(use: Use): RunOut {
  const { limit, taken, grown, now, since, resetsAt } = use;
  const reason = withoutPace(use);
  if (reason !== undefined) return { at: null, reason };
  const left = BigInt((limit ?? 0) - taken);
  const wait = (left * BigInt(now - since)) / BigInt(grown);
  if (wait > BigInt(FURTHEST_MS)) return { at: null, reason: 'lasts' };
  const at = now + Number(wait);
  return at < resetsAt ? { at, reason: null } : { at: null, reason: 'lasts' };
}

/** How much is taken a day at the pace so far. */
export function pacePerDay({ grown, now, since }: Use): Ratio {
  if (now <= since) return missing('no_complete_day');
  return shownRatio(fraction(BigInt(grown) * BigInt(DAY_MS), BigInt(now - since)));
}

function withoutPace({ limit, taken, grown, now, since }: Use): RunOutReason | undefined {
  if (limit === undefined) return 'not_in_tier';
  if (limit === null) return 'unlimited';
  if (limit === 0) return 'limit_is_zero';
  if (taken >= limit) return 'used_up';
  if (now <= since) return 'no_elapsed_time';
  return grown <= 0 ? 'no_use' : undefined;
}
