import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { isMeter, METERS } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { HostId } from '../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { keyReused } from '../kernel/replay.ts';
import { invalidField, LimitValue, Moment, Note, WorkspaceId } from '../tenancy/input-fields.ts';
import { lockForChange } from '../tenancy/lock-client.ts';
import { PlatformId } from '../tiers/tier-input.ts';
import { getClientTier, type ClientTier } from '../usage/get-client-tier.ts';
import { LimitOverride } from './limit-override.entity.ts';
import { toOverrideDto, type OverrideDto } from './overrides.ts';

const MeterName = z
  .string()
  .max(64)
  .refine(isMeter, {
    params: { domainCode: 'unknown_meter' },
    error: `is not a meter. Meters are ${METERS.join(', ')}.`,
  });

export const GrantOverrideInput = z
  .strictObject({
    clientWorkspaceId: WorkspaceId,
    meter: MeterName,
    /** For a sub-limit of posts on one platform. */
    platform: PlatformId.optional(),
    /** How many more than the tier, or fewer. */
    delta: z.int().optional(),
    /** In place of the tier's; null is unlimited, 0 is none. */
    limit: LimitValue.optional(),
    from: Moment.optional(),
    to: Moment.nullable().default(null),
    reason: Note.default(''),
    /** Sent again, the same key answers with what it made, and promises nothing more. */
    idempotencyKey: HostId.optional(),
  })
  .refine((input) => (input.delta === undefined) !== (input.limit === undefined), {
    path: ['limit'],
    error: 'or delta must be given, and not both',
  })
  .refine((input) => input.platform === undefined || input.meter === 'posts', {
    path: ['platform'],
    error: 'goes with the meter posts only',
  });
export type GrantOverrideInput = z.input<typeof GrantOverrideInput>;
type Wanted = z.output<typeof GrantOverrideInput>;

/** The client's tier afterwards, and the promise that was made. */
export type GrantedOverride = ClientTier & { readonly override: OverrideDto };

/** Promises a client more or less than its tier for a time; it wins over the tier, also over one assigned later. */
export async function grantOverride(
  ctx: ServiceContext,
  input: GrantOverrideInput,
): Promise<GrantedOverride> {
  const wanted = GrantOverrideInput.parse(input);
  const { clientWorkspaceId, meter, platform = '', delta, to: endsAt, reason } = wanted;
  const now = ctx.now();
  const startsAt = wanted.from ?? now;
  if (endsAt && endsAt <= startsAt) throw invalidField('to', 'must lie after from');
  return inTransaction(ctx, async (em) => {
    await lockForChange(em, ctx.agencyId, clientWorkspaceId);
    const promise = {
      clientId: clientWorkspaceId,
      meter,
      platform,
      endsAt,
      kind: delta === undefined ? 'limit' : 'delta',
      amount: delta ?? wanted.limit ?? null,
      reason,
    } as const;
    const id = idOf(wanted);
    const before = await em.findOne(LimitOverride, { agencyId: ctx.agencyId, id });
    if (before) {
      if (!isSame(before, { ...promise, startsAt: wanted.from })) throw keyReused('idempotencyKey');
      return {
        ...(await getClientTier(ctx, { clientWorkspaceId })),
        override: toOverrideDto(before),
      };
    }
    const row = em.create(LimitOverride, {
      agencyId: ctx.agencyId,
      id,
      ...promise,
      startsAt,
      createdAt: now,
      revokedAt: null,
    });
    const override = toOverrideDto(row);
    recordAudit(em, ctx, {
      action: 'override.granted',
      subject: `override:${row.id}`,
      clientId: clientWorkspaceId,
      after: override,
    });
    await em.flush();
    return { ...(await getClientTier(ctx, { clientWorkspaceId })), override };
  });
}

/** A key of a client's names one promise and no other: its id is made of both. */
function idOf({ clientWorkspaceId, idempotencyKey }: Wanted): string {
  if (idempotencyKey === undefined) return randomUUID();
  const named = JSON.stringify(['override', clientWorkspaceId, idempotencyKey]);
  const hash = createHash('sha256').update(named).digest('hex');
  // Version 8 is the one whose bits a maker defines.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

type Promised = Pick<
  LimitOverride,
  'clientId' | 'meter' | 'platform' | 'kind' | 'amount' | 'reason' | 'endsAt'
> & { readonly startsAt: Date | undefined };

/** Whether the promise that stands is the one that is asked for; one without a start began when it first came. */
function isSame(row: LimitOverride, { startsAt = row.startsAt, ...asked }: Promised): boolean {
  const { clientId, meter, platform, kind, amount = null, reason, endsAt = null } = row;
  return isDeepStrictEqual(
    { clientId, meter, platform, kind, amount, reason, endsAt, startsAt: row.startsAt },
    { ...asked, startsAt },
  );
}
