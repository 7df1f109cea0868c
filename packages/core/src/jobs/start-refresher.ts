import { setTimeout as pause } from 'node:timers/promises';

import type { Database } from '../db/connect.ts';
import type { Changed } from '../kernel/changed.ts';
import { createContext } from '../kernel/context.ts';
import type { Log } from '../kernel/log.ts';
import { listDirtyAgencies, refreshSome } from '../rollups/refresh.ts';

export interface RefresherOptions {
  readonly database: Pick<Database, 'orm'>;
  readonly log: Log;
  readonly now: () => Date;
  /** Told of the clients whose figures are others now. */
  readonly changed?: Changed;
  /** How long to wait when there is nothing to do. */
  readonly idleMs?: number;
}

export interface Refresher {
  /** Begins nothing new and waits for what is under way. */
  readonly stop: () => Promise<void>;
}

const IDLE_MS = 500;
/** The longest wait for a database that is away, and for a client that cannot be refreshed. */
const LONGEST_MS = 10_000;

/**
 * Keeps figures up to their facts, from now until it is stopped. Any number of processes may: each takes what no
 * other has. Readers do not depend on it, they refresh what they read; they only find less left to do.
 */
export function startRefresher(options: RefresherOptions): Refresher {
  const stopping = new AbortController();
  const running = refreshUntil(stopping.signal, options);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function refreshUntil(signal: AbortSignal, options: RefresherOptions): Promise<void> {
  const { log, idleMs = IDLE_MS } = options;
  const trouble = rememberTrouble(options);
  let failures = 0;
  while (!signal.aborted) {
    let taken = 0;
    try {
      // oxlint-disable-next-line no-await-in-loop
      taken = await refreshAll(signal, options, trouble);
      failures = 0;
    } catch (error) {
      failures += 1;
      log.warn({ error, failures }, 'Figures wait for the database');
    }
    // oxlint-disable-next-line no-await-in-loop
    if (taken === 0) await pause(waitOf(failures, idleMs), undefined, { signal }).catch(() => {});
  }
}

async function refreshAll(
  signal: AbortSignal,
  { database, now, changed }: RefresherOptions,
  trouble: Trouble,
): Promise<number> {
  let taken = 0;
  for (const agencyId of await listDirtyAgencies(database)) {
    const actor = { kind: 'system', id: 'refresher' } as const;
    // Each time anew: a unit of work keeps what it once read.
    const ctx = createContext({ orm: database.orm, agencyId, actor, now, changed });
    // oxlint-disable-next-line no-await-in-loop
    taken += await refreshSome(ctx, {
      skips: (clientId) => signal.aborted || trouble.isAvoided(agencyId, clientId),
      failed: (clientId, error) => trouble.heardOf(agencyId, clientId, error),
    });
  }
  return taken;
}

/** Clients that could not be refreshed: one that fails again and again is tried less and less often. */
interface Trouble {
  readonly isAvoided: (agencyId: string, clientId: string) => boolean;
  readonly heardOf: (agencyId: string, clientId: string, error: unknown) => void;
}

function rememberTrouble({ log, now, idleMs = IDLE_MS }: RefresherOptions): Trouble {
  const known = new Map<string, { readonly failures: number; readonly until: number }>();
  return {
    isAvoided: (agencyId, clientId) => {
      const key = keyOf(agencyId, clientId);
      const until = known.get(key)?.until ?? 0;
      // Nothing was heard of it for long: it went well since.
      if (until + 2 * LONGEST_MS < now().getTime()) known.delete(key);
      return until > now().getTime();
    },
    heardOf: (agencyId, clientId, error) => {
      const key = keyOf(agencyId, clientId);
      const failures = (known.get(key)?.failures ?? 0) + 1;
      known.set(key, { failures, until: now().getTime() + waitOf(failures, idleMs) });
      log.error({ error, agencyId, clientId, failures }, 'Figures of a client cannot be refreshed');
    },
  };
}

function waitOf(failures: number, idleMs: number): number {
  return Math.min(idleMs * 2 ** Math.min(failures, 20), LONGEST_MS);
}

function keyOf(agencyId: string, clientId: string): string {
  return `${agencyId}\n${clientId}`;
}
