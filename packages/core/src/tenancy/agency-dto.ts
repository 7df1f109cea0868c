import type { MoneyWire, Rounding, WeekStart } from '@retainer/domain';

import type { Agency, UnassignedChannels } from './agency.entity.ts';
import { moneyWire } from './money-input.ts';

/** An agency as callers read it. */
export interface AgencyDto {
  readonly agencyWorkspaceId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly weekStartsOn: WeekStart;
  readonly rounding: Rounding;
  readonly pastDueBlocks: boolean;
  readonly unassignedChannels: UnassignedChannels;
  readonly hourlyRate: MoneyWire | null;
  readonly conversionValue: MoneyWire | null;
  readonly leadValue: MoneyWire | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** An agency's row for its callers. */
export function toAgencyDto(agency: Agency): AgencyDto {
  const money = (minor: bigint | null | undefined): MoneyWire | null =>
    typeof minor === 'bigint' ? moneyWire(minor, agency.currency) : null;
  return {
    agencyWorkspaceId: agency.id,
    name: agency.name,
    timeZone: agency.timeZone,
    currency: agency.currency,
    weekStartsOn: agency.weekStartsOn,
    rounding: agency.rounding,
    pastDueBlocks: agency.pastDueBlocks,
    unassignedChannels: agency.unassignedChannels,
    hourlyRate: money(agency.hourlyRateMinor),
    conversionValue: money(agency.conversionValueMinor),
    leadValue: money(agency.leadValueMinor),
    createdAt: agency.createdAt,
    archivedAt: agency.archivedAt ?? null,
  };
}
