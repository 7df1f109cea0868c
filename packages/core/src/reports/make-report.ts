import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { recordAudit } from '../audit/record-audit.ts';
import type { Decision } from '../gate/answer.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { composeReport } from './compose-report.ts';
import { lockReport } from './find-report.ts';
import type { ReportContent } from './report-content.ts';
import type { Report } from './report.entity.ts';
import { takeOne } from './take-one.ts';

/** Whether reports are mailed by themselves. */
export interface Making {
  readonly isMailed: boolean;
}

/**
 * Makes a report that is due: takes one of the reports meter and keeps what it says, in one transaction, or keeps why
 * the gate denied it. One that was made or denied before stays as it is. Answers what the gate decided, if it was asked.
 */
export async function makeReport(
  ctx: ServiceContext,
  report: Report,
  making: Making,
): Promise<Decision | undefined> {
  if (report.state !== 'due') return undefined;
  const { clientId, startDate, endDate, countsAt, cadence = null } = report;
  const content = await composeReport(ctx, { clientId, startDate, endDate, countsAt, cadence });
  return inTransaction(ctx, async (em) => {
    const row = await lockReport(em, ctx.agencyId, report.id);
    const decision = await takeOne(em, ctx, row);
    if (row.state !== 'due') return decision;
    if (decision.decision === 'deny') deny(row, decision);
    else await keep(em, ctx, { row, content, making });
    const { state, denial } = row;
    recordAudit(em, ctx, {
      action: `report.${state}`,
      subject: `report:${row.id}`,
      clientId,
      after: { cadence, startDate, endDate, ...(denial && { denial }) },
    });
    return decision;
  });
}

function deny(row: Report, { reasons }: Decision): void {
  row.state = 'denied';
  row.denial = reasons.map(({ code, message }) => ({ code, message }));
  row.rest();
}

async function keep(
  em: EntityManager,
  ctx: ServiceContext,
  {
    row,
    content,
    making,
  }: { readonly row: Report; readonly content: ReportContent | undefined; readonly making: Making },
): Promise<void> {
  if (!content)
    throw new DomainError('conflict', 'The client’s tier changed meanwhile. Try again.');
  row.state = 'made';
  row.level = content.level;
  row.content = content;
  row.madeAt = ctx.now();
  row.proceed();
  if (row.cadence === null || !making.isMailed) return;
  const { agencyId, clientId } = row;
  const client = await requireClient(em, agencyId, { clientId, forWriting: false });
  if (client.reportRecipients.length > 0) row.recipients = client.reportRecipients;
}
