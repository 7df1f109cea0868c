import type { Changed } from '../kernel/changed.ts';

/** By agency the clients that changed, or any of them. */
export type Untold = ReadonlyMap<string, ReadonlySet<string> | 'any'>;

/** What changed and is still to be told. */
export interface Pending {
  readonly add: Changed;
  /** Takes everything out to be told; what fails is pending again. */
  readonly tellAll: (tell: (untold: Untold) => Promise<void>) => Promise<void>;
  /** Resolves when there is something, or the signal ends. */
  readonly some: (signal: AbortSignal) => Promise<void>;
  /** Of how many agencies something is not told yet. */
  readonly size: () => number;
  /** How often something was added. */
  readonly count: () => number;
}

/** Nothing is pending. However often a client changes before it is told, it takes one place. */
export function createPending(): Pending {
  let agencies = new Map<string, Set<string> | 'any'>();
  let underWay = 0;
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
    async tellAll(tell) {
      const taken = agencies;
      agencies = new Map();
      underWay = taken.size;
      try {
        await tell(taken);
      } catch (error) {
        for (const [agencyId, clients] of taken) {
          put(agencyId, clients === 'any' ? undefined : [...clients]);
        }
        throw error;
      } finally {
        underWay = 0;
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
    size: () => agencies.size + underWay,
    count: () => count,
  };
}
