import type { Connection } from '../../connection.ts';
import { Failure } from '../../connection/failure.ts';
import type { InputOf } from '../../connection/wire.ts';

type Asked = InputOf<'kpiDashboard.startExport'>;

/** A kind of file. */
export type ExportFormat = Asked['format'];

/** How far it is. */
export interface ExportStep {
  readonly step: number;
  readonly steps: number;
}

/** Who waits for a file. */
export interface ExportWait {
  readonly onStep: (at: ExportStep) => void;
  readonly signal: AbortSignal;
}

const LOOK_MS = 400;

/** Has a file made, and fetches it; rejects with the reason where it cannot be made. */
export async function makeExport(
  connection: Connection,
  asked: Asked,
  { onStep, signal }: ExportWait,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const { agencyWorkspaceId, format } = asked;
  const { exportId } = await connection.mutate('kpiDashboard.startExport', asked, signal);
  for (;;) {
    const about = { agencyWorkspaceId, exportId };
    const status = await connection.query('kpiDashboard.exportStatus', about, signal);
    onStep(status);
    if (status.state === 'failed') throw new Failure('export_failed', status.failure ?? '');
    if (status.state === 'done') {
      const agency = encodeURIComponent(agencyWorkspaceId);
      const path = `/api/agency/${agency}/kpi-dashboard/exports/${exportId}/file`;
      const blob = await connection.file(path, signal);
      return { name: status.fileName ?? `dashboard.${format}`, blob };
    }
    await pause(signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LOOK_MS);
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  });
}
