import type { TrackingFiguresDto } from './tracking-dto.ts';
import type { StoredTerms } from './tracking-terms.ts';
import type { ClientValueTracking } from './value-tracking.entity.ts';

/** A client's figures of a period as they were calculated and kept. */
export interface ValueTrackingDto extends TrackingFiguresDto {
  readonly id: string;
  readonly clientWorkspaceId: string;
  readonly inputs: StoredTerms;
  readonly calculatedAt: Date;
  /** A fact of the period changed since in a way that would change a figure. */
  readonly stale: boolean;
}

/** A kept calculation for its callers. */
export function toTrackingDto(
  row: ClientValueTracking,
  { stale }: { readonly stale: boolean },
): ValueTrackingDto {
  return {
    id: row.id,
    clientWorkspaceId: row.clientId,
    ...row.result,
    inputs: row.inputs,
    calculatedAt: row.calculatedAt,
    stale,
  };
}
