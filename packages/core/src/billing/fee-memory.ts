import type { LocalDate, Rounding, Total } from '@retainer/domain';

import type { ServiceContext } from '../kernel/context.ts';

/** Which fee: of a client as it was promised then, on some days, in a currency. */
export interface FeeKey {
  readonly agencyId: string;
  readonly clientId: string;
  /** Of the client's promises: whatever changes a fee raises it. */
  readonly version: number;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly currency: string;
  readonly rounding: Rounding;
}

/** Fees that this process worked out and that cannot come out otherwise. */
export interface FeeMemory {
  find(key: FeeKey): Total | undefined;
  keep(key: FeeKey, fee: Total): void;
}

const MOST = 50_000;

/** An empty memory of the fees that were kept last. */
function createFeeMemory(capacity = MOST): FeeMemory {
  const fees = new Map<string, { readonly version: number; readonly fee: Total }>();
  return {
    find(key) {
      const known = fees.get(nameOf(key));
      return known?.version === key.version ? known.fee : undefined;
    },
    keep(key, fee) {
      const name = nameOf(key);
      fees.delete(name);
      fees.set(name, { version: key.version, fee });
      if (fees.size <= capacity) return;
      const [oldest] = fees.keys();
      if (oldest !== undefined) fees.delete(oldest);
    },
  };
}

/** By connection, so that databases in one process do not share what they promise. */
const memories = new WeakMap<object, FeeMemory>();

/** The memory of this process; a caller's open transaction, which may never commit, gets one of its own. */
export function rememberedFees({ em }: ServiceContext): FeeMemory {
  if (em.isInTransaction()) return createFeeMemory();
  const driver = em.getDriver();
  const known = memories.get(driver) ?? createFeeMemory();
  memories.set(driver, known);
  return known;
}

function nameOf({ agencyId, clientId, startDate, endDate, currency, rounding }: FeeKey): string {
  return `${agencyId}\n${clientId}\n${startDate} ${endDate} ${currency} ${rounding}`;
}
