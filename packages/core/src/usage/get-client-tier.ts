import type { EntityManager } from '@mikro-orm/postgresql';
import {
  billingPeriodOf,
  lastSegmentAt,
  segmentAt,
  type Instant,
  type MoneyWire,
  type Policy,
  type Segment,
} from '@retainer/domain';
import * as z from 'zod';

import { Assignment } from '../billing/assignment.entity.ts';
import { sqlSession } from '../db/sql-session.ts';
import type { Usage } from '../gate/answer.ts';
import { lookWithin } from '../gate/host-transaction.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Moment, WorkspaceId } from '../tenancy/input-fields.ts';
import { moneyWire } from '../tenancy/money-input.ts';
import { findTier, findVersion } from '../tiers/find-tier.ts';
import { toTierDto, type TierDto } from '../tiers/tier-dto.ts';

export type { Usage } from '../gate/answer.ts';

export const GetClientTierInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** The instant to look at; now when left out. */
  at: Moment.optional(),
});
export type GetClientTierInput = z.input<typeof GetClientTierInput>;

export type ClientTierStatus = 'trialing' | 'active' | 'paused' | 'past_due' | 'canceled';

/** What a client pays for, and until when. */
export interface Billing {
  readonly interval: 'monthly' | 'quarterly' | 'annual';
  /** The day that periods are counted from. */
  readonly anchor: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly price: MoneyWire;
  readonly scheduledChange: ScheduledChange | null;
}

/** Another tier that takes over later. */
export interface ScheduledChange {
  readonly tier: { readonly id: string; readonly key: string; readonly name: string };
  readonly version: number;
  readonly effectiveAt: Date;
}

/** A client's tier, state, billing period and usage at one instant. `tier` is null before the first assignment. */
export interface ClientTier {
  readonly clientWorkspaceId: string;
  readonly tier: TierDto | null;
  readonly status: ClientTierStatus | null;
  readonly billing: Billing | null;
  /** When the first assignment begins, if none has yet. */
  readonly startsAt: Date | null;
  readonly trialEndsAt: Date | null;
  /** When the service ends or has ended, once it was canceled. */
  readonly endsAt: Date | null;
  readonly usage: readonly Usage[];
}

/** The tier in force at an instant, with its limits, and what their windows hold now. */
export async function getClientTier(
  ctx: ServiceContext,
  input: GetClientTierInput,
): Promise<ClientTier> {
  const { clientWorkspaceId, at = ctx.now() } = GetClientTierInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const instant = at.getTime();
      const session = sqlSession(em);
      const seen = await lookWithin(session, ctx.agencyId, {
        clientId: clientWorkspaceId,
        at: instant,
      });
      const { policy, usage } = seen;
      const segment = lastSegmentAt(policy, instant);
      const upcoming = policy.segments.find((one) => one.from > instant);
      const base = { clientWorkspaceId, usage, startsAt: null };
      if (!segment) {
        const startsAt = upcoming ? new Date(upcoming.from) : null;
        const nothing = {
          tier: null,
          status: null,
          billing: null,
          trialEndsAt: null,
          endsAt: null,
        };
        return { ...base, ...nothing, startsAt };
      }
      const tier = await findTier(em, ctx.agencyId, segment.tierId);
      const version = await findVersion(em, tier, segment.tierVersion);
      return {
        ...base,
        tier: toTierDto(tier, version),
        status: statusAt(policy, instant),
        billing: await billingOf(em, ctx, {
          policy,
          segment,
          upcoming,
          clientWorkspaceId,
          at: instant,
        }),
        trialEndsAt: dateOf(segment.trialEndsAt),
        endsAt: segment.endedBy === 'cancel' ? dateOf(segment.to) : null,
      };
    },
    { readOnly: true },
  );
}

/** How a client stands at an instant that lies in or after an assignment. */
export function statusAt(policy: Policy, at: Instant): ClientTierStatus {
  const segment = segmentAt(policy, at);
  if (!segment) return 'canceled';
  const kinds = policy.blocks
    .filter((block) => block.from <= at && at < block.to)
    .map((block) => block.kind);
  if (kinds.includes('paused') || kinds.includes('stopped')) return 'paused';
  if (kinds.includes('past_due')) return 'past_due';
  return segment.trialEndsAt === undefined ? 'active' : 'trialing';
}

const INTERVALS = { 1: 'monthly', 3: 'quarterly', 12: 'annual' } as const;

async function billingOf(
  em: EntityManager,
  ctx: ServiceContext,
  seen: {
    readonly policy: Policy;
    readonly segment: Segment;
    readonly upcoming: Segment | undefined;
    readonly clientWorkspaceId: string;
    readonly at: Instant;
  },
): Promise<Billing> {
  const { policy, segment, upcoming } = seen;
  const { anchor, everyMonths } = segment;
  const period = billingPeriodOf({ date: anchor, everyMonths }, policy.epochs, seen.at);
  const row = await em.findOneOrFail(Assignment, {
    agencyId: ctx.agencyId,
    clientId: seen.clientWorkspaceId,
    startsAt: new Date(segment.from),
  });
  const change = upcoming && segment.endedBy !== 'cancel' ? upcoming : undefined;
  return {
    interval: INTERVALS[everyMonths],
    anchor,
    periodStart: new Date(period.start),
    periodEnd: new Date(period.end),
    price: moneyWire(row.priceMinor, row.currency),
    scheduledChange: change ? await changeOf(em, ctx, change) : null,
  };
}

async function changeOf(
  em: EntityManager,
  ctx: ServiceContext,
  segment: Segment,
): Promise<ScheduledChange> {
  const { id, key, name } = await findTier(em, ctx.agencyId, segment.tierId);
  const effectiveAt = new Date(segment.from);
  return { tier: { id, key, name }, version: segment.tierVersion, effectiveAt };
}

function dateOf(at: Instant | undefined): Date | null {
  return at === undefined || !Number.isFinite(at) ? null : new Date(at);
}
