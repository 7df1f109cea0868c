import type { LocalDate } from '@retainer/domain';

import { durationOf } from '../../tenancy/duration-input.ts';
import type { TimeSavedBaseline } from './time-saved-baseline.entity.ts';

/** What is assumed of a content type from a day on, as callers read it. */
export interface TimeSavedBaselineDto {
  /** Empty: every content type without its own. */
  readonly contentType: string;
  readonly fromDate: LocalDate;
  /** Counts the changes of the content type's numbers; the highest was told last. */
  readonly version: number;
  /** How long it takes by hand. */
  readonly baselineMinutes: number;
  /** How long it takes now. */
  readonly actualMinutes: number;
  readonly changedAt: Date;
}

/** A baseline's row in the words of the API. */
export function toTimeSavedBaselineDto(row: TimeSavedBaseline): TimeSavedBaselineDto {
  return {
    contentType: row.contentType,
    fromDate: row.fromDate,
    version: row.version,
    baselineMinutes: durationOf(row.baselineSeconds, 'minutes'),
    actualMinutes: durationOf(row.actualSeconds, 'minutes'),
    changedAt: row.changedAt,
  };
}
