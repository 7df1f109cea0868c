import { DomainError, MAIL_ATTEMPTS, retryAfterMs } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockReport, rereadReport } from './find-report.ts';
import { mailReport } from './mail-report.ts';
import { makeReport } from './make-report.ts';
import { fileOf } from './report-file.ts';
import type { ReportPorts } from './report-ports.ts';
import type { Report } from './report.entity.ts';

/** For how long a report is left to whoever took it up. After that its worker is taken for dead. */
export const LEASE_MS = 10 * 60_000;

const LONGEST_ERROR = 300;

/**
 * Does what is left to do for a report: makes it, renders its file, mails it. Each step is kept before the next, so
 * another may go on where one died. Whoever calls has taken it up. Throws what went wrong, after it is noted.
 */
export async function proceedWith(
  ctx: ServiceContext,
  ports: ReportPorts,
  id: string,
): Promise<void> {
  try {
    await makeReport(ctx, await rereadReport(ctx, id), { isMailed: ports.mail !== undefined });
    const report = await rereadReport(ctx, id);
    const { content, madeAt, recipients, mailing } = report;
    if (!content || !madeAt) return;
    const made = { id, content, madeAt };
    const file = await fileOf(ctx, ports, made);
    if (ports.mail && recipients) {
      await mailReport(ctx, ports.mail, { report: made, file, recipients, mailing });
      return;
    }
    await rest(ctx, report);
  } catch (error) {
    await postpone(ctx, id, error);
    throw error;
  }
}

function rest(ctx: ServiceContext, { id, mailing }: Report): Promise<void> {
  return inTransaction(ctx, async (em) => {
    const row = await lockReport(em, ctx.agencyId, id);
    // Unless somebody has asked for a mailing since.
    if (row.mailing === mailing) row.rest();
  });
}

/** Notes a failure. What is to be made is tried for ever, less and less often; a mail is given up after about a day. */
function postpone(ctx: ServiceContext, id: string, error: unknown): Promise<void> {
  return inTransaction(ctx, async (em) => {
    const row = await lockReport(em, ctx.agencyId, id);
    const isMailing = row.recipients !== null && row.content !== null;
    row.attempts += 1;
    row.lastError = wordsOf(error);
    if (isMailing) row.state = 'failed';
    const isGivenUp = isMailing && row.attempts >= MAIL_ATTEMPTS;
    const wait = retryAfterMs(row.attempts);
    row.nextAttemptAt = isGivenUp ? null : new Date(ctx.now().getTime() + wait);
  });
}

// Whoever reads it runs an agency and not the service: what is wrong inside is for the log.
function wordsOf(error: unknown): string {
  const message =
    error instanceof DomainError ? error.message : 'Something is wrong in the service.';
  return message.replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_ERROR);
}
