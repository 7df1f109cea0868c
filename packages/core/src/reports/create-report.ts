import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, calendarDateOf, DomainError, endedPeriod, lastSegmentAt } from '@retainer/domain';
import * as z from 'zod';

import type { Decision } from '../gate/answer.ts';
import { newId } from '../gate/identity.ts';
import { readPolicy } from '../gate/read-policy.ts';
import { HostId } from '../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { keyReused } from '../kernel/replay.ts';
import type { DateRange } from '../rollups/sums.ts';
import { readCalendar } from '../tenancy/client-calendar.ts';
import type { Client } from '../tenancy/client.entity.ts';
import { invalidField, LocalDay, WorkspaceId } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { checkPeriod } from '../value/tracking/tracking-input.ts';
import { rereadReport } from './find-report.ts';
import { makeReport } from './make-report.ts';
import { LEASE_MS, proceedWith } from './proceed-with.ts';
import { toReportDto, type ReportDto } from './report-dto.ts';
import type { ReportPorts } from './report-ports.ts';
import { Report } from './report.entity.ts';
import { takeOne } from './take-one.ts';

export const CreateReportInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** The first day of the period; without dates it is the one that ended last at the cadence of the client's tier. */
  startDate: LocalDay.optional(),
  /** Its last day. */
  endDate: LocalDay.optional(),
  /** Sent again with the same key, the same report is answered and nothing more is taken. */
  idempotencyKey: HostId.optional(),
});
export type CreateReportInput = z.input<typeof CreateReportInput>;
type Wanted = z.output<typeof CreateReportInput>;

/** What the gate decided, and the report unless it was denied. */
export interface CreatedReport {
  readonly decision: Decision;
  readonly report: ReportDto | null;
}

/**
 * Makes a report on a period that is over and takes one of the client's reports meter for it, of the billing period that
 * it is now. What the meter denies is not made, and the decision says why. `not_found`, `period_inverted`.
 */
export async function createReport(
  ctx: ServiceContext,
  ports: Pick<ReportPorts, 'render'>,
  input: CreateReportInput,
): Promise<CreatedReport> {
  const wanted = CreateReportInput.parse(input);
  const row = await keepOnce(ctx, wanted);
  const decision =
    (await makeReport(ctx, row, { isMailed: false })) ??
    (await inTransaction(ctx, (em) => takeOne(em, ctx, row)));
  if (decision.decision === 'deny') return { decision, report: null };
  await proceedWith(ctx, { render: ports.render }, row.id);
  const made = await rereadReport(ctx, row.id);
  return { decision, report: toReportDto(made, ctx) };
}

/** Of two that come with one key at once the later one finds what the other has kept. */
async function keepOnce(ctx: ServiceContext, wanted: Wanted): Promise<Report> {
  const attempt = () => inTransaction(ctx, (em) => keep(em, ctx, wanted));
  try {
    return await attempt();
  } catch (error) {
    const isTaken = error instanceof DomainError && error.code === 'conflict';
    if (isTaken && wanted.idempotencyKey !== undefined) return attempt();
    throw error;
  }
}

/** Keeps the wish, so that a worker makes the report should this process die; one that came with its key before stands. */
async function keep(em: EntityManager, ctx: ServiceContext, wanted: Wanted): Promise<Report> {
  const { agencyId } = ctx;
  const { clientWorkspaceId: clientId, idempotencyKey: key = null } = wanted;
  const client = await requireClient(em, agencyId, { clientId, forWriting: true });
  const now = ctx.now();
  const period = await periodOf(em, client, { ...wanted, now });
  const before = key === null ? null : await em.findOne(Report, { agencyId, clientId, key });
  if (before) {
    const isSame =
      wanted.startDate === undefined ||
      (before.startDate === period.startDate && before.endDate === period.endDate);
    if (isSame) return before;
    throw keyReused('idempotencyKey');
  }
  return em.create(Report, {
    agencyId,
    id: newId(now.getTime()),
    clientId,
    key,
    ...period,
    countsAt: now,
    state: 'due',
    createdAt: now,
    mailing: 0,
    attempts: 0,
    nextAttemptAt: new Date(now.getTime() + LEASE_MS),
  });
}

async function periodOf(
  em: EntityManager,
  client: Client,
  { startDate, endDate, now }: Wanted & { readonly now: Date },
): Promise<DateRange> {
  const epochs = await readCalendar(em, client);
  const at = now.getTime();
  if (startDate === undefined && endDate === undefined) {
    const policy = await readPolicy(em, { agencyId: client.agencyId, clientId: client.id });
    const segment = policy && lastSegmentAt(policy, at);
    const cadence = segment?.terms.features.reports.cadence ?? 'monthly';
    const { from, toExclusive } = endedPeriod(cadence, epochs, at);
    return { startDate: from, endDate: addDays(toExclusive, -1) };
  }
  if (startDate === undefined) throw invalidField('startDate', 'must be there with endDate');
  if (endDate === undefined) throw invalidField('endDate', 'must be there with startDate');
  const today = calendarDateOf(epochs, at);
  const period = checkPeriod({ startDate, endDate });
  if (endDate < today) return period;
  throw invalidField('endDate', `must lie before today (${today}): a report tells of whole days`);
}
