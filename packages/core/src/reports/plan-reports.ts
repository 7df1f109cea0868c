import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  countsAt,
  dueReports,
  nextPeriodEnd,
  type Policy,
  type ReportPeriod,
} from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { newId } from '../gate/identity.ts';
import { readPolicies } from '../gate/read-policy.ts';
import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import {
  insertPlanned,
  noteLooks,
  takeScheduled,
  type PlannedReport,
  type ScheduledClient,
} from './report.queries.ts';

/** How many clients one transaction looks at. */
const CLIENTS_AT_ONCE = 200;

/**
 * Looks at each client for whom a period may have ended since the last look, and plans the reports that are due. Any
 * number of workers may: each takes the clients that no other has, and a period is planned once.
 */
export async function planReports(ctx: ServiceContext): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop
  while ((await planSome(ctx)) === CLIENTS_AT_ONCE);
}

function planSome(ctx: ServiceContext): Promise<number> {
  return inTransaction(ctx, async (em) => {
    // It is shown once it is made.
    concern(em, []);
    const sql = sqlSession(em);
    const now = ctx.now();
    const clients = await takeScheduled(sql, { now, limit: CLIENTS_AT_ONCE });
    const policies = await policiesOf(em, ctx, clients);
    const looked = clients.flatMap((client) => {
      const policy = policies.get(client.clientId);
      return policy ? [{ client, policy }] : [];
    });
    const planned = looked.flatMap(({ client, policy }) => dueOf(client, policy, now.getTime()));
    if (planned.length > 0) await insertPlanned(sql, now, planned);
    const looks = looked.map(({ client: { clientId }, policy: { epochs } }) => ({
      clientId,
      nextAt: nextPeriodEnd(epochs, now.getTime()),
    }));
    await noteLooks(sql, now, looks);
    return clients.length;
  });
}

async function policiesOf(
  em: EntityManager,
  { agencyId }: ServiceContext,
  clients: readonly ScheduledClient[],
): Promise<ReadonlyMap<string, Policy>> {
  if (clients.length === 0) return new Map();
  const clientIds = clients.map(({ clientId }) => clientId);
  const policies = await readPolicies(em, { agencyId, clientIds });
  return new Map(policies.map((policy) => [policy.clientId, policy]));
}

function dueOf(
  { clientId, lookedAt, isOff }: ScheduledClient,
  policy: Policy,
  now: number,
): PlannedReport[] {
  if (isOff) return [];
  const periods = dueReports(policy, { lookedAt: lookedAt ?? undefined, now });
  return periods.map((period) => plannedOf(clientId, period, now));
}

function plannedOf(clientId: string, period: ReportPeriod, now: number): PlannedReport {
  const { cadence, from, toExclusive } = period;
  return {
    id: newId(now),
    clientId,
    cadence,
    startDate: from,
    endDate: addDays(toExclusive, -1),
    countsAt: countsAt(period),
  };
}
