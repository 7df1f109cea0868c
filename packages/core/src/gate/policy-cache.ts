import type { Policy } from '@retainer/domain';

/** What this process remembers of promises. Never trusted without the version under the client's lock. */
export interface PolicyCache {
  find(agencyId: string, clientId: string): Policy | undefined;
  keep(agencyId: string, policy: Policy): void;
}

/** A cache of the most recently kept policies. */
export function createPolicyCache(capacity = 20_000): PolicyCache {
  const policies = new Map<string, Policy>();
  const nameOf = (agencyId: string, clientId: string): string =>
    `${agencyId.length}:${agencyId}${clientId}`;
  return {
    find: (agencyId, clientId) => policies.get(nameOf(agencyId, clientId)),
    keep(agencyId, policy) {
      const name = nameOf(agencyId, policy.clientId);
      policies.delete(name);
      policies.set(name, policy);
      if (policies.size <= capacity) return;
      const [oldest] = policies.keys();
      if (oldest !== undefined) policies.delete(oldest);
    },
  };
}
