import type { EntityManager } from '@mikro-orm/postgresql';
import { localDateOf, type LocalDate } from '@retainer/domain';

import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { keptPartsOf, takeOne } from '../kernel/kept-parts.ts';
import { readAgencyTerms, type AgencyTerms } from '../tenancy/agency-terms.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import type { KpiWorld } from './counted.ts';
import { readClientMarks, readMarks, type MarkAsked } from './mark.queries.ts';
import type { Memory } from './memory.ts';
import { readRoster } from './roster.ts';

/** The date it is where the agency is, and the currency it counts in. */
export async function whereAgencyIs(
  ctx: ServiceContext,
): Promise<{ readonly today: LocalDate; readonly currency: string }> {
  const { timeZone, currency } = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), {
    readOnly: true,
  });
  return { today: localDateOf(timeZone, ctx.now().getTime()), currency };
}

/** For which agency and day an answer is read, and what of it is marked. */
export interface KpiAsked extends MarkAsked {
  readonly agencyId: string;
  readonly today: LocalDate;
  readonly memory: Memory;
}

const keptAgencies = keptPartsOf<AgencyTerms>(1_000);

/** What every figure of an answer is read from, in the view of the open transaction. */
export function openKpi(
  em: EntityManager,
  { agencyId, now }: Pick<ServiceContext, 'agencyId' | 'now'>,
  { today, memory }: Pick<KpiWorld, 'today' | 'memory'>,
): Promise<KpiWorld> {
  const asked = { agencyId, today, memory, now: now().getTime(), months: [] };
  return openKpiOn(sqlSession(em), asked);
}

/** The same in a session's view of the database, with marks of what the answer rests on beside. */
export async function openKpiOn(
  sql: SqlSession,
  { agencyId, today, memory, ...asked }: KpiAsked,
): Promise<KpiWorld> {
  const [marks, clients] = await Promise.all([readMarks(sql, asked), readClientMarks(sql)]);
  const kept = { sql, agencyId, marks: { ...marks, clients }, memory };
  const of = { question: agencyId, mark: marks.agency };
  const [agency, roster] = await Promise.all([
    takeOne(keptAgencies(memory.owner), of, () => readAgencyTerms(sql)),
    readRoster(kept),
  ]);
  return { ...kept, agency, roster, today };
}
