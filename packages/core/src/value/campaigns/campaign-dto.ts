import type { LocalDate } from '@retainer/domain';

import type { Campaign } from './campaign.entity.ts';

/** A campaign as callers read it. */
export interface CampaignDto {
  readonly clientWorkspaceId: string;
  readonly campaignId: string;
  readonly name: string;
  /** Its first local day; null when it has none, and so for its last. */
  readonly startDate: LocalDate | null;
  readonly endDate: LocalDate | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** A campaign's row in the words of the API. */
export function toCampaignDto(row: Campaign): CampaignDto {
  return {
    clientWorkspaceId: row.clientId,
    campaignId: row.id,
    name: row.name,
    startDate: row.startsOn ?? null,
    endDate: row.endsOn ?? null,
    createdAt: row.createdAt,
    archivedAt: row.archivedAt ?? null,
  };
}
