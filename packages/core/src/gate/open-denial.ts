import {
  denies,
  type Instant,
  type Meter,
  type Policy,
  type Reason,
  type TierTerms,
} from '@retainer/domain';

import type { Decision, SuggestedTier } from './answer.ts';
import type { ClientState } from './client-state.ts';

/** A denial that still lacks what only later windows and other tiers can tell. */
export interface OpenDenial {
  readonly state: ClientState;
  /** The answer that was given; `answerDenial` completes it in place before it is written. */
  readonly decision: Decision;
  readonly refusals: readonly Reason[];
  readonly meter: Meter;
  readonly from: Instant;
  /** Whether another time could help at all; a level has no other time. */
  readonly isMovable: boolean;
  /** The reasons the same ask would meet under a policy, at its own time or at a later one. */
  readonly retry: (policy: Policy, at: Instant | undefined) => readonly Reason[];
}

/** A tier that could be suggested, cheapest first. */
export interface TierOffer extends SuggestedTier {
  readonly terms: TierTerms;
}

/** What would have helped: a later time, a larger tier. */
export interface Remedy {
  readonly nextFitAt: Date | null;
  readonly suggestedTier: SuggestedTier | null;
}

const TIER_CODES: ReadonlySet<string> = new Set([
  'limit_reached',
  'limit_is_zero',
  'not_in_tier',
  'platform_not_in_tier',
  'platform_count',
  'no_assignment',
]);

/** How far ahead a fitting time is looked for. */
export const WINDOWS_AHEAD = 60;

/** The next time the ask would fit (window by window) and the smallest tier that would allow it as it is. */
export function remedyFor(
  open: OpenDenial,
  windowEnds: readonly Instant[],
  offers: readonly TierOffer[],
): Remedy {
  return { nextFitAt: nextFit(open, windowEnds), suggestedTier: smallestTier(open, offers) };
}

function nextFit(open: OpenDenial, windowEnds: readonly Instant[]): Date | null {
  if (!open.isMovable) return null;
  const { policy } = open.state;
  const changes = [
    ...policy.segments.map((segment) => segment.from),
    ...policy.blocks.map((block) => block.to),
    ...policy.overrides.flatMap((one) => [one.from, one.to]),
  ];
  const candidates = [...windowEnds, ...changes].filter(
    (at) => Number.isFinite(at) && at > open.from,
  );
  const last = windowEnds.at(-1) ?? open.from;
  const found = [...new Set(candidates)]
    .toSorted((a, b) => a - b)
    .find((at) => at <= last && !open.retry(policy, at).some(denies));
  return found === undefined ? null : new Date(found);
}

function smallestTier(open: OpenDenial, offers: readonly TierOffer[]): SuggestedTier | null {
  if (!open.refusals.every((reason) => TIER_CODES.has(reason.code))) return null;
  const { policy } = open.state;
  const fitting = offers.find(
    (offer) => !open.retry(withTerms(policy, offer), undefined).some(denies),
  );
  return fitting ? { id: fitting.id, key: fitting.key, name: fitting.name } : null;
}

// The policy as it would be under other terms: what a larger tier would have said.
function withTerms(
  policy: Policy,
  tier: { readonly terms: Policy['segments'][number]['terms'] },
): Policy {
  const open = policy.segments.length > 0 ? policy.segments : [OPEN_SEGMENT];
  return { ...policy, segments: open.map((segment) => ({ ...segment, terms: tier.terms })) };
}

const OPEN_SEGMENT: Omit<Policy['segments'][number], 'terms'> = {
  from: -Infinity,
  to: Infinity,
  endedBy: undefined,
  tierId: '',
  tierKey: '',
  tierVersion: 0,
  anchor: '2000-01-01',
  everyMonths: 1,
  trialEndsAt: undefined,
};
