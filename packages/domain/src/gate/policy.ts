import type { BillingAnchor } from '../calendar/billing-period.ts';
import { billingPeriodOf } from '../calendar/billing-period.ts';
import type { Instant, LocalDate, Window } from '../calendar/instant.ts';
import { weekOf, type CalendarEpoch } from '../calendar/week.ts';
import { limitOf, spanOf, type Limit, type Meter, type TierTerms } from '../tiers/terms.ts';

/** One tier version held by a client from `from` until `to` (exclusive; Infinity while open). */
export interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  /** Why it ends: another tier follows, or the client leaves. */
  readonly endedBy: 'change' | 'cancel' | undefined;
  readonly tierId: string;
  readonly tierKey: string;
  readonly tierVersion: number;
  readonly terms: TierTerms;
  readonly anchor: LocalDate;
  readonly everyMonths: 1 | 3 | 12;
  readonly trialEndsAt: Instant | undefined;
}

/** A dated reason to refuse new holds. */
export interface Block {
  readonly kind: 'paused' | 'stopped' | 'past_due';
  readonly from: Instant;
  readonly to: Instant;
}

/** A promise made to one client beside its tier. `platform` is '' for the meter as a whole. */
export interface Override {
  readonly meter: Meter;
  readonly platform: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly kind: 'delta' | 'limit';
  /** `null` on a limit is unlimited. */
  readonly amount: number | null;
  /** Grows with every grant: the newest limit wins. */
  readonly seq: number;
}

/** All that was promised to one client, past and to come. Immutable: a change makes a new version. */
export interface Policy {
  readonly clientId: string;
  readonly version: number;
  readonly epochs: readonly CalendarEpoch[];
  /** By `from`, never overlapping. */
  readonly segments: readonly Segment[];
  readonly blocks: readonly Block[];
  readonly overrides: readonly Override[];
  /** The agency's rule: does being past due refuse new holds? */
  readonly pastDueBlocks: boolean;
}

export type StateReason =
  | 'no_assignment'
  | 'assignment_ended'
  | 'trial_ended'
  | 'assignment_paused'
  | 'assignment_past_due';

/** The span of a level: all of time. */
export const ALWAYS: Window = { start: -Infinity, end: Infinity };

/** The tier version in force at an instant. */
export function segmentAt(policy: Policy, at: Instant): Segment | undefined {
  return policy.segments.find((segment) => segment.from <= at && at < segment.to);
}

/** The tier version in force, else the one that ended last before: what a canceled client had. */
export function lastSegmentAt(policy: Policy, at: Instant): Segment | undefined {
  return policy.segments.findLast((segment) => segment.from <= at);
}

/** Why no new hold may be taken at this instant; nothing when it may. Blocking states are OR-ed. */
export function stateAt(policy: Policy, at: Instant): StateReason | undefined {
  const segment = segmentAt(policy, at);
  if (!segment) {
    const last = lastSegmentAt(policy, at);
    return last ? 'assignment_ended' : 'no_assignment';
  }
  if (segment.trialEndsAt !== undefined && at >= segment.trialEndsAt) return 'trial_ended';
  const active = policy.blocks.filter((block) => block.from <= at && at < block.to);
  if (active.some((block) => block.kind !== 'past_due')) return 'assignment_paused';
  if (policy.pastDueBlocks && active.length > 0) return 'assignment_past_due';
  return undefined;
}

/** The limit on a meter (or on one platform of it) in force at an instant, the client's overrides over the tier's. */
export function limitAt(
  policy: Policy,
  gate: { readonly meter: Meter; readonly platform: string },
  at: Instant,
): Limit | undefined {
  const segment = lastSegmentAt(policy, at);
  const inForce = policy.overrides.filter(
    (one) =>
      one.meter === gate.meter && one.platform === gate.platform && one.from <= at && at < one.to,
  );
  const newest = inForce
    .filter((one) => one.kind === 'limit')
    .reduce<Override | undefined>(
      (best, one) => (best && best.seq > one.seq ? best : one),
      undefined,
    );
  const base = newest ? newest.amount : segment && tierLimit(segment.terms, gate);
  if (base === undefined || base === null) return base;
  const deltas = inForce.filter((one) => one.kind === 'delta');
  return Math.max(
    0,
    deltas.reduce((sum, one) => sum + (one.amount ?? 0), base),
  );
}

function tierLimit(
  terms: TierTerms,
  gate: { readonly meter: Meter; readonly platform: string },
): Limit | undefined {
  if (gate.platform === '') return limitOf(terms, gate.meter);
  return gate.meter === 'posts' ? terms.features.platforms.perPlatform[gate.platform] : undefined;
}

const CALENDAR_MONTHS: BillingAnchor = { date: '2000-01-01', everyMonths: 1 };

/** The window of a meter that contains an instant. Without an assignment billing windows are calendar months. */
export function windowAt(policy: Policy, meter: Meter, at: Instant): Window {
  switch (spanOf(meter)) {
    case 'level':
      return ALWAYS;
    case 'week':
      return weekOf(policy.epochs, at);
    case 'billing': {
      const segment = lastSegmentAt(policy, at) ?? policy.segments[0];
      const anchor = segment
        ? { date: segment.anchor, everyMonths: segment.everyMonths }
        : CALENDAR_MONTHS;
      return billingPeriodOf(anchor, policy.epochs, at);
    }
  }
}
