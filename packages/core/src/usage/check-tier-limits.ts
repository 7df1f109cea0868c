import type { Meter, TierFeatures } from '@retainer/domain';
import * as z from 'zod';

import type { Decision, Usage } from '../gate/answer.ts';
import type { Gate } from '../gate/gate.ts';
import { MeterName, Quantity } from '../hooks/hook-input.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { Moment, WorkspaceId } from '../tenancy/input-fields.ts';
import { PlatformId } from '../tiers/tier-input.ts';
import { getClientTier, type ClientTierStatus } from './get-client-tier.ts';

export const CheckTierLimitsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  meter: MeterName.optional(),
  quantity: Quantity.optional(),
  platforms: z.array(PlatformId).max(100).optional(),
  scheduledAt: Moment.optional(),
  /** Looks at the limits in force at another instant; for the state of every meter only. */
  at: Moment.optional(),
});
export type CheckTierLimitsInput = z.input<typeof CheckTierLimitsInput>;

/** Every limit of a client's tier with what is taken of it, and what the tier grants without counting. */
export interface LimitsState {
  readonly clientWorkspaceId: string;
  readonly status: ClientTierStatus | null;
  readonly usage: readonly Usage[];
  /** `null` without a tier. */
  readonly features: GrantedFeatures | null;
}

/** Features that are on or off, or have a level: nothing of them is counted. */
export interface GrantedFeatures {
  readonly ai: TierFeatures['ai']['level'];
  readonly reports: Pick<TierFeatures['reports'], 'level' | 'cadence'>;
  readonly support: TierFeatures['support'];
  readonly platforms: TierFeatures['platforms']['allowed'];
  readonly customBranding: boolean;
  readonly apiAccess: boolean;
}

/** Says whether an ask would fit, or with no ask the state of every limit. Never changes anything. */
export async function checkTierLimits(
  ctx: ServiceContext,
  gate: Pick<Gate, 'ask'>,
  input: CheckTierLimitsInput,
): Promise<Decision | LimitsState> {
  const parsed = CheckTierLimitsInput.parse(input);
  const { clientWorkspaceId, meter, quantity, platforms, scheduledAt } = parsed;
  const asks = [meter, quantity, platforms, scheduledAt].some((one) => one !== undefined);
  if (!asks) return readLimits(ctx, clientWorkspaceId, parsed.at);
  const asked: Meter = meter ?? 'posts';
  return gate.ask(ctx.agencyId, clientWorkspaceId, {
    type: 'reserve',
    now: (parsed.at ?? ctx.now()).getTime(),
    key: undefined,
    meter: asked,
    quantity: quantity ?? 1,
    platforms: [...new Set(platforms)].toSorted(),
    scheduledAt: scheduledAt?.getTime(),
    expiresAt: undefined,
  });
}

async function readLimits(
  ctx: ServiceContext,
  clientWorkspaceId: string,
  at: Date | undefined,
): Promise<LimitsState> {
  const { tier, status, usage } = await getClientTier(ctx, {
    clientWorkspaceId,
    ...(at && { at }),
  });
  if (!tier || status === 'canceled') return { clientWorkspaceId, status, usage, features: null };
  const { ai, reports, support, platforms, customBranding, apiAccess } = tier.features;
  const features = {
    ai: ai.level,
    reports: { level: reports.level, cadence: reports.cadence },
    support,
    platforms: platforms.allowed,
    customBranding,
    apiAccess,
  };
  return { clientWorkspaceId, status, usage, features };
}
