import type { EntityManager } from '@mikro-orm/postgresql';
import type { Limit, Meter } from '@retainer/domain';

import { LimitOverride } from './limit-override.entity.ts';

/** A promise beside the tier, as callers read it. One of `delta` and `limit` is there; a null limit is unlimited. */
export interface OverrideDto {
  readonly id: string;
  readonly meter: Meter;
  readonly platform: string | null;
  readonly delta?: number;
  readonly limit?: Limit;
  readonly from: Date;
  readonly to: Date | null;
  readonly reason: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** An override's row for its callers. */
export function toOverrideDto(row: LimitOverride): OverrideDto {
  const amount = row.amount ?? null;
  return {
    id: row.id,
    meter: row.meter,
    platform: row.platform === '' ? null : row.platform,
    ...(row.kind === 'delta' ? { delta: amount ?? 0 } : { limit: amount }),
    from: row.startsAt,
    to: row.endsAt ?? null,
    reason: row.reason,
    createdAt: row.createdAt,
    revokedAt: row.revokedAt ?? null,
  };
}

/** All of a client's overrides, the newest first. */
export async function readOverrides(
  em: EntityManager,
  { agencyId, clientId }: { readonly agencyId: string; readonly clientId: string },
): Promise<OverrideDto[]> {
  const rows = await em.find(
    LimitOverride,
    { agencyId, clientId },
    { orderBy: { seq: 'desc' }, refresh: true },
  );
  return rows.map(toOverrideDto);
}
