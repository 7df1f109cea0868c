import type { LocalDate, ReportCadence, ReportLevel } from '@retainer/domain';

import type { ServiceContext } from '../kernel/context.ts';
import type { Denial, Report, ReportState } from './report.entity.ts';

/** A report as lists show it. */
export interface ReportDto {
  readonly id: string;
  readonly clientWorkspaceId: string;
  /** Null: somebody asked for it. */
  readonly cadence: ReportCadence | null;
  readonly period: { readonly startDate: LocalDate; readonly endDate: LocalDate };
  readonly state: ReportState;
  /** What it tells; null before it is made. */
  readonly level: ReportLevel | null;
  /** Why it was not made; empty otherwise. */
  readonly denial: readonly Denial[];
  readonly createdAt: Date;
  readonly madeAt: Date | null;
  readonly sentAt: Date | null;
  /** How the mailing stands; null for the client itself. */
  readonly mail: ReportMailDto | null;
}

/** How the mailing of a report stands. */
export interface ReportMailDto {
  /** Whom it was mailed to last. */
  readonly sentTo: readonly string[];
  /** Failures in a row. */
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
}

/** A report for its callers: a client does not learn how its agency's mail server does. */
export function toReportDto(row: Report, { actor }: Pick<ServiceContext, 'actor'>): ReportDto {
  const isClient = actor.kind === 'client';
  return {
    id: row.id,
    clientWorkspaceId: row.clientId,
    cadence: row.cadence ?? null,
    period: { startDate: row.startDate, endDate: row.endDate },
    state: isClient && row.state === 'failed' ? 'made' : row.state,
    level: row.level ?? null,
    denial: row.denial ?? [],
    createdAt: row.createdAt,
    madeAt: row.madeAt ?? null,
    sentAt: row.sentAt ?? null,
    mail: isClient ? null : toMailDto(row),
  };
}

function toMailDto(row: Report): ReportMailDto {
  return {
    sentTo: row.sentTo ?? [],
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt ?? null,
    lastError: row.lastError ?? null,
  };
}
