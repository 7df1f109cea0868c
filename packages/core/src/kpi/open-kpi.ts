import type { EntityManager } from '@mikro-orm/postgresql';
import { localDateOf, type LocalDate } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Agency } from '../tenancy/agency.entity.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import type { KpiWorld } from './counted.ts';
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

/** What every figure of an answer is read from, in the view of the open transaction. */
export async function openKpi(
  em: EntityManager,
  { agencyId }: Pick<ServiceContext, 'agencyId'>,
  { today, memory }: Pick<KpiWorld, 'today' | 'memory'>,
): Promise<KpiWorld> {
  // As it is now: what was read before the refresh may be older than the figures.
  const agency = await em.findOneOrFail(Agency, { id: agencyId }, { disableIdentityMap: true });
  const roster = await readRoster(em, agencyId);
  return { sql: sqlSession(em), agency, roster, today, memory };
}
