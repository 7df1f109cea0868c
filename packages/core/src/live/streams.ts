import { setTimeout as pause } from 'node:timers/promises';

import { hasChanged, keepAgency, type ChangeLog, type Changes, type Scope } from './change-log.ts';
import { nextStep, openedAt } from './pace.ts';

/** That something changed, and who knows this version knows it. */
export interface ScopeEvent {
  readonly version: number;
  readonly changes: Changes;
}

/** The streams of this process that wait for a change. */
export interface Streams {
  readonly log: ChangeLog;
  /** By agency. */
  readonly idle: Map<string, Set<IdleStream>>;
}

interface IdleStream {
  readonly scope: Scope;
  readonly version: number;
  readonly wake: () => void;
}

/** Nobody waits yet. */
export function createStreams(log: ChangeLog): Streams {
  return { log, idle: new Map() };
}

/** Wakes who waits for what changed; everybody, where no agency is named. */
export function wakeStreams({ log, idle }: Streams, agencyId?: string): void {
  const sets = agencyId === undefined ? [...idle.values()] : [idle.get(agencyId) ?? []];
  for (const set of sets) {
    for (const stream of set) {
      if (hasChanged(log, stream.scope, stream.version)) stream.wake();
    }
  }
}

/**
 * Says what changes in a scope until the signal ends it: at once, unless somebody comes back who knows a version
 * since which nothing did; and again at most once a second. However slowly it is read, it holds one number.
 */
export async function* streamOf(
  streams: Streams,
  scope: Scope,
  { since, signal }: { readonly since: number | undefined; readonly signal: AbortSignal },
): AsyncGenerator<ScopeEvent, void, undefined> {
  const { log } = streams;
  const release = keepAgency(log, scope.agencyId);
  let told = openedAt(since);
  try {
    while (!signal.aborted) {
      const step = nextStep(log, scope, { told, nowMs: performance.now() });
      if (step.kind === 'tell') {
        const { version, changes } = step;
        told = { version, atMs: performance.now() };
        yield { version, changes };
      } else if (step.kind === 'pause') {
        // oxlint-disable-next-line no-await-in-loop
        await pause(step.ms, undefined, { signal, ref: false }).catch(() => undefined);
      } else {
        // oxlint-disable-next-line no-await-in-loop
        await untilChanged(streams, { scope, version: step.version }, signal);
      }
    }
  } finally {
    release();
  }
}

function untilChanged(
  { idle }: Streams,
  waiting: Omit<IdleStream, 'wake'>,
  signal: AbortSignal,
): Promise<void> {
  const { agencyId } = waiting.scope;
  return new Promise((resolve) => {
    const set = idle.get(agencyId) ?? new Set();
    idle.set(agencyId, set);
    const wake = (): void => {
      set.delete(stream);
      if (set.size === 0) idle.delete(agencyId);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const stream = { ...waiting, wake };
    set.add(stream);
    signal.addEventListener('abort', wake, { once: true });
  });
}
