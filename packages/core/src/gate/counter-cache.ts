import { windowKey, type ClientState, type Counter } from './client-state.ts';
import type { WantedWindow } from './needs.ts';

/**
 * What this process remembers of counters after its own commits. Never trusted alone: a batch that builds on it
 * insists on each counter's revision in the transaction that writes, and runs again on read ones if it was wrong.
 */
export interface CounterCache {
  /** The counter of a window as last seen, for the batch to change. */
  find(agencyId: string, clientId: string, wanted: WantedWindow): Counter | undefined;
  /** Remembers the counters of a batch that was committed. */
  keep(agencyId: string, states: ReadonlyMap<string, ClientState>): void;
  /** Whether it is worth building on: where other processes change the same counters it mostly is not. */
  isTrusted(): boolean;
  /** It was out of date: it is tried less and less often while that goes on. */
  distrust(): void;
}

const LONGEST_DISTRUST = 256;

/** A cache of the counters that were used last. */
export function createCounterCache(capacity = 50_000): CounterCache {
  const counters = new Map<string, Counter>();
  let distrust = 0;
  let left = 0;
  return {
    find(agencyId, clientId, { meter, start }) {
      const known = counters.get(nameOf(agencyId, clientId, `${meter}|${start}`));
      return known && { ...known, counts: new Map(known.counts), isRemembered: true };
    },
    keep(agencyId, states) {
      for (const [clientId, state] of states) {
        for (const counter of state.counters.values()) {
          const name = nameOf(agencyId, clientId, windowKey(counter.meter, counter.window));
          counters.delete(name);
          counters.set(name, committed(counter));
        }
      }
      for (const oldest of counters.keys()) {
        if (counters.size <= capacity) return;
        counters.delete(oldest);
      }
    },
    isTrusted() {
      left = Math.max(0, left - 1);
      if (left > 0) return false;
      distrust = Math.floor(distrust / 2);
      return true;
    },
    distrust() {
      distrust = Math.min(LONGEST_DISTRUST, distrust * 4 + 8);
      left = distrust;
    },
  };
}

function committed(counter: Counter): Counter {
  const revision = counter.changed ? counter.revision + 1 : counter.revision;
  return { ...counter, revision, changed: false };
}

function nameOf(agencyId: string, clientId: string, window: string): string {
  return `${agencyId.length}:${agencyId}${clientId.length}:${clientId}${window}`;
}
