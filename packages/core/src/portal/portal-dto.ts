import type { LocalDate, ReportCadence, ReportLevel } from '@retainer/domain';

import type { PeriodDto } from '../kpi/period-dto.ts';
import type {
  ClientReturnDto,
  ReportDates,
  ReportOutcomes,
  ReportRow,
} from '../reports/report-content.ts';
import type { ClientTier, Usage } from '../usage/get-client-tier.ts';
import type { DeniedPost } from './ask-again.ts';

/**
 * All that a client sees of itself, as of one moment. Nothing in it tells what the work cost the agency: no rate, no
 * hour, no tool and no margin.
 */
export interface PortalSummary {
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly agency: { readonly name: string };
  /** Local dates are told in it. */
  readonly timeZone: string;
  readonly currency: string;
  readonly asOf: Date;
  readonly tier: PortalTier | null;
  readonly status: ClientTier['status'];
  readonly startsAt: Date | null;
  readonly trialEndsAt: Date | null;
  readonly endsAt: Date | null;
  readonly billing: Pick<
    NonNullable<ClientTier['billing']>,
    'periodEnd' | 'scheduledChange'
  > | null;
  readonly usage: readonly PortalUsage[];
  readonly deniedPosts: readonly DeniedPost[];
  readonly period: PeriodDto;
  readonly comparison: ReportDates | null;
  /** Null while no day of the period is complete. */
  readonly value: PortalValue | null;
  /** The last ones that were made, the latest period first. */
  readonly reports: readonly PortalReport[];
  readonly brand: PortalBrand | null;
}

/** A tier as a client sees it: what it gets, not what it costs in the books. */
export interface PortalTier {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly support: string;
  readonly reports: { readonly level: ReportLevel; readonly cadence: ReportCadence };
}

/** What is taken of one limit, and whether that lasts. */
export interface PortalUsage extends Usage {
  /** When it will be used up at the present pace; null where it will not, before it starts anew. */
  readonly runsOutAt: Date | null;
}

/** What came of the work in a period. */
export interface PortalValue {
  readonly outcomes: ReportOutcomes;
  readonly timeSaved: { readonly minutes: number | null };
  readonly clientReturn: ClientReturnDto;
  readonly days: readonly PortalDay[];
  readonly platforms: readonly ReportRow[];
  readonly contentTypes: readonly ReportRow[];
  readonly campaigns: readonly ReportRow[];
}

/** A day on which anything came about; the others of the period had nothing. */
export interface PortalDay {
  readonly date: LocalDate;
  readonly posts: number;
  readonly impressions: number | null;
  readonly engagement: number | null;
  readonly leads: number | null;
}

/** A report that can be read. */
export interface PortalReport {
  readonly id: string;
  readonly cadence: ReportCadence | null;
  readonly level: ReportLevel | null;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly madeAt: Date | null;
}

/** The agency's look, where the client's tier grants it. */
export interface PortalBrand {
  /** `#RRGGBB`. */
  readonly primaryColor: string | null;
  readonly logo: {
    readonly width: number;
    readonly height: number;
    readonly sha256: string;
  } | null;
}
