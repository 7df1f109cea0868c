import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../db/sql-session.ts';
import { submitWithin } from '../gate/host-transaction.ts';
import type { ServiceContext } from '../kernel/context.ts';

/** Moves what a client holds into the windows that a changed calendar or anchor gives it, in the same transaction. */
export async function rebucketClient(
  ctx: ServiceContext,
  em: EntityManager,
  clientId: string,
): Promise<void> {
  await em.flush();
  const op = { type: 'rebucket', now: ctx.now().getTime() } as const;
  await submitWithin(sqlSession(em), ctx.agencyId, { clientId, op });
}
