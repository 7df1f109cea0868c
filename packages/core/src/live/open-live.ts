import { DomainError } from '@retainer/domain';

import type { Changed } from '../kernel/changed.ts';
import type { Log } from '../kernel/log.ts';
import { createChangeLog, type Scope } from './change-log.ts';
import type { Ears } from './hear.ts';
import { keepLine } from './keep-line.ts';
import { createPeers } from './peers.ts';
import { createPending } from './pending.ts';
import { createStreams, streamOf } from './streams.ts';

/** That something changed, for those who look at it. Of what, they ask again. */
export interface LiveEvent {
  /** Whoever comes back with this version is told what changed since. */
  readonly version: number;
  /** The clients for whom something was written; null where it may be any of them, or the agency itself. */
  readonly clients: readonly string[] | null;
  readonly at: Date;
}

/** Changes, told to all processes on one database and heard by the streams of this one. */
export interface Live {
  /** Says that something was committed. Cheap: it is told with others in a moment. */
  readonly changed: Changed;
  /**
   * A stream of what changes in a scope, until the signal ends it. `unavailable` while this process cannot hear the
   * others.
   */
  readonly watch: (scope: Scope, from: WatchFrom) => AsyncGenerator<LiveEvent, void, undefined>;
  /** The version that is known here. What is read afterwards is as of it or later. */
  readonly version: () => number;
  readonly stats: () => LiveStats;
  /** Tells what is pending, says goodbye, and lets go of the database. */
  readonly close: () => Promise<void>;
}

export interface WatchFrom {
  /** The version that the other end knows already. */
  readonly since?: number | undefined;
  readonly signal: AbortSignal;
}

/** What Live counts of itself. */
export interface LiveStats {
  readonly isListening: boolean;
  /** How often this process said that something changed. */
  readonly changes: number;
  /** Of how many agencies it has not told yet. */
  readonly untold: number;
}

export interface LiveOptions {
  /** The owner's URL. */
  readonly url: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly tellMs?: number;
  readonly lookMs?: number;
}

const TELL_MS = 100;
const LOOK_MS = 2_500;

/** Begins to listen; rejects where the database cannot be reached. */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { url, log, now, tellMs = TELL_MS, lookMs = LOOK_MS } = options;
  const streams = createStreams(createChangeLog());
  const ears: Ears = { streams, peers: createPeers(), process: 0, isListening: false };
  const pending = createPending();
  const closing = new AbortController();
  const first = Promise.withResolvers<void>();
  const keeping = { url, log, ears, pending, tellMs, lookMs };
  const running = keepLine(keeping, closing.signal, (failure) =>
    failure === undefined ? first.resolve() : first.reject(failure),
  );
  const close = async (): Promise<void> => {
    closing.abort();
    await running;
  };
  try {
    await first.promise;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    changed: pending.add,
    watch(scope, { since, signal }) {
      if (!ears.isListening) {
        const message = 'Live changes cannot be heard at the moment. Try again in a few seconds.';
        throw new DomainError('unavailable', message);
      }
      return eventsOf(streamOf(streams, scope, { since, signal }), now);
    },
    version: () => streams.log.latest,
    stats: () => ({
      isListening: ears.isListening,
      changes: pending.count(),
      untold: pending.size(),
    }),
    close,
  };
}

async function* eventsOf(
  stream: ReturnType<typeof streamOf>,
  now: () => Date,
): AsyncGenerator<LiveEvent, void, undefined> {
  for await (const { version, changes } of stream) {
    yield { version, clients: changes === 'any' ? null : changes, at: now() };
  }
}
