import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { composeReport } from './compose-report.ts';
import { findReport } from './find-report.ts';
import type { ReportContent, ReportFigures } from './report-content.ts';
import { toReportDto, type ReportDto } from './report-dto.ts';

export const GetReportInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  reportId: z.uuid().transform((id) => id.toLowerCase()),
});
export type GetReportInput = z.input<typeof GetReportInput>;

/** A report and what it says, beside what it would say today. */
export interface ReportInFull {
  readonly report: ReportDto;
  /** As it was made; null while it is not. */
  readonly content: ReportContent | null;
  /** The same figures from all facts known now. */
  readonly today: { readonly figures: ReportFigures; readonly asOf: Date } | null;
}

/** A report as it was made, with today's figures of its period beside it. `not_found`. */
export async function getReport(ctx: ServiceContext, input: GetReportInput): Promise<ReportInFull> {
  const { clientWorkspaceId: clientId, reportId } = GetReportInput.parse(input);
  const row = await inTransaction(ctx, (em) => findReport(em, ctx, { clientId, reportId }), {
    readOnly: true,
  });
  const report = toReportDto(row, ctx);
  const { content, startDate, endDate, countsAt } = row;
  if (!content) return { report, content: null, today: null };
  const { cadence, level } = content;
  const same = { clientId, startDate, endDate, countsAt, cadence, level };
  const now = await composeReport(ctx, same);
  const today = now ? { figures: now.figures, asOf: ctx.now() } : null;
  return { report, content, today };
}
