import { rememberedFees, type FeeMemory } from '../billing/fee-memory.ts';
import type { PolicyCache } from '../gate/policy-cache.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import type { ServiceContext } from '../kernel/context.ts';

/** What this process remembers of what clients were promised, by the version of their promises. */
export interface Memory {
  readonly policies: PolicyCache;
  readonly fees: FeeMemory;
}

/** The memory for reads over many clients. Ask before the transaction of the read. */
export function memoryFor(ctx: ServiceContext): Memory {
  return { policies: rememberedPolicies(ctx), fees: rememberedFees(ctx) };
}
