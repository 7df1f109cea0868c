import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockReport } from './find-report.ts';
import type { MadeReport, MailReceipt, ReportFile, ReportPorts } from './report-ports.ts';
import type { Report } from './report.entity.ts';

/** What goes out. */
export interface Mailing {
  readonly report: MadeReport;
  readonly file: ReportFile;
  readonly recipients: readonly string[];
  readonly mailing: number;
}

/**
 * Hands a report over to the mail server and notes that it was taken. Who dies in between leaves it to be handed over
 * again, under the same key: it arrives at least once, and twice only recognisably.
 */
export async function mailReport(
  ctx: ServiceContext,
  mail: NonNullable<ReportPorts['mail']>,
  { report, file, recipients, mailing }: Mailing,
): Promise<void> {
  const messageKey = `${report.id}.${mailing}`;
  const receipt = await mail({ report, file, recipients, messageKey });
  await inTransaction(ctx, async (em) => {
    const row = await lockReport(em, ctx.agencyId, report.id);
    // Somebody has asked for another mailing since: that one is still to come.
    if (row.mailing !== mailing) return;
    noteSent(row, receipt, ctx.now());
    recordAudit(em, ctx, {
      action: 'report.sent',
      subject: `report:${row.id}`,
      clientId: row.clientId,
      after: { sentTo: receipt.accepted, refused: receipt.rejected },
    });
  });
}

function noteSent(row: Report, { accepted, rejected }: MailReceipt, now: Date): void {
  row.state = 'sent';
  row.sentAt = now;
  row.sentTo = accepted;
  row.lastError = rejected.length > 0 ? `Refused for ${rejected.join(', ')}` : null;
  row.rest();
}
