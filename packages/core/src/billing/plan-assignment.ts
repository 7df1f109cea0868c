import {
  billingPeriodOf,
  DomainError,
  localDateOf,
  startOfDay,
  type CalendarEpoch,
  type Instant,
  type LocalDate,
  type Money,
} from '@retainer/domain';

import type { BillingMonths } from './assignment.entity.ts';

/** A tier version at its terms: what a span of time is or will be held under. */
export interface Term {
  readonly tierId: string;
  readonly tierVersion: number;
  readonly anchor: LocalDate;
  readonly everyMonths: BillingMonths;
  readonly trialEndsAt: Instant | undefined;
}

/** A term that is held: from when until when, and the tier's monthly price. */
export interface Held extends Term {
  readonly from: Instant;
  readonly to: Instant;
  readonly monthly: Money;
}

/** What is asked for; `when` only if the caller said. */
export interface AssignmentWish {
  readonly tierId: string;
  readonly tierVersion: number;
  readonly monthly: Money;
  readonly when: 'now' | 'period_end' | undefined;
  readonly everyMonths: BillingMonths | undefined;
  readonly startDate: LocalDate | undefined;
  readonly trialEndsAt: Instant | undefined;
}

/** Where a client stands: the held terms in order, the calendar, and the time. */
export interface Standing {
  readonly held: readonly Held[];
  readonly epochs: readonly CalendarEpoch[];
  readonly now: Instant;
}

/**
 * `keep`: the tier in force goes on, perhaps with another end of its trial. `start`: there was none.
 * `replace`: another takes its place at once. `schedule`: another takes its place at `at`.
 * Whatever was pending before goes, with all of them.
 */
export type AssignmentPlan =
  | { readonly kind: 'keep'; readonly trialEndsAt: Instant | undefined }
  | { readonly kind: 'start' | 'replace' | 'schedule'; readonly at: Instant; readonly term: Term };

/** Decides what a request to assign a tier does. */
export function planAssignment(standing: Standing, wish: AssignmentWish): AssignmentPlan {
  const current = heldAt(standing.held, standing.now);
  const plan = current ? planOver(current, standing, wish) : planStart(standing, wish);
  assertTrial(plan, current, wish);
  return plan;
}

/** The term in force at an instant. */
export function heldAt<T extends Held>(held: readonly T[], at: Instant): T | undefined {
  return held.find((one) => one.from <= at && at < one.to);
}

/** The billing period of a term that contains an instant. */
export function periodOf(
  term: Pick<Term, 'anchor' | 'everyMonths'>,
  epochs: readonly CalendarEpoch[],
  at: Instant,
): { readonly start: Instant; readonly end: Instant } {
  return billingPeriodOf({ date: term.anchor, everyMonths: term.everyMonths }, epochs, at);
}

function planStart({ held, epochs, now }: Standing, wish: AssignmentWish): AssignmentPlan {
  const ended = Math.max(-Infinity, ...held.filter((one) => one.to <= now).map((one) => one.to));
  const asked = wish.startDate === undefined ? now : startOfDate(epochs, wish.startDate);
  const at = Math.max(asked, ended);
  const term = {
    ...tierOf(wish),
    anchor: wish.startDate ?? localDateOf(zoneAt(epochs, at), at),
    everyMonths: wish.everyMonths ?? 1,
    trialEndsAt: wish.trialEndsAt,
  };
  return { kind: 'start', at, term };
}

function planOver(current: Held, standing: Standing, wish: AssignmentWish): AssignmentPlan {
  const { now } = standing;
  const term = {
    ...tierOf(wish),
    anchor: wish.startDate ?? current.anchor,
    everyMonths: wish.everyMonths ?? current.everyMonths,
    trialEndsAt: wish.trialEndsAt,
  };
  if (isSameDeal(current, term) && !isPaidStart(current, wish)) {
    return { kind: 'keep', trialEndsAt: wish.trialEndsAt };
  }
  const at = waitsUntil(current, standing, wish);
  return at > now ? { kind: 'schedule', at, term } : { kind: 'replace', at: now, term };
}

/** When a change is due: what was said decides, then a start date to come, then the price. */
function waitsUntil(current: Held, { epochs, now }: Standing, wish: AssignmentWish): Instant {
  if (wish.when === 'now') return now;
  if (wish.when === undefined && wish.startDate !== undefined) {
    const startsAt = startOfDate(epochs, wish.startDate);
    if (startsAt > now) return startsAt;
  }
  const waits = wish.when === 'period_end' || isCheaper(wish.monthly, current.monthly);
  return waits ? periodOf(current, epochs, now).end : now;
}

function isSameDeal(current: Held, term: Term): boolean {
  return (
    current.tierId === term.tierId &&
    current.tierVersion === term.tierVersion &&
    current.everyMonths === term.everyMonths &&
    current.anchor === term.anchor
  );
}

/** The tier on trial, asked for without one. */
function isPaidStart(current: Held, wish: AssignmentWish): boolean {
  return current.trialEndsAt !== undefined && wish.trialEndsAt === undefined;
}

function isCheaper(next: Money, current: Money): boolean {
  if (next.currency === current.currency) return next.amountMinor < current.amountMinor;
  throw new DomainError(
    'currency_mismatch',
    `The tier is priced in ${next.currency}, the present one in ${current.currency}, so neither is the higher. Say effective: "now" or "period_end".`,
  );
}

function assertTrial(plan: AssignmentPlan, current: Held | undefined, wish: AssignmentWish): void {
  if (wish.trialEndsAt === undefined) return;
  if (plan.kind === 'keep' && current?.trialEndsAt === undefined) {
    throw new DomainError(
      'not_trialing',
      'The client has this tier already, without a trial. Leave trialEndsAt out.',
    );
  }
  const from = plan.kind === 'keep' ? (current?.from ?? -Infinity) : plan.at;
  if (wish.trialEndsAt > from) return;
  const message = `must lie after the start, ${new Date(from).toISOString()}`;
  throw new DomainError('invalid_input', `trialEndsAt: ${message}`, {
    issues: [{ path: 'trialEndsAt', message }],
  });
}

function tierOf({ tierId, tierVersion }: AssignmentWish): Pick<Term, 'tierId' | 'tierVersion'> {
  return { tierId, tierVersion };
}

/** The start of a date in the latest zone that had begun when its own clocks reached that date. */
function startOfDate(epochs: readonly CalendarEpoch[], date: LocalDate): Instant {
  const epoch = epochs.findLast((one) => startOfDay(one.timeZone, date) >= one.from);
  return startOfDay(epoch?.timeZone ?? zoneAt(epochs, -Infinity), date);
}

function zoneAt(epochs: readonly CalendarEpoch[], at: Instant): string {
  const epoch = epochs.findLast((one) => one.from <= at) ?? epochs[0];
  if (!epoch) throw new RangeError('a client needs a calendar');
  return epoch.timeZone;
}
