import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../db/sql-session.ts';
import type { Decision } from '../gate/answer.ts';
import { submitWithin } from '../gate/host-transaction.ts';
import { concern } from '../kernel/changed.ts';
import type { ServiceContext } from '../kernel/context.ts';
import type { Report } from './report.entity.ts';

/**
 * Takes one of the reports meter for a report, once: asked again, the gate answers what it answered first. It is asked
 * as of the moment at which the report counts, so it decides the same whenever that happens.
 */
export async function takeOne(
  em: EntityManager,
  { agencyId }: ServiceContext,
  { id, clientId, countsAt }: Report,
): Promise<Decision> {
  concern(em, [clientId]);
  const session = sqlSession(em);
  const key = `report:${id}`;
  const now = countsAt.getTime();
  const none = { platforms: [], scheduledAt: undefined, expiresAt: undefined };
  const reserve = { type: 'reserve', now, key, meter: 'reports', quantity: 1, ...none } as const;
  const decision = await submitWithin(session, agencyId, { clientId, op: reserve });
  if (decision.decision !== 'deny' && !decision.replayed) {
    const op = { type: 'commit', now, key, occurrence: undefined } as const;
    await submitWithin(session, agencyId, { clientId, op });
  }
  return decision;
}
