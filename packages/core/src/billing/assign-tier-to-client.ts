import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError, type Money } from '@retainer/domain';
import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { LocalDay, Moment, WorkspaceId } from '../tenancy/input-fields.ts';
import { findTier, findVersion, type TierEdition } from '../tiers/find-tier.ts';
import { TierReference } from '../tiers/tier-input.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { changeTimeline } from './change-timeline.ts';
import { monthlyPriceOf, monthsOf, priceOf } from './intervals.ts';
import { planAssignment, type AssignmentPlan, type AssignmentWish } from './plan-assignment.ts';
import { prorateChange, type ProrationDto } from './prorate-change.ts';
import { addTerm, clearUpcoming, endCurrent, type Timeline } from './timeline.ts';

export const AssignTierInput = z
  .strictObject({
    clientWorkspaceId: WorkspaceId,
    tierId: TierReference,
    version: z.int().min(1).max(2_147_483_647).optional(),
    /** At once, whatever the price. */
    upgrade: z.boolean().optional(),
    effective: z.enum(['now', 'period_end']).optional(),
    interval: z.enum(['monthly', 'quarterly', 'annual']).optional(),
    /** Also the day that billing periods are counted from. */
    startDate: LocalDay.optional(),
    trialEndsAt: Moment.optional(),
  })
  .refine((input) => !(input.upgrade && input.effective === 'period_end'), {
    path: ['effective'],
    error: 'says "period_end" while upgrade: true applies at once. Send one of them.',
  });
export type AssignTierInput = z.input<typeof AssignTierInput>;

/** The client's tier afterwards; for a change at once also what it costs. */
export type AssignedTier = ClientTier & { readonly proration?: ProrationDto };

/** Gives a client a tier, or another one: at once or from a later day on, as the rules of assignment say. */
export async function assignTierToClient(
  ctx: ServiceContext,
  input: AssignTierInput,
): Promise<AssignedTier> {
  const wanted = AssignTierInput.parse(input);
  let proration: ProrationDto | undefined;
  const tier = await changeTimeline(ctx, wanted.clientWorkspaceId, async (em, timeline) => {
    const change = await decideChange(em, ctx, { timeline, wanted });
    await carryOut(em, ctx, { timeline, change });
    ({ proration } = change);
    return ACTIONS[change.plan.kind];
  });
  return proration ? { ...tier, proration } : tier;
}

const ACTIONS = {
  keep: 'assignment.kept',
  start: 'assignment.started',
  replace: 'assignment.changed',
  schedule: 'assignment.change_scheduled',
} as const;

/** What a request will do, and what that costs. */
export interface DecidedChange {
  readonly plan: AssignmentPlan;
  readonly price: Money;
  readonly edition: TierEdition;
  readonly proration: ProrationDto | undefined;
}

/** Decides what a request does to a client's timeline, without doing it. */
export async function decideChange(
  em: EntityManager,
  ctx: ServiceContext,
  { timeline, wanted }: { readonly timeline: Timeline; readonly wanted: Wanted },
): Promise<DecidedChange> {
  const tier = await findTier(em, ctx.agencyId, wanted.tierId);
  const version = await findVersion(em, tier, wanted.version);
  const plan = planAssignment(timeline, wishOf(wanted, { tier, version }));
  if (plan.kind === 'keep') {
    const { current } = timeline;
    const price = priceOf(version, current?.everyMonths ?? 1);
    return { plan, price, edition: { tier, version }, proration: undefined };
  }
  if (tier.archivedAt) {
    throw new DomainError('tier_archived', `${tier.name} is archived. Assign another tier.`);
  }
  const price = priceOf(version, plan.term.everyMonths);
  const proration =
    plan.kind === 'replace' && timeline.current
      ? prorateChange(timeline, {
          before: {
            term: timeline.current,
            price: {
              amountMinor: timeline.current.row.priceMinor,
              currency: timeline.current.row.currency,
            },
            name: (await findTier(em, ctx.agencyId, timeline.current.tierId)).name,
          },
          after: { term: plan.term, price, name: tier.name },
          rounding: (await findAgency(em, ctx.agencyId)).rounding,
        })
      : undefined;
  return { plan, price, edition: { tier, version }, proration };
}

type Wanted = z.output<typeof AssignTierInput>;

function wishOf(wanted: Wanted, { tier, version }: TierEdition): AssignmentWish {
  return {
    tierId: tier.id,
    tierVersion: version.version,
    monthly: monthlyPriceOf(version),
    when: wanted.upgrade ? 'now' : wanted.effective,
    everyMonths: wanted.interval && monthsOf(wanted.interval),
    startDate: wanted.startDate,
    trialEndsAt: wanted.trialEndsAt?.getTime(),
  };
}

async function carryOut(
  em: EntityManager,
  ctx: ServiceContext,
  { timeline, change }: { readonly timeline: Timeline; readonly change: DecidedChange },
): Promise<void> {
  const { plan, price } = change;
  const { client, current } = timeline;
  if (isPendingAlready(timeline, plan)) return;
  await clearUpcoming(em, timeline);
  if (plan.kind === 'keep') {
    if (current && plan.trialEndsAt !== undefined) {
      current.row.trialEndsAt = new Date(plan.trialEndsAt);
    }
    return;
  }
  const { at, term } = plan;
  if (current) await endCurrent(em, current, { at, by: 'change' });
  addTerm(em, ctx, { clientId: client.id, at, term, price });
}

/** A request that was made before and still waits is not made again. */
function isPendingAlready({ upcoming }: Timeline, plan: AssignmentPlan): boolean {
  const [pending, more] = upcoming;
  if (!pending || more || plan.kind === 'keep') return false;
  const { at, term } = plan;
  return (
    pending.from === at &&
    pending.to === Infinity &&
    pending.tierId === term.tierId &&
    pending.tierVersion === term.tierVersion &&
    pending.anchor === term.anchor &&
    pending.everyMonths === term.everyMonths &&
    pending.trialEndsAt === term.trialEndsAt
  );
}
