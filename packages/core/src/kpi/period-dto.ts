import type { ComparisonMode, LocalDate } from '@retainer/domain';

/** The days of a dashboard, both included. */
export interface PeriodDto {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly days: number;
  /** How many of them are over where the agency is. */
  readonly elapsedDays: number;
  /** All of them are. */
  readonly complete: boolean;
  /** The last day that the figures count: of a running month, quarter or year yesterday. Null without a complete day. */
  readonly countedUntil: LocalDate | null;
}

/** The days it is compared with. */
export interface ComparisonDto {
  readonly compareTo: ComparisonMode;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly days: number;
  /** The unit before is shorter, or lacks a date of the same number. */
  readonly clamped: boolean;
}
