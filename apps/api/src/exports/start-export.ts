import { openExport, tellExport, type ExportStatus, type ServiceContext } from '@retainer/core';

import { refusalOf, toTRPCError } from '../errors.ts';
import { EXPORT_STEPS, exportDashboard, type DashboardExport } from './export-dashboard.ts';

/** What making a file while nobody waits is done with. */
export interface ExportingLater {
  /** A new unit of work each time: what goes on meanwhile is not to be remembered. */
  readonly contextOf: () => ServiceContext;
  /** Runs work that nobody waits for, until it ends or the process does. */
  readonly later: (work: () => Promise<void>) => void;
}

/**
 * Begins to make a file and answers at once. How far it is stands in the database, for whichever process is asked; this
 * one makes it. Where it dies on the way, the export is told as failed two minutes later.
 */
export async function startExport(
  { contextOf, later }: ExportingLater,
  wanted: DashboardExport,
): Promise<ExportStatus> {
  const { format } = wanted;
  const status = await openExport(contextOf(), { format, steps: EXPORT_STEPS.length });
  later(() => makeFile(contextOf, { ...wanted, exportId: status.exportId }));
  return status;
}

async function makeFile(
  contextOf: () => ServiceContext,
  { exportId, ...wanted }: DashboardExport & { readonly exportId: string },
): Promise<void> {
  try {
    const { fileName, bytes } = await exportDashboard(contextOf(), wanted, async (step) => {
      const doing = EXPORT_STEPS[step] ?? '';
      await tellExport(contextOf(), { exportId, news: { kind: 'step', step, doing } });
    });
    await tellExport(contextOf(), { exportId, news: { kind: 'done', fileName, file: bytes } });
  } catch (error) {
    const { status, detail: failure } = refusalOf(toTRPCError(error));
    await tellExport(contextOf(), { exportId, news: { kind: 'failed', failure } });
    // What was not foreseen is for the log.
    if (status >= 500) throw error;
  }
}
