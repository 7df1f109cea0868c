import type { Policy } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { createPolicyCache, type PolicyCache } from './policy-cache.ts';
import { policiesOf, policyStatement } from './policy.queries.ts';

/** By connection, so that databases in one process do not share what they promise. */
const caches = new WeakMap<object, PolicyCache>();

/**
 * What this process remembers of promises, for reads that go over many clients. A caller's open transaction may see
 * promises that it never commits, so it gets a cache of its own. Ask before the transaction of the read.
 */
export function rememberedPolicies({ em }: ServiceContext): PolicyCache {
  if (em.isInTransaction()) return createPolicyCache();
  const driver = em.getDriver();
  const known = caches.get(driver) ?? createPolicyCache();
  caches.set(driver, known);
  return known;
}

/** All that is promised to clients of these versions: what is not remembered is read, in one statement. */
export async function readPolicies(
  sql: SqlSession,
  policies: PolicyCache,
  of: {
    readonly agencyId: string;
    readonly clients: readonly { readonly id: string; readonly version: number }[];
  },
): Promise<ReadonlyMap<string, Policy>> {
  const { agencyId, clients } = of;
  const found = new Map<string, Policy>();
  const unknown: string[] = [];
  for (const { id, version } of clients) {
    const policy = policies.find(agencyId, id);
    if (policy?.version === version) found.set(id, policy);
    else unknown.push(id);
  }
  if (unknown.length === 0) return found;
  const { text, values } = policyStatement(agencyId, unknown);
  for (const policy of policiesOf(await sql.query<Record<string, unknown>>(text, values))) {
    policies.keep(agencyId, policy);
    found.set(policy.clientId, policy);
  }
  return found;
}
