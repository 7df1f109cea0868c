import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Recipients } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { findReport, lockReport } from './find-report.ts';
import { GetReportInput } from './get-report.ts';
import { LEASE_MS, proceedWith } from './proceed-with.ts';
import { toReportDto, type ReportDto } from './report-dto.ts';
import type { ReportPorts } from './report-ports.ts';
import type { Report } from './report.entity.ts';

export const SendReportInput = GetReportInput.extend({
  /** Whom to mail; the client's report recipients unless told. */
  recipients: Recipients.refine((all) => all.length > 0, 'must name somebody').optional(),
  /** Mails one that was sent before once more. */
  again: z.boolean().default(false),
});
export type SendReportInput = z.input<typeof SendReportInput>;

/**
 * Mails a report now. One that was sent stays as it is unless it is to be sent again. What the mail server does not take
 * is `failed` and tried again for about a day. `not_found`, `conflict` without a mail server, a report or recipients.
 */
export async function sendReport(
  ctx: ServiceContext,
  ports: ReportPorts,
  input: SendReportInput,
): Promise<ReportDto> {
  const wanted = SendReportInput.parse(input);
  const isToSend = await order(ctx, ports, wanted);
  if (isToSend) await attempt(ctx, ports, wanted.reportId);
  const { clientWorkspaceId: clientId, reportId } = wanted;
  return inTransaction(
    ctx,
    async (em) => {
      const row = await findReport(em, ctx, { clientId, reportId });
      await em.refresh(row);
      return toReportDto(row, ctx);
    },
    { readOnly: true },
  );
}

/** What the mail server says is noted on the report, which is the answer; what else goes wrong is thrown. */
async function attempt(ctx: ServiceContext, ports: ReportPorts, id: string): Promise<void> {
  try {
    await proceedWith(ctx, ports, id);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function order(
  ctx: ServiceContext,
  { mail }: ReportPorts,
  wanted: z.output<typeof SendReportInput>,
): Promise<boolean> {
  const { agencyId } = ctx;
  const { clientWorkspaceId: clientId, reportId, again } = wanted;
  return inTransaction(ctx, async (em) => {
    await findReport(em, ctx, { clientId, reportId });
    const row = await lockReport(em, agencyId, reportId);
    if (!row.content) throw refusal('This report was not made, so it cannot be sent.');
    if (!mail) throw refusal('No mail server is set up: SMTP_URL and MAIL_FROM name it.');
    if (row.state === 'sent' && !again) return false;
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const recipients = wanted.recipients ?? client.reportRecipients;
    if (recipients.length === 0) {
      throw refusal('Nobody is to get it: name recipients, or set reportRecipients of the client.');
    }
    startMailing(row, recipients, ctx.now());
    return true;
  });
}

/** One that is under way already goes on under its key: whoever gets it twice can tell. */
function startMailing(row: Report, recipients: readonly string[], now: Date): void {
  if (row.recipients === null) row.mailing += 1;
  row.recipients = recipients;
  row.attempts = 0;
  row.nextAttemptAt = new Date(now.getTime() + LEASE_MS);
}

function refusal(message: string): DomainError {
  return new DomainError('conflict', message);
}
