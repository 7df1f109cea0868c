import { rememberedFees, type FeeMemory } from '../billing/fee-memory.ts';
import type { PolicyCache } from '../gate/policy-cache.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import type { ServiceContext } from '../kernel/context.ts';

/** What this process remembers for reads over many clients. */
export interface Memory {
  /** What clients were promised, by the version of their promises. */
  readonly policies: PolicyCache;
  readonly fees: FeeMemory;
  /** Whose parts of answers are used: the database's. */
  readonly owner: object;
}

/**
 * The memory for reads over many clients. Ask before the transaction of the read: in a caller's open one, which may
 * never be committed, nothing is remembered.
 */
export function memoryFor(ctx: ServiceContext): Memory {
  const { em } = ctx;
  return {
    policies: rememberedPolicies(ctx),
    fees: rememberedFees(ctx),
    owner: em.isInTransaction() ? {} : em.getDriver(),
  };
}
