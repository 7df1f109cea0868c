import type { ExportFormat, ExportJob, ExportState } from './export-job.entity.ts';

/** How far an export is. */
export interface ExportStatus {
  readonly exportId: string;
  readonly format: ExportFormat;
  readonly state: ExportState;
  /** So many steps of all are behind it. */
  readonly step: number;
  readonly steps: number;
  readonly doing: string;
  /** Once it is done. */
  readonly fileName: string | null;
  /** Why it failed. */
  readonly failure: string | null;
  readonly createdAt: Date;
  /** Until when the file is kept. */
  readonly expiresAt: Date;
}

const ABANDONED = 'The process that made it went away. Start the export again.';

/** An export for its callers; one that nobody works on any more has failed. */
export function toExportStatus(job: ExportJob, at: Date): ExportStatus {
  const isAbandoned = job.isAbandoned(at);
  return {
    exportId: job.id,
    format: job.format,
    state: isAbandoned ? 'failed' : job.state,
    step: job.step,
    steps: job.steps,
    doing: job.doing,
    fileName: job.fileName ?? null,
    failure: isAbandoned ? ABANDONED : (job.failure ?? null),
    createdAt: job.createdAt,
    expiresAt: job.expiresAt,
  };
}
