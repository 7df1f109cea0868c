import type { Instant, Window } from '../calendar/instant.ts';
import type { Limit, Meter } from '../tiers/terms.ts';
import type { ReceiptLine } from './hold.ts';
import { lastSegmentAt, limitAt, stateAt, type Policy, type StateReason } from './policy.ts';

export type ReasonCode =
  | StateReason
  | 'limit_reached'
  | 'limit_is_zero'
  | 'not_in_tier'
  | 'platform_not_in_tier'
  | 'platform_count'
  | 'near_limit'
  | 'soft_limit_exceeded';

/** Why an ask is denied, or what it comes near to. Counts are those before the ask. */
export interface Reason {
  readonly code: ReasonCode;
  readonly meter: Meter;
  /** '' when the reason is about the meter as a whole. */
  readonly platform: string;
  readonly limit: Limit | undefined;
  readonly used: number;
  readonly held: number;
  readonly asked: number;
  readonly window: Window | undefined;
}

/** What is taken of one counter. */
export interface Count {
  readonly used: number;
  readonly held: number;
}

/** Reads the counters of one window, by platform ('' is the whole). */
export type WindowCounts = ReadonlyMap<string, Count>;

/** A wish for capacity in one window. `before` is what the asker already has there. */
export interface Ask {
  readonly meter: Meter;
  readonly now: Instant;
  readonly scheduledAt: Instant;
  readonly window: Window;
  readonly before: readonly ReceiptLine[];
  readonly after: readonly ReceiptLine[];
}

const NONE: Count = { used: 0, held: 0 };

/** Share of a limit from which an allowed ask is a warning. Pinned by the domain's words. */
const NEAR_PERCENT = 80;

/**
 * Every reason that bears on an ask: denials first by state, platform, then limit; warnings after.
 * Only what grows is judged, so an edit that asks for nothing more is never refused. An ask is all or nothing.
 */
export function judge(policy: Policy, counts: WindowCounts, ask: Ask): Reason[] {
  const growth = growthOf(ask);
  if (growth.every((line) => line.asked <= 0)) return [];
  const state = stateAt(policy, ask.now) ?? stateAt(policy, ask.scheduledAt);
  if (state === 'no_assignment') return [reasonFor(state, ask, growth)];
  const reasons: Reason[] = state ? [reasonFor(state, ask, growth)] : [];
  reasons.push(...platformReasons({ policy, counts, ask }, growth));
  for (const line of growth) {
    const reason = line.asked > 0 ? limitReason({ policy, counts, ask }, line) : undefined;
    if (reason) reasons.push(reason);
  }
  return reasons;
}

/** Whether a reason refuses; the others only warn. */
export function denies(reason: Reason): boolean {
  return reason.code !== 'near_limit' && reason.code !== 'soft_limit_exceeded';
}

/** The outcome of an ask, from its reasons. */
export function outcomeOf(reasons: readonly Reason[]): 'allow' | 'warn' | 'deny' {
  if (reasons.some(denies)) return 'deny';
  return reasons.length > 0 ? 'warn' : 'allow';
}

/** An ask and what it is judged by. */
interface Judged {
  readonly policy: Policy;
  readonly counts: WindowCounts;
  readonly ask: Ask;
}

interface Growth {
  readonly platform: string;
  readonly asked: number;
}

function growthOf(ask: Ask): Growth[] {
  const had = new Map(ask.before.map((line) => [line.platform, line.used + line.held]));
  return ask.after.map((line) => ({
    platform: line.platform,
    asked: line.used + line.held - (had.get(line.platform) ?? 0),
  }));
}

function reasonFor(code: StateReason, ask: Ask, growth: readonly Growth[]): Reason {
  const asked = growth.find((line) => line.platform === '')?.asked ?? 0;
  const { meter } = ask;
  return { code, meter, platform: '', limit: undefined, ...NONE, asked, window: undefined };
}

function platformReasons(judged: Judged, growth: readonly Growth[]): Reason[] {
  const { policy, counts, ask } = judged;
  const terms = lastSegmentAt(policy, ask.scheduledAt)?.terms.features.platforms;
  if (!terms || ask.meter !== 'posts') return [];
  const { allowed, max } = terms;
  const asked = growth.filter((line) => line.platform !== '' && line.asked > 0);
  const refused = asked.filter((line) => allowed !== 'all' && !allowed.includes(line.platform));
  const base = { meter: ask.meter, window: ask.window };
  const reasons: Reason[] = refused.map((line) => ({
    ...base,
    code: 'platform_not_in_tier',
    platform: line.platform,
    limit: undefined,
    ...(counts.get(line.platform) ?? NONE),
    asked: line.asked,
  }));
  if (max === null || asked.length === 0) return reasons;
  const inUse = platformsInUse(counts, ask);
  const fresh = asked.filter((line) => !inUse.some(([platform]) => platform === line.platform));
  if (fresh.length > 0 && inUse.length + fresh.length > max) {
    const used = inUse.filter(([, count]) => count.used > 0).length;
    const held = inUse.length - used;
    const code = 'platform_count';
    reasons.push({ ...base, code, platform: '', limit: max, used, held, asked: fresh.length });
  }
  return reasons;
}

// What others use or the asker keeps; a platform that only the asker had and now leaves is free.
function platformsInUse(counts: WindowCounts, ask: Ask): [string, Count][] {
  return [...counts].filter(([platform, count]) => {
    if (platform === '') return false;
    const own = ask.before.find((line) => line.platform === platform);
    const isLeft = own && !ask.after.some((line) => line.platform === platform);
    return count.used + count.held > (isLeft ? own.used + own.held : 0);
  });
}

function limitReason({ policy, counts, ask }: Judged, line: Growth): Reason | undefined {
  const gate = { meter: ask.meter, platform: line.platform };
  const limit = limitAt(policy, gate, ask.scheduledAt);
  const count = counts.get(line.platform) ?? NONE;
  const found = (code: ReasonCode): Reason => {
    const { used, held } = count;
    return { ...gate, code, limit, used, held, asked: line.asked, window: ask.window };
  };
  // A platform without a sub-limit is counted, not limited.
  if (limit === undefined) return line.platform === '' ? found('not_in_tier') : undefined;
  if (limit === null) return undefined;
  const total = count.used + count.held + line.asked;
  if (total > limit) {
    const soft = lastSegmentAt(policy, ask.scheduledAt)?.terms.enforcement === 'soft';
    if (soft) return found('soft_limit_exceeded');
    return found(limit === 0 ? 'limit_is_zero' : 'limit_reached');
  }
  return total * 100 >= limit * NEAR_PERCENT ? found('near_limit') : undefined;
}
