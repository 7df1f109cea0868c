import type { EntityManager } from '@mikro-orm/postgresql';
import type { Policy } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { policiesOf, policyStatement } from './policy.queries.ts';

/** All that is promised to a client, as this transaction sees it. */
export async function readPolicy(
  em: EntityManager,
  { agencyId, clientId }: { readonly agencyId: string; readonly clientId: string },
): Promise<Policy | undefined> {
  return (await readPolicies(em, { agencyId, clientIds: [clientId] }))[0];
}

/** `readPolicy` of some clients, in one statement; unknown ones are left out. */
export async function readPolicies(
  em: EntityManager,
  { agencyId, clientIds }: { readonly agencyId: string; readonly clientIds: readonly string[] },
): Promise<Policy[]> {
  const { text, values } = policyStatement(agencyId, clientIds);
  return policiesOf(await sqlSession(em).query<Record<string, unknown>>(text, values));
}
