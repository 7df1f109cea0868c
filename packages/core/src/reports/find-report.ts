import { LockMode, type EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Report } from './report.entity.ts';

/** With what it says. */
const IN_FULL = { populate: ['content'] } as const;

/** What a client sees of its reports: those that were made. */
export function visibleTo({ actor }: ServiceContext): FilterQuery<Report> {
  return actor.kind === 'client' ? { state: { $in: ['made', 'sent', 'failed'] } } : {};
}

/** A client's report; `not_found` for one that is another's, or that the caller does not see. */
export async function findReport(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, reportId }: { readonly clientId: string; readonly reportId: string },
): Promise<Report> {
  const own = { agencyId: ctx.agencyId, id: reportId, clientId };
  const report = await em.findOne(Report, { $and: [own, visibleTo(ctx)] }, IN_FULL);
  if (report) return report;
  throw new DomainError('not_found', 'No such report of this client.');
}

/** A report, locked: whatever happens to it happens one after the other. */
export async function lockReport(em: EntityManager, agencyId: string, id: string): Promise<Report> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const report = await em.findOneOrFail(
    Report,
    { agencyId, id },
    { lockMode, refresh: true, ...IN_FULL },
  );
  concern(em, [report.clientId]);
  return report;
}

/** A report as it is now; what a unit of work remembers of it may be old. */
export function rereadReport(ctx: ServiceContext, id: string): Promise<Report> {
  const { agencyId } = ctx;
  return inTransaction(
    ctx,
    (em) => em.findOneOrFail(Report, { agencyId, id }, { disableIdentityMap: true, ...IN_FULL }),
    { readOnly: true },
  );
}
