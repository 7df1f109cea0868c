import type { Changed } from '../kernel/changed.ts';

/** By agency the clients that changed, or any of them. */
export type Untold = ReadonlyMap<string, ReadonlySet<string> | 'any'>;

/** What changed and is still to be told. */
export interface Pending {
  readonly add: Changed;
  /** Takes everything out, to be told. */
  readonly take: () => Untold;
  /** Puts back what could not be told. */
  readonly putBack: (untold: Untold) => void;
  /** Resolves when there is something, or the signal ends. */
  readonly some: (signal: AbortSignal) => Promise<void>;
  /** How often something was added. */
  readonly count: () => number;
}

/** Nothing is pending. However often a client changes before it is told, it takes one place. */
export function createPending(): Pending {
  let agencies = new Map<string, Set<string> | 'any'>();
  let count = 0;
  let wake: (() => void) | undefined;

  const put: Changed = (agencyId, clientIds) => {
    const known = agencies.get(agencyId);
    if (known === 'any') return;
    if (!clientIds) agencies.set(agencyId, 'any');
    else if (!known) agencies.set(agencyId, new Set(clientIds));
    else for (const clientId of clientIds) known.add(clientId);
  };
  return {
    add(agencyId, clientIds) {
      if (clientIds?.length === 0) return;
      count += 1;
      put(agencyId, clientIds);
      wake?.();
    },
    take() {
      const taken = agencies;
      agencies = new Map();
      return taken;
    },
    putBack(untold) {
      for (const [agencyId, clients] of untold) {
        put(agencyId, clients === 'any' ? undefined : [...clients]);
      }
    },
    some: (signal) =>
      new Promise((resolve) => {
        if (agencies.size > 0 || signal.aborted) {
          resolve();
          return;
        }
        const done = (): void => {
          wake = undefined;
          signal.removeEventListener('abort', done);
          resolve();
        };
        wake = done;
        signal.addEventListener('abort', done, { once: true });
      }),
    count: () => count,
  };
}
