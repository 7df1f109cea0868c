import type { EntityManager } from '@mikro-orm/postgresql';
import type { Policy } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { policiesOf, policyStatement } from './policy.queries.ts';

/** All that is promised to a client, as this transaction sees it. */
export async function readPolicy(
  em: EntityManager,
  { agencyId, clientId }: { readonly agencyId: string; readonly clientId: string },
): Promise<Policy | undefined> {
  const { text, values } = policyStatement(agencyId, [clientId]);
  const rows = await sqlSession(em).query<Record<string, unknown>>(text, values);
  return policiesOf(rows)[0];
}
