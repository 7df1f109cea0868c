import type { LocalDate, Meter, MoneyWire, ReportCadence, ReportLevel } from '@retainer/domain';

import type { CountKpiDto, DecimalKpiDto } from '../kpi/kpi-figure.ts';
import type { AmountDto, FigureDto } from '../value/tracking/tracking-dto.ts';

/** What a report says, kept as it was made. Nothing in it tells what the work cost the agency. */
export interface ReportContent {
  readonly level: ReportLevel;
  /** Null: somebody asked for it. */
  readonly cadence: ReportCadence | null;
  readonly agency: { readonly name: string };
  readonly client: { readonly clientWorkspaceId: string; readonly name: string };
  /** What the client was on at the moment the report counts. */
  readonly tier: { readonly key: string; readonly name: string };
  readonly period: ReportDates;
  /** The days before that the figures are compared with; null where the level has no comparison. */
  readonly comparison: ReportDates | null;
  readonly timeZone: string;
  readonly currency: string;
  readonly figures: ReportFigures;
}

/** Local dates, both included. */
export interface ReportDates {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly days: number;
}

/** The numbers of a report. Parts that its level does not have are left out. */
export interface ReportFigures {
  readonly usage: readonly ReportUsage[];
  readonly outcomes: ReportOutcomes;
  readonly platforms?: readonly ReportRow[];
  readonly contentTypes?: readonly ReportRow[];
  readonly campaigns?: readonly ReportRow[];
  readonly clientReturn?: ClientReturnDto;
  readonly timeSaved?: TimeSavedDto;
  readonly drivers?: readonly ReportDriver[];
}

/** What was taken of a limit in the window in which the period ended. */
export interface ReportUsage {
  readonly meter: Meter;
  readonly platform: string | null;
  /** Null for a level, which has no window. */
  readonly window: { readonly startDate: LocalDate; readonly endDate: LocalDate } | null;
  readonly used: number;
  readonly held: number;
  readonly limit: number | null;
}

/** What came of the work. */
export interface ReportOutcomes {
  readonly posts: CountKpiDto;
  readonly impressions: CountKpiDto;
  readonly reach: CountKpiDto;
  readonly engagement: CountKpiDto;
  readonly leads: CountKpiDto;
  /** Of how many of the posts impressions are known. */
  readonly measuredPosts: number;
}

/** One platform, content type or campaign. */
export interface ReportRow {
  readonly key: string;
  readonly label: string;
  readonly posts: CountKpiDto;
  readonly impressions: CountKpiDto;
  readonly engagement: CountKpiDto;
  readonly leads: CountKpiDto;
}

/** What the client paid, and what that brought. */
export interface ClientReturnDto {
  readonly fee: AmountDto;
  readonly adSpend: AmountDto;
  readonly paid: AmountDto;
  readonly revenue: AmountDto;
  /** Revenue, and what leads and conversions without an amount are taken to be worth. */
  readonly value: AmountDto;
  /** The value less what was paid, over what was paid. */
  readonly roiPercent: DecimalKpiDto;
  readonly roas: FigureDto;
  readonly assumed: {
    readonly leadValue: MoneyWire | null;
    readonly conversionValue: MoneyWire | null;
  };
}

/** Time that automation saved; null where nothing was automated. */
export interface TimeSavedDto {
  readonly minutes: number | null;
}

/** What moved a count most: one platform, content type or campaign. */
export interface ReportDriver {
  readonly metric: DrivenMetric;
  readonly dimension: DrivingDimension;
  readonly key: string;
  readonly label: string;
  readonly change: number;
  /** How much the count changed in all. */
  readonly totalChange: number;
  /** The one in per cent of the other; above 100 where others went the other way. */
  readonly sharePercent: string;
}

export type DrivenMetric = 'leads' | 'engagement' | 'impressions';
export type DrivingDimension = 'platform' | 'contentType' | 'campaign';
