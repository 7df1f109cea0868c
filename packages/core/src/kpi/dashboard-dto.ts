import type { AnnotationDto } from '../annotations/annotation-dto.ts';
import type { AttentionCounts, AttentionDto } from '../insights/attention/attention-dto.ts';
import type { RunOutDto } from '../insights/run-out-dto.ts';
import type { FitCounts } from '../insights/tier-fits.ts';
import type { GoalDto } from '../plans/targets/goal-dto.ts';
import type { AmountDto, FigureDto } from '../value/tracking/tracking-dto.ts';
import type { FreshnessDto } from './freshness.ts';
import type { AmountKpiDto, CountKpiDto, DecimalKpiDto } from './kpi-figure.ts';
import type { ComparisonDto, PeriodDto } from './period-dto.ts';

/** A campaign that did well. */
export interface HighlightDto {
  readonly campaignId: string;
  readonly clientWorkspaceId: string;
  readonly name: string;
  /** Time, ad spend and other; tools are no campaign's. */
  readonly cost: AmountDto;
  readonly value: AmountDto;
  readonly roiPercent: FigureDto;
}

/** How many clients are active on a tier, beside how many were. Nobody judges it. */
export interface TierCountDto extends Omit<CountKpiDto, 'current'> {
  readonly tier: string;
  readonly name: string;
  readonly clients: number;
}

/** An annotation, and which days of the dashboard it touches. */
export interface ShownAnnotationDto extends AnnotationDto {
  readonly touches: ('period' | 'comparison' | 'trend')[];
}

/** Where the goals of the months that a period touches stand. */
export interface GoalsDto {
  /** The agency's own, the latest month first. */
  readonly agency: GoalDto[];
  /** How many goals of clients stand how. */
  readonly clients: {
    readonly ahead: number;
    readonly onTrack: number;
    readonly behind: number;
    readonly reached: number;
    readonly missed: number;
    readonly unknown: number;
  };
}

/** What the agency's own numbers tell beside its clients' figures. */
export interface InsightsDto {
  /** What is kept of all fees together. */
  readonly margin: {
    readonly fee: AmountKpiDto;
    /** Time, tools and other: all but the ad spend, which clients pay. */
    readonly cost: AmountKpiDto;
    readonly kept: AmountKpiDto;
    readonly marginPercent: DecimalKpiDto;
  };
  /** How many clients are on the tier that would have fitted their last twelve weeks. */
  readonly tierFit: FitCounts;
  /** The first few of what needs attention, the worst first. */
  readonly needsAttention: { readonly counts: AttentionCounts; readonly items: AttentionDto[] };
  /** How many allowances run out before they begin anew, or within 28 days, and the first few of them. */
  readonly runOuts: { readonly total: number; readonly items: RunOutDto[] };
}

/** What a month cost and brought. */
export interface MonthDto {
  /** YYYY-MM. */
  readonly month: string;
  /** The whole month counts; else its days up to the last that the figures count. */
  readonly complete: boolean;
  readonly cost: AmountDto;
  readonly value: AmountDto;
  readonly roiPercent: FigureDto;
  /** The ids of the annotations of its days. */
  readonly annotations: string[];
}

/** Where an agency stands, beside where it stood. All money is in its currency. */
export interface KpiDashboard {
  readonly agencyWorkspaceId: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly period: PeriodDto;
  readonly comparison: ComparisonDto | null;
  readonly performance: {
    readonly impressions: CountKpiDto;
    readonly engagement: CountKpiDto;
    readonly leads: CountKpiDto;
    readonly conversions: CountKpiDto;
    readonly revenue: AmountKpiDto;
    /** The mean of the ROI of each client with a cost and a known value, as a ratio: 0.25 is 25 per cent. */
    readonly averageRoi: DecimalKpiDto;
  };
  readonly contentVelocity: {
    readonly posts: CountKpiDto;
    readonly content: CountKpiDto;
    readonly postsPerDay: DecimalKpiDto;
    readonly contentPerDay: DecimalKpiDto;
  };
  readonly clients: {
    readonly total: CountKpiDto;
    readonly active: CountKpiDto;
    readonly activeAnyDay: CountKpiDto;
    readonly withActivity: CountKpiDto;
    /** On the last day, the cheapest tier first: each that has clients, or had before. */
    readonly byTier: TierCountDto[];
  };
  readonly campaigns: {
    readonly active: CountKpiDto;
    /** Value over cost of all campaigns together; tools are no campaign's. */
    readonly roiPercent: DecimalKpiDto;
    readonly highlights: HighlightDto[];
  };
  readonly roi: {
    readonly totalCost: AmountKpiDto;
    readonly totalValue: AmountKpiDto;
    readonly netValue: AmountKpiDto;
    readonly roiPercent: DecimalKpiDto;
    readonly trend: MonthDto[];
  };
  readonly insights: InsightsDto;
  readonly goals: GoalsDto;
  /** What happened on the days that are shown, the latest first. */
  readonly annotations: ShownAnnotationDto[];
  /** What the figures rest on; null without a complete day. */
  readonly coverage: {
    readonly posts: number;
    /** Of how many of them impressions are known. */
    readonly measuredPosts: number;
    readonly clients: number;
    /** Of how many of them the value is known: only these are in an ROI. */
    readonly withValue: number;
  } | null;
  readonly freshness: FreshnessDto;
  readonly asOf: Date;
}
