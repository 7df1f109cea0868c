import type { EntityManager } from '@mikro-orm/postgresql';
import {
  formatMoney,
  type DayAttribution,
  type DurationRounding,
  type MoneyWire,
  type Rounding,
  type WeekStart,
} from '@retainer/domain';

import { readAgencyRate } from '../costs/rates/agency-rate.ts';
import type { Agency, TimeRoundingMode, UnassignedChannels } from './agency.entity.ts';
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
  /** What an hour costs today where no nearer rate is set. */
  readonly hourlyRate: MoneyWire | null;
  readonly conversionValue: MoneyWire | null;
  readonly leadValue: MoneyWire | null;
  /** What becomes of billable time; `minutes` and `per` say nothing while the mode is none. Cost is never rounded. */
  readonly timeRounding: TimeRounding;
  /** Whether time over midnight belongs to its days, or all of it to the one it started on. */
  readonly timeAttribution: DayAttribution;
  /** Whether the money of saved time counts as value in ROI. */
  readonly savedTimeInRoi: boolean;
  /** A figure that changed by no more per cent than this is stable. */
  readonly stablePercent: string;
  /** The same in points, of figures that are percentages themselves. */
  readonly stablePoints: string;
  /** A campaign must have cost more than this to be a highlight; null is 0. */
  readonly highlightsAbove: MoneyWire | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** How billable time is rounded: to so many minutes, each entry or the sum of a client's day. */
export interface TimeRounding {
  readonly mode: TimeRoundingMode;
  readonly minutes: number;
  readonly per: DurationRounding['per'];
}

/** An agency's row for its callers, with the rate of its own that is in force at an instant. */
export async function readAgencyDto(
  em: EntityManager,
  agency: Agency,
  at: Date,
): Promise<AgencyDto> {
  const hourlyRate = await readAgencyRate(em, agency, at);
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
    hourlyRate: hourlyRate && formatMoney(hourlyRate),
    conversionValue: money(agency.conversionValueMinor),
    leadValue: money(agency.leadValueMinor),
    timeRounding: {
      mode: agency.timeRounding,
      minutes: agency.timeRoundingMinutes,
      per: agency.timeRoundingPer,
    },
    timeAttribution: agency.reportingSplitsTime,
    savedTimeInRoi: agency.savedTimeInRoi,
    stablePercent: agency.stablePercent,
    stablePoints: agency.stablePoints,
    highlightsAbove: money(agency.highlightsAboveMinor),
    createdAt: agency.createdAt,
    archivedAt: agency.archivedAt ?? null,
  };
}
