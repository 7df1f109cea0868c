import { DomainError } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findReport } from './find-report.ts';
import { GetReportInput } from './get-report.ts';
import { fileOf } from './report-file.ts';
import type { ReportFile, ReportPorts } from './report-ports.ts';

/** The file of a report: the same bytes that were mailed. `not_found`, and `conflict` for one that is not made. */
export async function downloadReport(
  ctx: ServiceContext,
  ports: Pick<ReportPorts, 'render'>,
  input: GetReportInput,
): Promise<ReportFile> {
  const { clientWorkspaceId: clientId, reportId } = GetReportInput.parse(input);
  const { id, content, madeAt } = await inTransaction(
    ctx,
    (em) => findReport(em, ctx, { clientId, reportId }),
    { readOnly: true },
  );
  if (content && madeAt) return fileOf(ctx, ports, { id, content, madeAt });
  throw new DomainError('conflict', 'This report was not made, so there is no file of it.');
}
