import type { TargetDirection } from '@retainer/domain';

import { monthOf } from '../../tenancy/month-page.ts';
import type { Target } from './target.entity.ts';

/** A target of a month, as callers read it. */
export interface TargetDto {
  /** Null: the whole agency's. */
  readonly clientWorkspaceId: string | null;
  readonly metric: string;
  /** YYYY-MM. */
  readonly month: string;
  /** An exact decimal in the metric's own unit. */
  readonly value: string;
  /** Which side of it is good. */
  readonly direction: TargetDirection;
  readonly changedAt: Date;
}

/** A target's row in the words of the API. */
export function toTargetDto(row: Target): TargetDto {
  return {
    clientWorkspaceId: row.clientId === '' ? null : row.clientId,
    metric: row.metric,
    month: monthOf(row.month),
    value: row.value,
    direction: row.direction,
    changedAt: row.changedAt,
  };
}
