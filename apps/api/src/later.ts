import type { Log } from '@retainer/core';

/** Work that is begun by a request and goes on after its answer. */
export interface Later {
  readonly run: (work: () => Promise<void>) => void;
  /** Waits until nothing is under way. */
  readonly settled: () => Promise<void>;
}

/** Keeps work that nobody waits for; what fails is logged. */
export function createLater(log: Log): Later {
  const underWay = new Set<Promise<void>>();
  return {
    run: (work) => {
      const running = work()
        .catch((error: unknown) => log.error({ error }, 'Work after an answer failed'))
        .finally(() => underWay.delete(running));
      underWay.add(running);
    },
    settled: async () => {
      // What ends may have begun more.
      // oxlint-disable-next-line no-await-in-loop
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
